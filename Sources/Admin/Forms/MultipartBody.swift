import AdminPages
import Primitives
import Web

/// A `multipart/form-data` body (RFC 7578) for an endpoint that takes a file.
struct MultipartBody: Sendable {
    let bytes: [UInt8]
    let contentType: String

    /// Creates the body of one file with texts beside it. Its boundary is a digest of all of it: nothing holds that, and a form
    /// that is sent twice makes the same body twice, so that its key is good for both.
    init(_ name: String, _ file: UploadedFile, _ texts: [(String, String)] = []) {
        let words = texts.flatMap { [$0.0, $0.1] } + [name, file.fileName]
        let digest = Digest.sha256(file.bytes + Array(words.joined(separator: "\n").utf8))
        let boundary = "kontor-" + Hex.encode(digest.prefix(24))
        var bytes: [UInt8] = []
        func head(_ disposition: String) {
            bytes += Array("--\(boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n".utf8)
        }
        for (name, value) in texts {
            head("name=\"\(name)\"")
            bytes += Array("\r\n\(value)\r\n".utf8)
        }
        let fileName = file.fileName.replacing { $0 == "\"" ? "%22" : $0 == "\\" ? "%5C" : nil }
        head("name=\"\(name)\"; filename=\"\(fileName)\"")
        bytes += Array("Content-Type: application/octet-stream\r\n\r\n".utf8) + file.bytes
        bytes += Array("\r\n--\(boundary)--\r\n".utf8)
        self.bytes = bytes
        contentType = "multipart/form-data; boundary=\(boundary)"
    }

    /// Creates the body of a form that has a field for a file and was sent with one; nil for any other.
    init?(fields: [AdminField], _ sent: SubmittedForm, _ members: [String: JSONValue]) {
        let field = fields.first { if case .file = $0.kind { true } else { false } }
        guard let field, let upload = sent.files.first(where: { $0.name == field.name }) else { return nil }
        let texts = members.sorted { $0.key < $1.key }.compactMap { name, value in value.scalarText.map { (name, $0) } }
        self.init(field.name, upload.file, texts)
    }
}
