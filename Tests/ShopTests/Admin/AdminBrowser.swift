import Accounts
import AppHarness
import KontorApp
import Primitives
import Synchronization
import TestSupport
import Testing
import Web

/// A browser at the admin: keeps its cookies, reads pages and sends their forms.
final class AdminBrowser: Sendable {
    /// What came for a page.
    struct Answer: Sendable {
        let response: ProbeResponse
        private let reading: PageReading

        init(_ response: ProbeResponse) {
            self.response = response
            let isPage = response.header("Content-Type")?.hasPrefix("text/html") ?? false
            reading = PageReading(isPage ? response.body : [])
        }

        /// The page; blank where something else came.
        var page: MarkupPage { reading.page }
        var status: Int { response.status }
        var text: String { response.text }
        /// Where it leads; empty where it leads nowhere.
        var location: String { response.header("Location") ?? "" }
        /// Whether it leads to the page that opens sessions.
        var asksToSignIn: Bool { status == 303 && location.hasPrefix("/admin/sign-in/") }
    }

    private let probe: HTTPProbe
    private let headers: [String: String]
    private let jar = Mutex<[String: String]>([:])

    /// Creates a browser without cookies that asks for a language.
    init(port: Int, language: String = "en") {
        probe = HTTPProbe(port: port)
        headers = ["Accept-Language": language]
    }

    /// The cookies by name.
    var cookies: [String: String] {
        get { jar.withLock { $0 } }
        set { jar.withLock { $0 = newValue } }
    }

    /// Asks for a page.
    @discardableResult
    func get(_ path: String) async throws -> Answer { try await send("GET", path) }

    /// Sends a form as browsers do.
    @discardableResult
    func post(_ path: String, _ fields: [(name: String, value: String)]) async throws -> Answer {
        let pairs = fields.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
        return try await send(
            "POST", path, ["Content-Type": "application/x-www-form-urlencoded"],
            Array(pairs.joined(separator: "&").utf8))
    }

    /// Sends a form of a page, with some of its fields entered anew.
    @discardableResult
    func submit(_ form: MarkupPage.Form, _ values: [String: String] = [:]) async throws -> Answer {
        try await post(form.action, form.filled(values))
    }

    /// Follows an answer to the page that it leads to.
    func follow(_ answer: Answer) async throws -> Answer {
        try #require(answer.status == 303, "\(answer.status) \(answer.page.texts)")
        return try await get(answer.location)
    }

    /// Sends a request with the cookies that were given.
    func send(
        _ method: String, _ path: String, _ more: [String: String] = [:], _ body: [UInt8]? = nil
    ) async throws -> Answer {
        var headers = headers.merging(more) { $1 }
        let held = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        if !held.isEmpty { headers["Cookie"] = held }
        let response = try await probe.send(method, path, headers: headers, body: body)
        for (name, value) in response.headers where name.lowercased() == "set-cookie" { keep(value) }
        return Answer(response)
    }

    private func keep(_ header: String) {
        let parts = header.cut(at: ";").map(\.trimmed)
        let (name, value) = (parts.first ?? "").halves(at: "=")
        let isEnded = parts.contains { $0.isSame(as: "Max-Age=0") }
        jar.withLock { $0[String(name)] = isEnded ? nil : String(value ?? "") }
    }
}

/// Reads a page when it is looked at first: of many answers the status alone is.
private final class PageReading: Sendable {
    private let bytes: [UInt8]
    private let known = Mutex<MarkupPage?>(nil)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var page: MarkupPage {
        known.withLock { known in
            let page = known ?? MarkupPage(bytes)
            known = page
            return page
        }
    }
}

extension AdminBrowser {
    /// Opens a session with an e-mail and a password, as a reader would.
    ///
    /// - Throws: where the shop does not let them in.
    func signIn(_ email: String, _ password: String = ShopHarness.password) async throws {
        let form = try #require(try await get("/admin/sign-in/").page.form(to: "/admin/sign-in/"))
        let answer = try await submit(form, ["email": email, "password": password])
        try #require(answer.status == 303, "\(email): \(answer.status) \(answer.page.texts)")
    }

    /// Takes up the session of an access token, whoever's it is: sign-in opens none for customers.
    func takeUp(_ probe: HTTPProbe, at stand: ShopHarness) async throws {
        let token = try #require(probe.headers["Authorization"]?.after("Bearer "))
        cookies = ["kontor_admin": try await stand.shop.accounts.browserSessions.cookie(for: String(token))]
    }

    /// Returns the token of this session's forms.
    ///
    /// - Throws: where it sees no page.
    func token() async throws -> String {
        let page = try await get("/admin/sessions/").page
        return try #require(page.forms.lazy.compactMap { $0["csrf"] }.first, "no form on the page of sessions")
    }
}

extension ShopHarness {
    /// Returns a browser without a session.
    func browser(language: String = "en") -> AdminBrowser { AdminBrowser(port: anonymous.port, language: language) }

    /// Returns a browser of the administrator, who is made at the first call.
    func adminBrowser(language: String = "en") async throws -> AdminBrowser {
        _ = try await admin()
        let browser = browser(language: language)
        try await browser.signIn(Self.adminEmail)
        return browser
    }
}
