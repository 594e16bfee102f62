import Outbound
import Primitives

/// Reads answers of the API: JSON, or why there is none.
enum PayPalAnswer {
    /// Returns the fields of a success; `null` for one without a body (204).
    ///
    /// - Throws: `GatewayError`.
    static func read(_ response: OutboundResponse) throws(GatewayError) -> PayPalFields {
        if response.status == 204 { return PayPalFields(.null) }
        let fields = try json(response)
        if 200..<300 ~= response.status { return fields }
        throw PayPalRefusal.error(response.status, fields)
    }

    private static func json(_ response: OutboundResponse) throws(GatewayError) -> PayPalFields {
        guard response.header("Content-Type")?.lowercased().begins(with: "application/json") ?? false,
            let value = try? JSONValue(parsing: response.body), case .object = value
        else { throw .unavailable("it answers \(response.status) without JSON", isUndone: false) }
        return PayPalFields(value)
    }
}
