import Commerce
import Payments

/// Something that a gateway's own list tells otherwise than the shop's books.
public struct GatewayDifference: Sendable, Hashable, CustomStringConvertible {
    /// What is told otherwise.
    public enum Kind: Sendable, Hashable {
        /// The shop has no payment of any of its names.
        case unknownPayment
        /// So much was captured there, in minor units, and so much here.
        case captured(Money, here: Money)
        /// The gateway has a refund of so much that the shop does not know, by the gateway's id of it.
        case unknownRefund(String, Money)
        /// The refund is over so much there, and so much here.
        case refundAmount(RefundID, Money, here: Money)
        /// The refund has come to another end.
        case refundStatus(RefundID, GatewayRefund.Status, here: RefundStatus)
        /// The gateway has a dispute over so much that the shop does not know, by the gateway's id of it.
        case unknownDispute(String, Money)
        /// The dispute is over so much there, and so much here.
        case disputeAmount(DisputeID, Money, here: Money)
        /// The dispute has come further, or to another end.
        case disputeStatus(DisputeID, GatewayDispute.Status, here: GatewayDispute.Status)
    }

    /// The gateway.
    public let gateway: GatewayCode
    /// The names by which it knows the payment.
    public let names: GatewayLookup
    /// What is told otherwise.
    public let kind: Kind

    /// One line for a report, amounts in minor units.
    public var description: String {
        let name = [names.transactionID, names.reference ?? "", names.transaction ?? ""].first { !$0.isEmpty } ?? "?"
        let words =
            switch kind {
            case .unknownPayment: "the shop does not know it"
            case .captured(let there, let here): "captured differ: \(there.minorUnits), here \(here.minorUnits)"
            case .unknownRefund(let id, let amount):
                "the shop does not know its refund \(id) over \(amount.minorUnits)"
            case .refundAmount(let id, let there, let here):
                "amounts of refund \(id) differ: \(there.minorUnits), here \(here.minorUnits)"
            case .refundStatus(let id, let there, let here):
                "refund \(id) is \(there), here \(here.rawValue)"
            case .unknownDispute(let id, let amount):
                "the shop does not know its dispute \(id) over \(amount.minorUnits)"
            case .disputeAmount(let id, let there, let here):
                "amounts of dispute \(id) differ: \(there.minorUnits), here \(here.minorUnits)"
            case .disputeStatus(let id, let there, let here):
                "dispute \(id) is \(there.rawValue), here \(here.rawValue)"
            }
        return "\(gateway.rawValue) \(name): \(words)"
    }
}
