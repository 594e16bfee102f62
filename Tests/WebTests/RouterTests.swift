import HTTPTypes
import Testing

@testable import Web

@Suite struct RouterTests {
    private func router(_ templates: (HTTPRequest.Method, String)...) throws -> Router {
        try Router(
            templates.map { method, template in
                Route(Endpoint(method, template, "", access: .anyone) { (_, _: NoInput) in NoContent() }, group: "Test")
            })
    }

    private func found(_ match: Router.Match) -> (template: String, parameters: [String: String])? {
        if case .found(let route, let parameters) = match { (route.endpoint.template, parameters) } else { nil }
    }

    @Test func `a path is found with and without its final slash`() throws {
        let router = try router((.get, "/api/products/"), (.get, "/api/products/{id}/"), (.get, "/healthz"))
        #expect(found(router.match(.get, "/api/products/"))?.template == "/api/products/")
        #expect(found(router.match(.get, "/api/products"))?.template == "/api/products/")
        #expect(found(router.match(.get, "/api/products/7"))?.parameters == ["id": "7"])
        #expect(found(router.match(.get, "/api/products/7/"))?.parameters == ["id": "7"])
        #expect(found(router.match(.get, "/healthz/"))?.template == "/healthz")
    }

    @Test func `literal segments win over parameters and give way when they lead nowhere`() throws {
        let router = try router(
            (.get, "/a/{x}/"), (.get, "/a/featured/"), (.get, "/a/featured/{y}/only/"), (.get, "/a/{x}/{z}/"))
        #expect(found(router.match(.get, "/a/featured/"))?.template == "/a/featured/")
        #expect(found(router.match(.get, "/a/featured/q/"))?.parameters == ["x": "featured", "z": "q"])
        #expect(found(router.match(.get, "/a/featured/q/only/"))?.parameters == ["y": "q"])
    }

    @Test func `parameters are decoded, and what is no UTF-8 is refused`() throws {
        let router = try router((.get, "/a/{x}/"))
        #expect(found(router.match(.get, "/a/caf%C3%A9/"))?.parameters == ["x": "café"])
        #expect(found(router.match(.get, "/a/x%2Fy/"))?.parameters == ["x": "x/y"])
        for path in ["/a/%ff/", "/a/%zz/", "/a/%4", "/a/%00/"] {
            guard case .malformed = router.match(.get, path) else {
                Issue.record("\(path) was not refused")
                continue
            }
        }
    }

    @Test func `a rest parameter takes slashes and all`() throws {
        let router = try router((.get, "/media/{path*}"))
        #expect(found(router.match(.get, "/media/a/b.png"))?.parameters == ["path": "a/b.png"])
        guard case .notFound = router.match(.get, "/media/") else {
            Issue.record("an empty rest was found")
            return
        }
    }

    @Test func `another method is told apart from another path`() throws {
        let router = try router((.get, "/a/{x}/"), (.put, "/a/{y}/"))
        #expect(found(router.match(.put, "/a/1/"))?.parameters == ["y": "1"])
        #expect(found(router.match(.get, "/a/1/"))?.parameters == ["x": "1"])
        #expect(found(router.match(.head, "/a/1/"))?.template == "/a/{x}/")
        guard case .wrongMethod(let allowed) = router.match(.delete, "/a/1/") else {
            Issue.record("no 405")
            return
        }
        #expect(allowed == "GET, HEAD, OPTIONS, PUT")
        for path in ["/", "/b/1/", "/a//", "/a/1/2/", "", "a/1"] {
            guard case .notFound = router.match(.get, path) else {
                Issue.record("\(path) was found")
                continue
            }
        }
    }

    @Test func `two routes that answer the same request are refused`() {
        #expect(throws: RouterError.duplicate(method: "GET", template: "/a/{y}/")) {
            try router((.get, "/a/{x}/"), (.get, "/a/{y}/"))
        }
        for template in ["a/", "/a/{x/", "/{x}/{x}/", "/{p*}/more/", "/pre{x}/"] {
            #expect(throws: RouterError.malformed(template)) { try router((.get, template)) }
        }
    }
}
