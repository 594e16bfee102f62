import Commerce
import Primitives
import SQL
import Web

/// An address that gets no mail.
public struct SuppressionID: Identifier {
    /// The primary key of the row.
    public let rawValue: Int64
    /// Wraps a row's primary key, without a look at the database.
    public init(_ value: Int64) { self.rawValue = value }
}

/// Why an address gets no mail.
enum SuppressionReason: String, WireEnum {
    /// Its server has refused it, or a mail came back for good.
    case hardBounce = "hard_bounce"
    /// Several mails in a row came back for now.
    case softBounces = "soft_bounces"
    /// Staff have put it on the list.
    case manual
}

struct Suppression: TableRow {
    static let table: StaticString = "mail_suppressions"

    var id = SuppressionID(0)
    var email = ""
    var reason = SuppressionReason.manual
    var note = ""
    var createdAt = Timestamp(seconds: 0)

    /// Rows are made and deleted, never changed.
    var version: Int { 1 }

    static let columns = Columns<Suppression>(
        .key("id", \.id), .column("email", \.email), .column("reason", \.reason), .column("note", \.note),
        .column("created_at", \.createdAt))
}

/// An address as tables of mails compare it.
enum MailRecipient {
    /// Returns the address in lower case, its domain as people read it.
    static func key(_ address: String) -> String { EmailAddress(address)?.text ?? address.lowercased() }
}
