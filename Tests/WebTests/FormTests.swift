import Commerce
import HTTPTypes
import Testing

@testable import Web

@Suite struct FormTests {
    private func form(_ text: String, boundary: String? = "b") throws -> MultipartForm {
        try MultipartForm(parsing: Array(text.utf8), boundary: boundary)
    }

    @Test func `texts and files are told apart`() throws {
        let form = try form(
            """
            --b\r\nContent-Disposition: form-data; name="alt_text"\r\n\r\nA café\r\n\
            --b\r\nContent-Type: image/png\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n\
            \u{1}\r\n--x\r\n--b--\r\n
            """)
        #expect(form.values == ["alt_text": "A café"])
        #expect(form.files["image"]?.fileName == "a.png")
        #expect(form.files["image"]?.bytes == Array("\u{1}\r\n--x".utf8))
    }

    @Test func `an empty part is an empty text`() throws {
        let form = try form("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--b--")
        #expect(form.values == ["a": ""])
    }

    @Test(arguments: [
        (#"..\\..\\evil.png"#, #"..\..\evil.png"#), ("/etc/passwd", "/etc/passwd"), ("a\u{7}b.png", "ab.png"),
        (#"say \"hi\".png"#, #"say "hi".png"#),
    ])
    func `a file's name is kept as it was sent, without control characters`(sent: String, kept: String) throws {
        let form = try form(
            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\(sent)\"\r\n\r\nx\r\n--b--")
        #expect(form.files["f"]?.fileName == kept)
    }

    @Test func `a path in a file's name is seen whatever follows its slash`() throws {
        for name in ["..\u{2F}\u{301}x.png", "a/\u{200D}b", "\\\u{FE0F}x"] {
            let body = "--b\r\nContent-Disposition: form-data; name=f; filename=\(name)\r\n\r\nx\r\n--b--"
            let request = APIRequest(
                method: .post, path: "/", headers: [.contentType: "multipart/form-data; boundary=b"],
                body: Array(body.utf8))
            #expect(throws: ValidationError("f", "The file's name may not hold a path.")) {
                _ = try InputReader(currency: .usd).read(OneFile.self, from: request)
            }
        }
    }

    private struct OneFile: Input {
        let file: UploadedFile

        init(_ fields: Fields) { file = fields.file("f") }
    }

    @Test func `a cookie is found whatever joins its neighbors`() {
        let call = APIRequest(
            method: .get, path: "/", headers: [.cookie: "a=1;\u{301}x; cart_session=k;\u{200D}=y; b=2"])
        #expect(call.cookies("cart_session") == ["k"] && call.cookies("b") == ["2"] && call.cookies("a") == ["1"])
    }

    @Test(arguments: [
        "", "nothing", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "--b\r\nno headers\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--",
    ])
    func `a form that is none is refused`(text: String) {
        #expect(throws: MalformedRequest.self) { try form(text) }
    }

    @Test func `a form without a boundary, of too many parts or of too long headers is refused`() {
        #expect(throws: MalformedRequest.self) { try form("--b--", boundary: nil) }
        #expect(throws: MalformedRequest.self) { try form("--b--", boundary: "") }
        let part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n"
        #expect(throws: MalformedRequest.form("Too many parts")) {
            try form(String(repeating: part, count: MultipartForm.maxParts + 1) + "--b--")
        }
        let long = String(repeating: "x", count: MultipartForm.maxHead)
        #expect(throws: MalformedRequest.self) {
            try form("--b\r\nX: \(long)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--")
        }
    }

    @Test func `a text that is no UTF-8 is refused`() {
        let bytes =
            Array("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8) + [0xFF] + Array("\r\n--b--".utf8)
        #expect(throws: MalformedRequest.form("Invalid UTF-8")) { try MultipartForm(parsing: bytes, boundary: "b") }
    }

    @Test func `a media type gives its name and parameters`() {
        let media = MediaType(#"Multipart/Form-Data; charset=UTF-8; boundary="a;b\"c""#)
        #expect(media.name == "multipart/form-data")
        #expect(media.charset == "utf-8")
        #expect(media.parameters["boundary"] == #"a;b"c"#)
        #expect(MediaType("").name == "")
    }
}
