import Commerce
import Messages
import SQL

extension AccountsCore {
    /// Publishes that a customer has been made, as administrators see them, once all that belongs to it is written.
    func publishCustomer(_ id: UserID, _ tx: Transaction) throws {
        try events.publishLast(
            .customerCreated, about: EventSubject(user: id), once: "event-customer-\(id)", in: tx
        ) { [address] tx in
            try UserAdminQueries.find(id, tx).map { ManagedUserBody($0, [], address()) }
        }
    }
}
