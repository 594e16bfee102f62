import Commerce
import SQL

/// Which addresses of a book are its defaults: one of each kind as long as one can be.
enum AddressDefaults {
    /// What of an address matters for that.
    struct Entry: RowDecodable, Hashable {
        static let columns: Query = "id, address_type, is_default_shipping, is_default_billing"

        let id: AddressID
        let type: AddressType
        let current: Set<DefaultKind>

        init(id: AddressID, type: AddressType, current: Set<DefaultKind> = []) {
            self.id = id
            self.type = type
            self.current = current
        }

        init(row: inout RowReader) throws {
            let (id, type): (AddressID, AddressType) = try (row(), row())
            let kinds: [(DefaultKind, Bool)] = [(.shipping, try row()), (.billing, try row())]
            self.init(id: id, type: type, current: Set(kinds.filter(\.1).map(\.0)))
        }
    }

    /// Returns the default of `kind` among `book`, which is in the order of its making.
    ///
    /// The address that asks for it gets it; one that gives it up hands it to the oldest other one; else it stays where
    /// it is, and where it is nowhere it falls to the oldest.
    static func choose(
        _ kind: DefaultKind, in book: [Entry], wish: (id: AddressID, wants: Bool)? = nil
    ) -> AddressID? {
        let able = book.filter { $0.type.kinds.contains(kind) }
        if let wish, wish.wants, able.contains(where: { $0.id == wish.id }) { return wish.id }
        let holder = able.first { $0.current.contains(kind) }
        if let wish, !wish.wants, holder == nil || holder?.id == wish.id {
            return (able.first { $0.id != wish.id } ?? able.first)?.id
        }
        return (holder ?? able.first)?.id
    }
}
