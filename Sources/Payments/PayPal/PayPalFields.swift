import Primitives

/// A value of PayPal's JSON, looked into by names.
struct PayPalFields {
    let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    /// The member of this name; `null` where there is none.
    subscript(key: String) -> PayPalFields { PayPalFields(value[key] ?? .null) }

    /// The text; nil where this is none, or an empty one.
    var text: String? { if case .string(let text) = value, !text.isEmpty { text } else { nil } }

    /// The whole number; nil where this is none.
    var number: Int64? { if case .number(let text) = value { Int64(text) } else { nil } }

    /// The elements of an array; none where this is none.
    var elements: [PayPalFields] {
        if case .array(let elements) = value { elements.map { PayPalFields($0) } } else { [] }
    }

    /// Returns the text of a member that has to be there.
    ///
    /// - Throws: `GatewayError.unavailable` where it is not.
    func required(_ key: String) throws(GatewayError) -> String {
        guard let text = self[key].text else {
            throw .unavailable("its answer has no \(key)", isUndone: false)
        }
        return text
    }

    /// Returns the address of the link of one of these relations, the first that is there.
    func link(_ relations: String...) -> String? {
        let links = self["links"].elements
        return relations.lazy.compactMap { relation in
            links.first { $0["rel"].text == relation }?["href"].text
        }.first
    }

    /// Returns what follows `folder` in the link to what this belongs to: the id of a capture or of an order.
    func parent(in folder: String) -> String? {
        guard let parts = link("up")?.cut(at: "/"), parts.count >= 2, parts[parts.count - 2].isSame(as: folder) else {
            return nil
        }
        return parts.last.map { String($0) }
    }
}
