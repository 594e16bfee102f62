import HTTPTypes

/// A kind of secret that opens one resource to whoever has it, such as the order of a guest: sent in a header, or in
/// the address of a link.
public struct ResourceToken: Sendable, Hashable {
    /// The name of the scheme in the API's document.
    public let name: String
    /// The name of the header.
    public let header: String
    /// The name of the query parameter.
    public let parameter: String

    /// Creates a kind of token by its three names.
    public init(_ name: String, header: String, parameter: String) {
        self.name = name
        self.header = header
        self.parameter = parameter
    }

    /// The names of its schemes in the API's document: as a header, and in the address.
    var schemeNames: [String] { [name, name + "InAddress"] }

    /// Returns the token that was sent, the header's before the address's; nil where neither holds one.
    public func sent(_ headers: HTTPFields, _ query: QueryItems) -> String? {
        let sent = [HTTPField.Name(header).flatMap { headers[$0] }, query[parameter]]
        return sent.lazy.compactMap { $0 }.first { !$0.isEmpty }
    }
}
