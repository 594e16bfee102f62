import Commerce
import Messages
import SQL

/// What the inventory tells other systems.
extension StockService {
    /// Publishes the alerts that have just been opened: stock that runs low, or out.
    func publish(_ levels: [StockLevel], _ tx: Transaction) throws {
        for level in levels {
            for alert in level.newAlerts {
                guard let topic = alert.type.topic else { continue }
                try events.publishLast(topic, once: "event-\(topic.rawValue)-\(level.stock)", in: tx) { tx in
                    try InventoryQueries.stock(level.stock, tx).map { row in
                        StockBody(row, try names([row.sellable], tx)[row.sellable])
                    }
                }
            }
        }
    }
}

extension AlertType {
    fileprivate var topic: EventTopic? {
        switch self {
        case .lowStock: .stockLow
        case .outOfStock: .stockOut
        case .overstock: nil
        }
    }
}
