import Commerce
import HTTPTypes
import Primitives
import SQL
import Synchronization

/// The audit of one request by staff: who changed what, and its states before and after.
///
/// The server writes it in the transaction of the endpoint itself. Where a handler opens transactions of its own, it is
/// written once the handler is through.
public final class AuditTrail: Sendable {
    private struct State {
        var before: JSONValue?
        var after: JSONValue?
        var isWanted: Bool
        var isWritten = false
    }

    private let entry: AuditEntry.Origin
    private let state: Mutex<State>

    init(_ entry: AuditEntry.Origin, isWanted: Bool) {
        self.entry = entry
        state = Mutex(State(isWanted: isWanted))
    }

    /// Has this request recorded although its endpoint is not for staff only.
    public func want() { state.withLock { $0.isWanted = true } }

    func record(before: JSONValue) { state.withLock { $0.before = $0.before ?? before } }

    func record(after: JSONValue) { state.withLock { $0.after = after } }

    /// Starts over: a transaction may run more than once.
    func begin() {
        state.withLock {
            $0.before = nil
            $0.after = nil
            $0.isWritten = false
        }
    }

    /// Returns whether `response` is a success that has to be recorded and has not been yet.
    func isDue(_ response: APIResponse) -> Bool {
        (200..<300).contains(response.status.code) && state.withLock { $0.isWanted && !$0.isWritten }
    }

    /// Writes the entry where it is due; `response` says what came out.
    ///
    /// - Throws: `SQLError`.
    func write(_ response: APIResponse, at now: Timestamp, in tx: Transaction) throws {
        guard isDue(response) else { return }
        let isJSON = response.headers[.contentType] == "application/json" && !response.body.isEmpty
        let said = try state.withLock { $0.after }.map { String(decoding: try JSONBytes.encode($0), as: UTF8.self) }
        let after = said ?? (isJSON ? String(decoding: response.body, as: UTF8.self) : "")
        let before = try state.withLock { $0.before }.map { String(decoding: try JSONBytes.encode($0), as: UTF8.self) }
        let about = row(response, after)
        try AuditQueries.insert(entry, about: about, before: before ?? "", after: after, at: now, tx)
        state.withLock { $0.isWritten = true }
    }

    /// Returns the row that the request is about, be it one that it made; blank for none.
    private func row(_ response: APIResponse, _ after: String) -> String {
        if let row = AuditedRow.path(of: entry.path, entry.template) { return row }
        guard response.status == .created, let made = try? JSONValue(parsing: after.utf8) else { return "" }
        return AuditedRow.made(at: entry.path, made) ?? ""
    }

    /// Writes an entry over a part of what the request changes; the request itself draws none after that.
    ///
    /// - Throws: `SQLError`.
    func write(_ after: JSONValue, before: JSONValue?, at now: Timestamp, in tx: Transaction) throws {
        guard state.withLock({ $0.isWanted }) else { return }
        let text = { (value: JSONValue) in String(decoding: try JSONBytes.encode(value), as: UTF8.self) }
        let about = AuditedRow.path(of: entry.path, entry.template) ?? ""
        try AuditQueries.insert(
            entry, about: about, before: try before.map(text) ?? "", after: try text(after), at: now, tx)
        state.withLock { $0.isWritten = true }
    }
}

extension AuditTrail {
    /// Returns the entries of a list, the newest first.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    static func entries(
        _ filter: AuditQueries.Filter, _ page: PageRequest, _ connection: Connection
    ) throws -> PageRows<AuditEntry> {
        var filter = filter
        filter.search = try filter.search?.done(connection)
        return try PageRows(count: AuditQueries.count(filter, connection), page) {
            try AuditQueries.list(filter, page, connection)
        }
    }
}

extension APIRequest {
    /// Records the state, as the API shows it, of what is about to be changed.
    ///
    /// - Throws: `EncodingError`.
    public func recordBefore(_ body: some ResponseBody) throws {
        guard let audit else { return }
        audit.record(before: try JSONValue(parsing: JSONBytes.encode(body)))
    }

    /// Records what came out in place of the answer, which holds what nobody may read later.
    ///
    /// - Throws: `EncodingError`.
    public func recordAfter(_ body: some ResponseBody) throws {
        guard let audit else { return }
        audit.record(after: try JSONValue(parsing: JSONBytes.encode(body)))
    }

    /// Writes an entry of its own over what a transaction changes, in that transaction: for handlers that open several, of which
    /// the first ones stay where a later one fails, or one beside other work. Where it is called, the answer draws no entry.
    ///
    /// - Throws: `EncodingError`, `SQLError`.
    public func record<Body: ResponseBody>(
        _ after: Body, before: Body? = nil, at now: Timestamp, in tx: Transaction
    ) throws {
        guard let audit else { return }
        let value = { (body: Body) in try JSONValue(parsing: JSONBytes.encode(body)) }
        try audit.write(try value(after), before: try before.map(value), at: now, in: tx)
    }
}

extension APIRequest {
    /// Returns this request with a trail, where staff are about to change something or to read what is recorded.
    func audited(_ endpoint: Endpoint) -> APIRequest {
        let isReading = method == .get || method == .head
        guard let identity, identity.isStaff, !endpoint.changesNothing, !isReading || endpoint.recordsReadings else {
            return self
        }
        var call = self
        call.audit = AuditTrail(
            AuditEntry.Origin(
                actor: identity.userID, email: identity.email, method: method.rawValue, template: endpoint.template,
                path: path.prefix(scalars: 500), address: clientAddress, requestID: id),
            isWanted: endpoint.access.isOfStaff)
        return call
    }
}

extension Access {
    /// Whether what it opens is staff's.
    var isOfStaff: Bool {
        switch self {
        case .staff, .vendorOr, .admin: true
        case .anyone, .optionalUser, .user, .userOr: false
        }
    }
}
