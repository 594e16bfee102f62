import Commerce
import HTTPTypes

/// A form as a browser submits it: every value of a name, in order.
public struct SubmittedForm: Sendable {
    /// The most texts of a form that is no multipart form: each takes more memory than it has bytes.
    static let maxTexts = 20_000

    /// The texts in the order in which they were sent.
    public let texts: [(name: String, value: String)]
    /// The files in the order in which they were sent; a field of files that was left alone sends none.
    public let files: [(name: String, file: UploadedFile)]
    private let byName: [String: [String]]

    /// Creates a form of these texts.
    public init(_ texts: [(name: String, value: String)] = []) {
        self.init(texts, [])
    }

    private init(_ texts: [(name: String, value: String)], _ files: [(name: String, file: UploadedFile)]) {
        self.texts = texts
        self.files = files
        byName = texts.reduce(into: [:]) { found, text in found[text.name, default: []].append(text.value) }
    }

    /// Reads the body of a request; one that is no form is empty.
    ///
    /// - Throws: `MalformedRequest` where it cannot be read.
    public init(of call: APIRequest) throws {
        let media = MediaType(call.headers[.contentType] ?? "")
        if media.name == "multipart/form-data" {
            let form = try MultipartForm(parsing: call.body, boundary: media.parameters["boundary"])
            self.init(form.texts, form.uploads.filter { !$0.file.bytes.isEmpty || !$0.file.fileName.isEmpty })
        } else if media.name == "application/x-www-form-urlencoded" {
            self.init(try Self.pairs(call.body))
        } else {
            self.init()
        }
    }

    private static func pairs(_ body: [UInt8]) throws(MalformedRequest) -> [(name: String, value: String)] {
        guard body.count(where: { $0 == UInt8(ascii: "&") }) < maxTexts else {
            throw .form("Too many fields")
        }
        guard let text = String(validating: body, as: UTF8.self), let pairs = QueryItems.pairs(validating: text) else {
            throw .form("Invalid UTF-8")
        }
        return pairs
    }

    /// Returns the first value of a name; nil where it was not sent.
    public subscript(name: String) -> String? { byName[name]?.first }

    /// Returns this form, files and all, with other values of a name, which stand behind what else was sent.
    public func replacing(_ name: String, with values: [String]) -> SubmittedForm {
        let others = texts.filter { $0.name != name }
        return SubmittedForm(others + values.map { (name: name, value: $0) }, files)
    }

    /// Returns every value of a name, in order.
    public func all(_ name: String) -> [String] { byName[name] ?? [] }
}
