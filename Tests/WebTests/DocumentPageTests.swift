import Foundation
import HTTPTypes
import Testing

@testable import Web

/// The page of the document of the API, as it is without its script.
@Suite struct DocumentPageTests {
    private struct Parcel: Input {
        init(_ fields: Fields) {
            _ = fields.string("label", length: 1...20)
            _ = fields.optionalObject("address", Place.self)
            _ = fields.list("lines", of: Line.self, limit: 5)
        }
    }

    private struct Place: Input {
        init(_ fields: Fields) {
            _ = fields.string("street", length: 1...80)
            _ = fields.optionalCountry("country")
        }
    }

    private struct Line: Input {
        init(_ fields: Fields) {
            _ = fields.integer("weight", in: 1...30_000)
        }
    }

    private struct Search: Input {
        init(_ fields: Fields) {
            _ = fields.optionalString("near", length: 0...40)
        }
    }

    private static let groups: [EndpointGroup] = [
        EndpointGroup(
            "Parcels & <more>", "What leaves by `POST`.",
            [
                Endpoint(.post, "/api/parcels/", "Sends a <b>parcel</b>.", access: .user, status: .created) {
                    (_, _: Parcel) in ParcelTree(id: 1, children: [])
                },
                Endpoint(.get, "/api/parcels/{id}/", "Shows one.", access: .staff("parcels.view")) {
                    (_, _: Search) in ParcelTree(id: 1, children: [])
                }
                .refusing(.notFound),
            ]),
        EndpointGroup(
            "Trees", "What grows.",
            [Endpoint(.get, "/api/trees/", "Lists trees.", access: .anyone) { (_, _: NoInput) in Detail("ok") }]),
    ]

    private static func page(_ groups: [EndpointGroup] = DocumentPageTests.groups) -> String {
        let document = OpenAPIDocument(groups, title: "Hats & <Co>", version: "2.0", server: nil)
        return String(decoding: DocumentPage(document.json, groups).bytes, as: UTF8.self)
    }

    /// Returns the box of an endpoint, up to its end.
    private static func box(_ id: String) throws -> String {
        let page = Self.page()
        let start = try #require(page.range(of: #"<details class="op" id="\#(id)""#)).lowerBound
        let end = try #require(page[start...].range(of: "</details>")).upperBound
        return String(page[start..<end])
    }

    @Test func `fields within fields are shown, what is required first`() throws {
        let box = try Self.box("post_api_parcels")
        var rest = box[...]
        for part in [
            "application/json", ">label</code>", "1 to 20 characters", "required</span>", ">address</code>",
            ">street</code>", "1 to 80 characters", "required</span>", ">country</code>", ">lines</code>", "list of",
            ">weight</code>", "1 to 30000", "Answers 201 Created", ">ParcelTree</a>",
        ] {
            let found = try #require(rest.range(of: part), "\(part) is not there, or not here: \(box)")
            rest = rest[found.upperBound...]
        }
        #expect(box.components(separatedBy: "<ul").count == box.components(separatedBy: "</ul>").count)
    }

    @Test func `parameters, who may call, and what is refused are told`() throws {
        let box = try Self.box("get_api_parcels_id")
        for part in [
            "In the path", ">id</code>", "In the query", ">near</code>", "staff with parcels.view",
            "<code>404</code> Not Found", "<code>403</code> Forbidden", #"data-path="/api/parcels/{id}/""#,
        ] { #expect(box.contains(part), "\(part): \(box)") }
    }

    @Test func `every endpoint stands under its tag in the order of the document, every shape once`() throws {
        let page = Self.page()
        var rest = page[...]
        for part in [
            "id=\"post_api_parcels\"", "id=\"get_api_parcels_id\"", "id=\"get_api_trees\"", "id=\"shapes\"",
            "id=\"shape-ParcelTree\"",
        ] {
            let found = try #require(rest.range(of: part), "\(part) is not there, or not here")
            rest = rest[found.upperBound...]
        }
        #expect(page.components(separatedBy: "id=\"shape-ParcelTree\"").count == 2)
        for name in Self.targets(in: page) { #expect(page.contains("id=\"\(name)\""), "\(name)") }
    }

    /// Returns what links of the page lead to on the page itself.
    private static func targets(in page: String) -> Set<String> {
        Set(page.components(separatedBy: "href=\"#").dropFirst().map { String($0.prefix { $0 != "\"" }) })
    }

    @Test func `what texts hold is text`() {
        let page = Self.page()
        #expect(page.contains("<title>Hats &amp; &lt;Co&gt; API</title>"))
        #expect(page.contains("Parcels &amp; &lt;more&gt;") && page.contains("Sends a &lt;b&gt;parcel&lt;/b&gt;."))
        #expect(page.contains("What leaves by <code>POST</code>."))
        #expect(!page.contains("<b>") && !page.contains("<more>"))
    }

    @Test func `without its script nothing stands there that only the script can do`() throws {
        let page = Self.page()
        for part in ["<div data-script hidden>", "<p data-script hidden>"] { #expect(page.contains(part), "\(part)") }
        #expect(!page.contains("<form"), "this document has no sign-in")
        let signIn = EndpointGroup(
            "Sign-in", "Logins.",
            [Endpoint(.post, "/api/auth/login/", "Logs in.", access: .anyone) { (_, _: Parcel) in Detail("ok") }])
        let other = Self.page([signIn])
        #expect(other.contains(#"<form id="sign-in" data-path="/api/auth/login/" data-script hidden>"#))
        #expect(other.contains("curl &quot;$SHOP/api/auth/login/&quot;"))
    }
}

/// What is answered about a parcel and those within it.
struct ParcelTree: ResponseBody {
    let id: Int64
    let children: [ParcelTree]
}
