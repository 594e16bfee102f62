import Commerce
import HTTPTypes

/// A form as a browser submits it: every value of a name, in order.
public struct SubmittedForm: Sendable {
    /// The texts in the order in which they were sent.
    public let texts: [(name: String, value: String)]
    /// The files in the order in which they were sent; a field of files that was left alone sends none.
    public let files: [(name: String, file: UploadedFile)]

    /// Creates a form of these texts.
    public init(_ texts: [(name: String, value: String)] = []) {
        self.texts = texts
        files = []
    }

    /// Reads the body of a request; one that is no form is empty.
    ///
    /// - Throws: `MalformedRequest` where it cannot be read.
    public init(of call: APIRequest) throws {
        let media = MediaType(call.headers[.contentType] ?? "")
        if media.name == "multipart/form-data" {
            let form = try MultipartForm(parsing: call.body, boundary: media.parameters["boundary"])
            texts = form.texts
            files = form.uploads.filter { !$0.file.bytes.isEmpty || !$0.file.fileName.isEmpty }
        } else if media.name == "application/x-www-form-urlencoded" {
            texts = QueryItems.pairs(String(decoding: call.body, as: UTF8.self))
            files = []
        } else {
            (texts, files) = ([], [])
        }
    }

    /// Returns the first value of a name; nil where it was not sent.
    public subscript(name: String) -> String? { texts.first { $0.name == name }?.value }

    /// Returns every value of a name, in order.
    public func all(_ name: String) -> [String] { texts.filter { $0.name == name }.map(\.value) }
}
