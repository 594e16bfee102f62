import Commerce
import HTTPTypes
import Primitives
import Synchronization
import Web

/// Rows of a resource that exists in these tests alone, in memory.
final class TrialStore: Sendable {
    /// A row.
    struct Trial: Sendable {
        var name: String
        var note = ""
        var price: Int64 = 0
        var rate: Int64 = 0
        var isActive = true
        var tags: [String] = []
        var version = 1
    }

    /// What a request sets.
    struct Change: Input {
        let name: String?
        let note: String?
        let price: Int64?
        let rate: Int64?
        let isActive: Bool?
        let tags: [String]?

        init(_ fields: Fields) {
            name = fields.sent("name") { $0.string($1, length: 1...40) }
            note = fields.sent("note") { $0.string($1, .optional(""), length: 0...2_000) }
            price = fields.sent("price") { $0.decimal($1, scale: 2, in: 0...1_000_000) }
            rate = fields.sent("rate") { $0.decimal($1, .optional(0), scale: 4, in: 0...10_000) }
            isActive = fields.sent("is_active") { $0.boolean($1, .optional(true)) }
            tags = fields.sent("tags") { $0.strings($1, length: 1...20, limit: 5) }
        }

        func apply(to trial: inout Trial) {
            if let name { trial.name = name }
            if let note { trial.note = note }
            if let price { trial.price = price }
            if let rate { trial.rate = rate }
            if let isActive { trial.isActive = isActive }
            if let tags { trial.tags = tags }
            trial.version += 1
        }
    }

    /// The keys that lists are ordered by.
    enum SortKey: String, CaseIterable, Sendable { case name, price }

    /// The query of a list.
    struct Query: Input {
        let search: String?
        let isActive: Bool?
        let least: Int64?
        let order: Ordering<SortKey>
        let page: PageRequest

        init(_ fields: Fields) {
            search = fields.optionalString("search")
            isActive = fields.optionalBoolean("is_active")
            least = fields.optionalDecimal("min_price", scale: 2, in: 0...1_000_000)
            order = fields.ordering(Ordering(.name))
            page = fields.page()
        }
    }

    private let rows = Mutex<[Int: Trial]>([:])

    /// The names of the rows that are active, sorted.
    var active: [String] { rows.withLock { $0.values.filter(\.isActive).map(\.name).sorted() } }
    /// The number of rows.
    var count: Int { rows.withLock { $0.count } }

    subscript(id: Int) -> Trial? { rows.withLock { $0[id] } }

    /// Adds a row and returns its id.
    @discardableResult
    func add(_ trial: Trial) -> Int {
        rows.withLock { rows in
            let id = (rows.keys.max() ?? 0) + 1
            rows[id] = trial
            return id
        }
    }

    func change(_ id: Int, _ change: (inout Trial) throws -> Void) throws -> JSONValue {
        try rows.withLock { rows in
            guard var trial = rows[id] else { throw NotFound() }
            try change(&trial)
            rows[id] = trial
            return Self.json(id, trial)
        }
    }

    func remove(_ id: Int) throws {
        try rows.withLock { rows in
            guard rows.removeValue(forKey: id) != nil else { throw NotFound() }
        }
    }

    func show(_ id: Int) throws -> JSONValue { try change(id) { _ in } }

    func list(_ query: Query) throws -> JSONValue {
        let found = rows.withLock { $0 }.filter { query.fits($0.value) }.sorted { query.precedes($0, $1) }
        try query.page.check(found.count)
        let page = found.dropFirst(query.page.offset).prefix(query.page.size)
        return .object([
            "count": .number(String(found.count)), "results": .array(page.map { Self.json($0.key, $0.value) }),
        ])
    }

    private static func json(_ id: Int, _ trial: Trial) -> JSONValue {
        .object([
            "id": .number(String(id)), "name": .string(trial.name), "note": .string(trial.note),
            "price": .string(decimal(trial.price, 100)), "rate": .string(decimal(trial.rate, 10_000)),
            "is_active": .bool(trial.isActive), "version": .number(String(trial.version)),
            "tags": .array(trial.tags.map { .string($0) }),
            "parts": .array(
                trial.tags.enumerated().map { place, tag in
                    .object([
                        "id": .number(String(place + 1)), "name": .string(tag), "quantity": .number(String(place)),
                    ])
                }),
            "owner": .object(["id": .number("7"), "name": .string("Ada")]),
            "created_at": .string("2026-07-01T10:00:00Z"),
        ])
    }

    private static func decimal(_ units: Int64, _ one: Int64) -> String {
        "\(units / one)." + String(String(one + units % one).dropFirst())
    }
}

extension TrialStore.Query {
    fileprivate func fits(_ trial: TrialStore.Trial) -> Bool {
        (search.map { trial.name.lowercased().contains($0.lowercased()) } ?? true)
            && (isActive.map { trial.isActive == $0 } ?? true) && trial.price >= (least ?? 0)
    }

    fileprivate func precedes(
        _ one: (key: Int, value: TrialStore.Trial), _ other: (key: Int, value: TrialStore.Trial)
    ) -> Bool {
        let isBefore: Bool
        switch order.key {
        case .name: isBefore = (one.value.name, one.key) < (other.value.name, other.key)
        case .price: isBefore = (one.value.price, one.key) < (other.value.price, other.key)
        }
        return isBefore != order.descending
    }
}

extension TrialStore {
    /// The endpoints over the rows.
    var group: EndpointGroup {
        let (view, edit) = (Access.staff("trials.view"), Access.staff("trials.edit"))
        return EndpointGroup(
            "Trials", "Rows of a test.",
            [
                Endpoint(.get, "/api/trials/", "Lists.", access: view) { (_: APIRequest, query: Query) in
                    try self.list(query)
                },
                Endpoint(.post, "/api/trials/", "Makes.", access: edit, status: .created) {
                    (_: APIRequest, change: Change) -> JSONValue in
                    var trial = Trial(name: "")
                    change.apply(to: &trial)
                    trial.version = 1
                    return try self.show(self.add(trial))
                },
                Endpoint(.get, "/api/trials/{id}/", "Shows.", access: view) { (call: APIRequest, _: NoInput) in
                    try self.show(try Self.id(call))
                },
                Endpoint(.patch, "/api/trials/{id}/", "Changes.", access: edit) {
                    (call: APIRequest, change: Change) -> JSONValue in
                    try self.change(try Self.id(call)) { trial in
                        try call.checkVersion(trial.version)
                        change.apply(to: &trial)
                    }
                },
                Endpoint(.delete, "/api/trials/{id}/", "Deletes.", access: edit, status: .noContent) {
                    (call: APIRequest, _: NoInput) -> NoContent in
                    try self.remove(try Self.id(call))
                    return NoContent()
                },
                setting("activate", to: true, edit), setting("deactivate", to: false, edit), destroying,
            ])
    }

    private func setting(_ verb: String, to isActive: Bool, _ access: Access) -> Endpoint {
        Endpoint(.post, "/api/trials/{id}/\(verb)/", "Sets.", access: access) {
            (call: APIRequest, _: NoInput) -> JSONValue in
            try self.change(try Self.id(call)) { trial in
                guard trial.isActive != isActive else { throw TrialRefusal() }
                trial.isActive = isActive
            }
        }.leased()
    }

    /// What asks whether the caller is there.
    private var destroying: Endpoint {
        Endpoint(.post, "/api/trials/{id}/destroy/", "Destroys.", access: .staff("trials.destroy")) {
            (call: APIRequest, input: Destruction) -> JSONValue in
            try await call.confirmPresence(password: input.password, code: nil)
            return try self.change(try Self.id(call)) { $0.note = "destroyed: " + input.reason }
        }
    }

    /// Why something is destroyed, and who says so.
    struct Destruction: Input {
        let reason: String
        let password: String?

        init(_ fields: Fields) {
            reason = fields.string("reason", length: 1...100)
            password = fields.optionalString("password")
        }
    }

    private static func id(_ call: APIRequest) throws -> Int {
        guard let id = Int(try call.text("id")) else { throw NotFound() }
        return id
    }
}

/// A refusal in words of its own.
struct TrialRefusal: BusinessError {
    let kind = ErrorKind.conflict
    let code = "as_it_was"
    let message = "It is so already."
}
