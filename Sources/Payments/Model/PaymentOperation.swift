import Commerce
import Primitives
import SQL

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Something that a gateway is asked to do, as a row that is committed before it is asked.
///
/// The answer is noted in a second transaction. A crash between the two leaves the row pending, and reconciliation ends it: under the
/// same key while the gateway remembers it, else by asking first.
public struct PaymentOperation: Sendable, Hashable {
    /// What a gateway can be asked to do.
    public enum Kind: String, WireEnum {
        case create
        /// Has the gateway authorize what the payer has approved (PayPal), so that staff capture it.
        case authorize
        case capture
        case void
        case refund
    }

    /// The progress of an operation.
    public enum Status: String, WireEnum {
        /// Not answered yet, as far as is known.
        case pending
        /// The gateway has done it.
        case done
        /// The gateway has refused it, or it is not needed any more.
        case failed
    }

    /// What a payment is made with besides what stands in its own row.
    public struct Request: Sendable, Hashable, Codable {
        /// The kind of method that the payer chose; nil for any.
        public var method: String?
        /// The payer's address; empty where none is known.
        public var email = ""
        /// The payer at the gateway; nil without.
        public var customer: String?
        /// The saved method to pay with at once; nil without.
        public var savedMethod: String?
        /// Whether the method is to be saved.
        public var savesMethod = false

        /// Creates a payment of a payer of whom nothing is known.
        public init() {}
    }

    /// The primary key.
    public internal(set) var id: Int64 = 0
    /// The payment that it is about.
    public internal(set) var payment = PaymentID(0)
    /// The refund that it makes; nil for others.
    public internal(set) var refund: RefundID?
    /// What is asked for.
    public internal(set) var kind = Kind.create
    /// The key by which the gateway recognizes a repetition; unique, letters, digits and hyphens.
    public internal(set) var key = ""
    /// The amount, in minor units of the payment's currency; zero for a void.
    public internal(set) var amount = Money.zero
    /// What a payment is made with, the same at each attempt; empty for other kinds.
    public internal(set) var request = Request()
    /// The progress.
    public internal(set) var status = Status.pending
    /// How often the gateway was asked.
    public internal(set) var attempts = 0
    /// The last failure, for staff; empty without one.
    public internal(set) var error = ""
    /// The moment at which it was first meant to be asked, in UTC.
    public internal(set) var createdAt = Timestamp(seconds: 0)
    /// The moment of the last change, in UTC.
    public internal(set) var updatedAt = Timestamp(seconds: 0)

    /// Makes an empty operation, which reading fills.
    public init() {}

    /// The time after which a process that asks a gateway is taken for dead.
    private static let patience = TimeSpan.seconds(30)

    /// Returns whether another process may be asking the gateway at this moment: no failure has been noted, and the attempt is young.
    public func mayBeRunning(at now: Timestamp) -> Bool { error.isEmpty && updatedAt > now - Self.patience }
}

extension PaymentOperation.Kind {
    /// Whether it authorizes or captures.
    public var takesMoney: Bool { self == .authorize || self == .capture }
}

extension PaymentOperation: Record {
    /// The columns that an operation is read from and written to.
    public static let columns = Columns<PaymentOperation>(
        .key("id", \.id),
        .column("payment_id", \.payment),
        .column("refund_id", \.refund),
        .column("kind", \.kind),
        .column("idempotency_key", \.key),
        .column("amount", \.amount),
        .column("request", \.request, read: { try Request(stored: $0) }, write: { try $0.stored() }),
        .column("status", \.status),
        .column("attempts", \.attempts),
        .column("error", \.error),
        .column("created_at", \.createdAt),
        .column("updated_at", \.updatedAt))
}

extension PaymentOperation.Request {
    fileprivate init(stored text: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }

    /// Returns it as it is stored.
    ///
    /// - Throws: `EncodingError`.
    func stored() throws -> String {
        String(decoding: try JSONBytes.encode(self, keys: .asDeclared), as: UTF8.self)
    }
}
