import Commerce
import Orders
import Primitives
import SQL

/// Writes what customers of the demo shop send back: one return waits for staff, one is on its way, one was refused.
struct DemoReturns {
    private static let wishes: [Int: (reason: String, answer: ReturnStatus?, note: String)] = [
        11: ("It does not fit where it was meant to stand.", nil, ""),
        13: ("Another color than in the picture.", .approved, "Please send it back within two weeks."),
        16: ("I have changed my mind.", .rejected, "It came back to us used."),
    ]

    let orders: OrderService

    /// Writes the return of an order of this age, if there is one: a unit of its first line.
    func make(of id: OrderID, age: Int, decidedBy staff: UserID, in tx: Transaction) throws {
        guard let wish = Self.wishes[age], let order = try orders.find(.id(id), in: tx), let item = order.items.first
        else { return }
        let draft = ReturnDraft(parts: [ReturnDraft.Part(item.id, quantity: 1, reason: wish.reason)], note: "")
        let asked = try orders.requestReturn(
            draft, of: order, within: .days(30), by: .customer(order.user), in: tx)
        guard let answer = wish.answer, let current = try orders.find(.id(id), in: tx) else { return }
        _ = try orders.decide(asked.id, as: answer, of: current, by: staff, note: wish.note, in: tx)
    }
}
