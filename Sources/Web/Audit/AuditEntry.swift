import Commerce
import Primitives
import SQL

/// An entry of the audit.
public struct AuditEntry: RowDecodable, Sendable {
    /// The actor, request and address, known before the handler runs.
    struct Origin: Sendable {
        let actor: UserID
        let email: String
        let method: String
        let template: String
        let path: String
        let address: String
        let requestID: String
    }

    static let columns: Query = """
        id, actor_id, actor_email, method, template, path, about, before_json, after_json, ip_address, request_id, created_at
        """

    let id: Int64
    let actor: UserID
    let email: String
    let method: String
    let template: String
    let path: String
    /// The row that it is about (``AuditedRow``); blank for none.
    let about: String
    let before: String
    let after: String
    let address: String
    let requestID: String
    let createdAt: Timestamp

    /// Reads an entry by its columns.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        actor = try row()
        email = try row()
        method = try row()
        template = try row()
        path = try row()
        about = try row()
        before = try row()
        after = try row()
        address = try row()
        requestID = try row()
        createdAt = try row()
    }
}

/// An entry of the audit as it is shown.
struct AuditBody: ResponseBody {
    let id: Int64
    let actorID: UserID
    let actorEmail: String
    let method: String
    let endpoint: String
    let path: String
    let about: String
    let before: JSONValue?
    let after: JSONValue?
    let ipAddress: String
    let requestID: String
    let createdAt: Timestamp

    init(_ entry: AuditEntry) {
        id = entry.id
        actorID = entry.actor
        actorEmail = entry.email
        method = entry.method
        endpoint = entry.template
        path = entry.path
        about = entry.about
        before = try? JSONValue(parsing: entry.before.utf8)
        after = try? JSONValue(parsing: entry.after.utf8)
        ipAddress = entry.address
        requestID = entry.requestID
        createdAt = entry.createdAt
    }
}
