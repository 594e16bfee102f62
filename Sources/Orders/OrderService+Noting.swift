import Commerce
import Primitives
import SQL

extension OrderService {
    /// Writes a note on an order, for its customer to read where `isVisible`.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func addNote(
        _ text: String, isVisible: Bool, to reference: OrderReference, by user: UserID, in tx: Transaction
    ) throws -> OrderNote {
        let order = try lock(reference, in: tx)
        let note = try OrderNoteQueries.insert(text, isVisible: isVisible, on: order.id, by: user, at: time.now, tx)
        guard let note else { throw NotFound() }
        return note
    }
}
