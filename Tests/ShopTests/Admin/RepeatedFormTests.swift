import AdminPages
import AppHarness
import KontorApp
import Modules
import Primitives
import TestSupport
import Testing
import Web

/// Forms of the admin that are sent twice, as by a double click or a page that is loaded anew.
@Suite(.timeLimit(.minutes(5)))
struct RepeatedFormTests {
    @Test(arguments: Backend.available)
    func `a picture that is sent twice is added once, and one that was chosen twice, twice`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let id = try await stand.product("Lamp", stock: 1, by: try await stand.admin())
            let browser = try await stand.adminBrowser()
            let page = try await browser.get("/admin/products/\(id)/").page
            let form = try #require(page.forms.first { $0.isMultipart && $0["upload"] == "true" })
            let picture = UploadedFile(fileName: "lamp.png", bytes: CommerceTable.picture)
            for _ in 0..<2 {
                let sent = try await browser.upload(form, [picture])
                #expect(sent.status == 303, "\(sent.page.texts)")
            }
            #expect(try await Self.pictures(of: id, stand) == 1)
            let next = try await browser.get("/admin/products/\(id)/").page
            let fresh = try #require(next.forms.first { $0.isMultipart && $0["upload"] == "true" })
            #expect(fresh["once"] != form["once"])
            #expect(try await browser.upload(fresh, [picture, picture]).status == 303)
            #expect(try await Self.pictures(of: id, stand) == 3)
        }
    }

    private static func pictures(of id: Int, _ stand: ShopHarness) async throws -> Int? {
        let admin = try await stand.bearer()
        return try await admin.send("GET", "/api/admin/products/\(id)/")["images"]?.elements.count
    }

    @Test func `a table that is sent twice is taken in once`() async throws {
        try await withShop(.sqlite) { stand in
            let browser = try await stand.adminBrowser()
            let screen = try #require(
                stand.shop.modules.screens.first { screen in
                    screen.commands.contains { $0.call.path == "/api/admin/products/imports/" }
                })
            let command = try #require(screen.commands.first { $0.call.path == "/api/admin/products/imports/" })
            let path = "/admin/\(screen.name)/do/\(command.name)/"
            let form = try #require(try await browser.get(path).page.form(to: path))
            let table = UploadedFile(fileName: "products.csv", bytes: Array("sku,price\nNONE,1.00\n".utf8))
            for _ in 0..<2 {
                let sent = try await browser.upload(form, [table])
                #expect(sent.status == 303, "\(sent.page.texts)")
            }
            let imports = try await stand.bearer().send("GET", "/api/admin/products/imports/")
            #expect(imports["count"]?.number == 1, "\(imports.text)")
        }
    }
}

extension AdminBrowser {
    /// Sends a form with files in its field for them, and with some of its fields entered anew.
    func upload(
        _ form: MarkupPage.Form, _ files: [UploadedFile], _ values: [String: String] = [:]
    ) async throws -> Answer {
        let name = form.controls.first { $0.kind == "file" }?.name ?? "file"
        return try await upload(to: form.action, form.filled(values), as: name, files)
    }

    /// Sends fields, and files under one name.
    func upload(
        to path: String, _ fields: [(name: String, value: String)], as name: String, _ files: [UploadedFile]
    ) async throws -> Answer {
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--b0undary\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            let head = "Content-Disposition: form-data; name=\"\(name)\"; filename=\"\(file.fileName)\"\r\n"
            body += Array("--b0undary\r\n\(head)Content-Type: application/octet-stream\r\n\r\n".utf8) + file.bytes
            body += Array("\r\n".utf8)
        }
        body += Array("--b0undary--\r\n".utf8)
        return try await send("POST", path, ["Content-Type": "multipart/form-data; boundary=b0undary"], body)
    }
}
