import Primitives

/// A `multipart/form-data` body (RFC 7578), read whole.
struct MultipartForm: Sendable {
    /// The text parts; of a repeated name the last counts.
    private(set) var values: [String: String] = [:]
    /// The parts that have a file name.
    private(set) var files: [String: UploadedFile] = [:]
    /// All text parts, in their order.
    private(set) var texts: [(name: String, value: String)] = []
    /// All parts that have a file name, in their order.
    private(set) var uploads: [(name: String, file: UploadedFile)] = []

    static let maxParts = 200
    /// The most bytes of the headers of one part.
    static let maxHead = 8_192
    private static let maxBoundary = 70
    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    /// Reads `body`, whose parts are set apart by `boundary`.
    ///
    /// - Throws: `MalformedRequest.form`.
    init(parsing body: [UInt8], boundary: String?) throws(MalformedRequest) {
        guard let boundary, !boundary.isEmpty, boundary.utf8.count <= Self.maxBoundary else {
            throw .form("Invalid boundary in multipart: \(boundary ?? "None")")
        }
        let delimiter = Array("--".utf8) + Array(boundary.utf8)
        var position = try Self.afterFirst(delimiter, in: body)
        let separator = Self.lineEnd + delimiter
        var count = 0
        while !Self.isClosing(body, at: position) {
            count += 1
            guard count <= Self.maxParts else { throw .form("Too many parts") }
            let start = try Self.afterLineEnd(body, at: position)
            guard let end = body.firstRange(of: separator, from: start) else { throw .form("Unexpected end of data") }
            try add(body, start..<end)
            position = end + separator.count
        }
    }

    /// Adds the part that stands at `range`; its content is copied once, since it may be a file of some megabytes.
    private mutating func add(_ body: [UInt8], _ range: Range<Int>) throws(MalformedRequest) {
        let blank = Self.lineEnd + Self.lineEnd
        guard let head = body.firstRange(of: blank, from: range.lowerBound), head + blank.count <= range.upperBound,
            head - range.lowerBound <= Self.maxHead
        else { throw .form("A part has no end of headers") }
        guard let headers = String(validating: body[range.lowerBound..<head], as: UTF8.self) else {
            throw .form("Invalid UTF-8")
        }
        let parameters = Self.disposition(headers)
        guard let name = parameters["name"] else { throw .form("A part has no name") }
        let content = body[(head + blank.count)..<range.upperBound]
        if let fileName = parameters["filename"] {
            let file = UploadedFile(fileName: Self.cleaned(fileName), bytes: Array(content))
            files[name] = file
            uploads.append((name, file))
        } else {
            guard let text = String(validating: content, as: UTF8.self) else { throw .form("Invalid UTF-8") }
            values[name] = text
            texts.append((name, text))
        }
    }

    private static func disposition(_ headers: String) -> [String: String] {
        for line in headers.cut(where: { $0 == "\r" || $0 == "\n" }) {
            let (name, value) = line.halves(at: ":")
            guard let value, name.lowercased() == "content-disposition" else { continue }
            let (kind, parameters) = HeaderParameters.split(String(value))
            return kind.lowercased() == "form-data" ? parameters : [:]
        }
        return [:]
    }

    /// Returns a client's file name without control characters; whoever takes the file refuses one that holds a path.
    private static func cleaned(_ fileName: String) -> String {
        fileName.keeping { $0.value >= 0x20 && $0.value != 0x7F }.prefix(scalars: 255)
    }

    private static func afterFirst(_ delimiter: [UInt8], in body: [UInt8]) throws(MalformedRequest) -> Int {
        if body.starts(with: delimiter) { return delimiter.count }
        guard let start = body.firstRange(of: lineEnd + delimiter, from: 0) else { throw .form("No boundary found") }
        return start + lineEnd.count + delimiter.count
    }

    private static func isClosing(_ body: [UInt8], at position: Int) -> Bool {
        body[position...].starts(with: "--".utf8)
    }

    /// Past the white space and the line end that follow a delimiter.
    private static func afterLineEnd(_ body: [UInt8], at position: Int) throws(MalformedRequest) -> Int {
        var index = position
        while index < body.count, body[index] == 0x20 || body[index] == 0x09 { index += 1 }
        guard body[index...].starts(with: lineEnd) else { throw .form("Unexpected end of data") }
        // An empty part's separator begins with the line end of its own headers; they are looked for from here.
        return index + lineEnd.count
    }
}

extension [UInt8] {
    /// Returns where `pattern` first begins at or after `start`.
    func firstRange(of pattern: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first else { return start }
        return withUnsafeBufferPointer { bytes in
            var index = start
            let last = bytes.count - pattern.count
            while index <= last {
                guard let found = bytes[index...last].firstIndex(of: first) else { return nil }
                if bytes[found..<(found + pattern.count)].elementsEqual(pattern) { return found }
                index = found + 1
            }
            return nil
        }
    }
}
