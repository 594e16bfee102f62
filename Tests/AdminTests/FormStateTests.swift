import AdminPages
import HTTPTypes
import Primitives
import Testing

@testable import Admin
@testable import Web

/// What a form that was refused is sent with next, and what documents may do.
@Suite struct FormStateTests {
    private static func answer(_ status: HTTPResponse.Status, code: String) throws -> APIAnswer {
        APIAnswer(
            .json(status, try JSONBytes.encode(JSONValue.object(["code": .string(code), "detail": .string("No.")]))))
    }

    @Test(
        arguments: [
            (.badRequest, "invalid", "k", "3", false), (.preconditionFailed, "precondition_failed", "k", nil, true),
            (.unprocessableContent, "idempotency_key_reused", nil, "3", true),
            (.conflict, "idempotency_key_in_use", "k", "3", false),
        ] as [(HTTPResponse.Status, String, String?, String?, Bool)])
    func `a form keeps what it can be sent with again`(
        _ status: HTTPResponse.Status, _ code: String, _ once: String?, _ version: String?, _ clashes: Bool
    ) throws {
        let answer = try Self.answer(status, code: code)
        var state = FormState(texts: [:])
        state.take(answer, SubmittedForm([(name: "once", value: "k"), (name: "version", value: "3")]))
        #expect(state.once == once && state.version == version && state.status == status)
        #expect(state.takesNewVersion == (version == nil) && (answer.clash != nil) == clashes)
    }

    @Test(
        arguments: [
            (.text, ["a"], ["a"], true), (.text, ["a"], ["b"], false), (.text, [], [""], true),
            (.longText, ["a\nb"], ["a\r\nb"], true), (.flag, ["false"], [], true), (.flag, ["true"], ["true"], true),
            (.flag, ["true"], [], false), (.choices(["a", "b"]), ["b", "a"], ["a", "b"], true),
            (.text, ["1"], [], false),
        ] as [(AdminField.Kind, [String], [String], Bool)])
    func `a field that was left alone is told from one that was changed`(
        _ kind: AdminField.Kind, _ shown: [String], _ sent: [String], _ isLeftAlone: Bool
    ) {
        let fields = [AdminField("size.length", Phrase("L", "L"), kind), AdminField("b", Phrase("B", "B"), .text)]
        let page = FieldMarks(fields, ["size.length": shown, "b": ["x"]])
        let marks = FieldMarks(page.text)
        #expect(marks.had(fields[0], sent) == isLeftAlone && marks.had(fields[1], ["x"]))
        #expect(!FieldMarks(nil).had(fields[0], shown), "nothing is known without marks")
    }

    @Test func `a file that is sent twice makes the same body twice`() throws {
        let file = UploadedFile(fileName: "a \"b\".csv", bytes: Array("x\r\n--y".utf8))
        let (one, two) = (MultipartBody("file", file, [("note", "n")]), MultipartBody("file", file, [("note", "n")]))
        #expect(one.bytes == two.bytes && one.contentType == two.contentType)
        #expect(MultipartBody("file", file, [("note", "m")]).contentType != one.contentType)
        let boundary = one.contentType.split(separator: "=").last.map { String($0) }
        let form = try MultipartForm(parsing: one.bytes, boundary: boundary)
        #expect(form.values == ["note": "n"] && form.files["file"]?.bytes == file.bytes)
    }

    @Test(arguments: [("application/pdf", true), ("image/png", true), ("text/html", false), ("image/svg+xml", false)])
    func `a document that is opened runs no script`(_ type: String, _ opens: Bool) {
        let answer = APIAnswer(
            APIResponse(
                status: .ok, headers: [.contentType: type, .contentDisposition: "attachment; filename=\"a\""]))
        let page = AdminPage(document: answer)
        #expect(page.headers[.contentDisposition]?.hasPrefix(opens ? "inline" : "attachment") == true)
        #expect(page.policy.contains("default-src 'none'") == !opens)
    }

    @Test func `the address of a request is one again`() {
        let call = APIRequest(method: .get, path: "/admin/a b?/50%/", query: QueryItems(["q": "x&y"]))
        #expect(call.address == "/admin/a%20b%3F/50%25/?q=x%26y")
        #expect(APIRequest(method: .get, path: "/admin/orders/").address == "/admin/orders/")
    }
}
