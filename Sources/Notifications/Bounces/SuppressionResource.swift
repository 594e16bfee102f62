import Commerce
import Primitives
import SQL
import Web

/// Addresses that get no mail, as staff keep them: put on the list, and taken off it.
struct SuppressionResource: AdminResource {
    let time: TimeSource

    static var defaultOrdering: Ordering<SuppressionSortKey> { Ordering(.createdAt, descending: true) }

    static func change(_ fields: Fields) -> Change<Suppression> {
        var change = Change<Suppression>()
        change.set(\.email, to: fields.email("email"))
        change.set(\.note, to: fields.string("note", .optional(""), length: 0...500))
        return change
    }

    static func filter(_ fields: Fields) -> SuppressionFilter {
        SuppressionFilter(
            email: fields.optionalString("email", length: 0...254).map(MailRecipient.key),
            reason: fields.optionalChoice("reason", of: SuppressionReason.self),
            search: fields.optionalString("search", length: 0...100)?.lowercased())
    }

    func insert(_ suppression: Suppression, in tx: Transaction) throws -> SuppressionID {
        var suppression = suppression
        suppression.createdAt = time.now
        return try unique("email", "suppression") { try SuppressionQueries.insert(suppression, tx) }
    }

    func update(_ suppression: Suppression, in tx: Transaction) throws -> Bool { false }

    func body(of suppression: Suppression) -> SuppressionBody { SuppressionBody(suppression) }
}

/// Which suppressions a list shows.
struct SuppressionFilter: RowFilter {
    let email: String?
    let reason: SuppressionReason?
    let search: String?

    var condition: Query {
        var parts: [Query] = ["1 = 1"]
        if let email { parts.append("email = \(email)") }
        if let reason { parts.append("reason = \(reason)") }
        if let search { parts.append("INSTR(email, \(search)) > 0") }
        return parts.joined(by: " AND ")
    }

    func index(by column: String) -> StaticString? {
        guard email == nil else { return nil }
        return switch (column == "email", reason != nil) {
        case (false, false): "ix_mail_suppressions_created_at"
        case (false, true): "ix_mail_suppressions_reason_created_at"
        case (true, false): "ix_mail_suppressions_email_id"
        case (true, true): "ix_mail_suppressions_reason_email"
        }
    }
}

/// The keys by which a list of suppressions can be ordered.
enum SuppressionSortKey: String, CaseIterable, SQLName {
    case createdAt = "created_at"
    case email

    var sqlName: StaticString {
        switch self {
        case .createdAt: "created_at"
        case .email: "email"
        }
    }
}

struct SuppressionBody: ResponseBody {
    let id: SuppressionID
    let email: String
    let reason: SuppressionReason
    let note: String
    let createdAt: Timestamp

    init(_ suppression: Suppression) {
        (id, email, reason) = (suppression.id, suppression.email, suppression.reason)
        (note, createdAt) = (suppression.note, suppression.createdAt)
    }
}
