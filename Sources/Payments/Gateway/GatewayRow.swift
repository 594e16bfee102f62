import Commerce
import Primitives
import SQL

/// What staff have saved of a gateway; one without a row has its defaults.
public struct GatewayRow: Sendable {
    var code = GatewayCode.manual
    var isActive = true
    /// The sealed configuration; empty for none.
    var sealed = ""
    var currencies: [String] = []
    var displayOrder = 0
    var logo = ""
    var version = 1
    var updatedAt = Timestamp(seconds: 0)

    /// Makes the row of a gateway that nobody has changed.
    public init() {}

    /// Whether staff let it take this currency; an empty list is every currency.
    func takes(_ currency: Currency) -> Bool { currencies.isEmpty || currencies.contains(currency.code) }

    /// Opens the configuration; empty where it was sealed under another key.
    func configuration(in box: SecretBox) -> GatewayConfiguration {
        guard !sealed.isEmpty, let text = try? box.open(sealed, context: code.rawValue),
            case .object(let members)? = try? JSONValue(parsing: Array(text.utf8))
        else { return GatewayConfiguration([:]) }
        return GatewayConfiguration(members.compactMapValues { if case .string(let text) = $0 { text } else { nil } })
    }
}

extension GatewayRow: Record {
    /// The columns that a row is read from and written to.
    public static let columns = Columns<GatewayRow>(
        .column("code", \.code),
        .column("is_active", \.isActive),
        .column("configuration", \.sealed),
        .column(
            "supported_currencies", \.currencies,
            read: { (text: String) in text.cut(at: ",", keepsEmpty: false).map(String.init) },
            write: { $0.joined(separator: ",") }),
        .column("display_order", \.displayOrder),
        .column("logo", \.logo),
        .column("version", \.version),
        .column("updated_at", \.updatedAt))
}
