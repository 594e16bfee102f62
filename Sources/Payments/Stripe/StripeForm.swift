/// The parameters of a request in the order in which they are sent, encoded as Stripe's own libraries do
/// (stripe-python 16.1.0, `_encode.py` and `_api_requestor.py`).
struct StripeForm: Sendable {
    private var parameters: [(name: String, value: String)] = []

    /// Holds these parameters; those without a value are left out.
    init(_ parameters: KeyValuePairs<String, String?> = [:]) {
        for (name, value) in parameters { set(name, value) }
    }

    /// Appends a parameter; nothing where there is no value. Members of objects and lists are named `metadata[key]`,
    /// `expand[0]`.
    mutating func set(_ name: String, _ value: String?) {
        if let value { parameters.append((name, value)) }
    }

    /// Appends the paths of what the answer is to hold in full.
    mutating func expand(_ paths: [String]) {
        for (place, path) in paths.enumerated() { set("expand[\(place)]", path) }
    }

    /// The body of a POST: brackets stand as they are.
    var body: [UInt8] { encoded(keepsBrackets: true) }

    /// The query of a GET with its question mark, empty without parameters: brackets are percent-encoded, as URLs
    /// want it.
    var query: String { parameters.isEmpty ? "" : "?" + String(decoding: encoded(keepsBrackets: false), as: UTF8.self) }

    private func encoded(keepsBrackets: Bool) -> [UInt8] {
        let pairs = parameters.map { name, value in
            Self.encode(name, keepsBrackets) + [UInt8(ascii: "=")] + Self.encode(value, keepsBrackets)
        }
        return Array(pairs.joined(separator: [UInt8(ascii: "&")]))
    }

    private static func encode(_ text: String, _ keepsBrackets: Bool) -> [UInt8] {
        text.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): [byte]
            case UInt8(ascii: "0")...UInt8(ascii: "9"): [byte]
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): [byte]
            case UInt8(ascii: "["), UInt8(ascii: "]"): keepsBrackets ? [byte] : escape(byte)
            case UInt8(ascii: " "): [UInt8(ascii: "+")]
            default: escape(byte)
            }
        }
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
