import Commerce
import Primitives

/// A payment service provider, in the words that all of them share. Stripe, PayPal, Razorpay and the sandbox are its
/// implementations.
///
/// Each call goes over the network and is made outside of transactions. What a call is about to do stands in a row with its key,
/// committed before (``PaymentOperation``), so that a call whose answer was lost is made again under the same key, or looked up
/// first where the gateway may have forgotten the key. All calls throw `GatewayError`.
public protocol PaymentGateway: Sendable {
    /// The stable code.
    var code: GatewayCode { get }
    /// The key that the browser needs; nil where it needs none.
    var publicKey: String? { get }
    /// Whether its keys are test keys: no money moves.
    var isTest: Bool { get }
    /// The kinds of method that a payer may choose: `card`, `upi`.
    var methods: [String] { get }
    /// How the gateway counts in each currency that it takes.
    var amounts: GatewayAmounts { get }
    /// Whether it captures by itself what the payer authorizes.
    var capturesAutomatically: Bool { get }
    /// For how long a repeated call under the same key is recognized; zero where it never is.
    var keyLifetime: TimeSpan { get }

    /// Makes what the payer pays with: a PaymentIntent, an order.
    func create(_ draft: GatewayDraft, key: String) async throws -> GatewayPayment

    /// Returns the payment as it is now; nil where the gateway has none of these names. Where only our own id is known, it looks for
    /// what carries that.
    func find(_ names: GatewayLookup, in currency: Currency) async throws -> GatewayPayment?

    /// Captures an authorized or approved payment: `amount` of it, the rest is given back.
    func capture(_ payment: GatewayCapture, key: String) async throws -> GatewayPayment

    /// Cancels a payment that is not captured, so that no money can come of it.
    func void(_ names: GatewayLookup, in currency: Currency, key: String) async throws -> GatewayPayment

    /// Refunds a part of a captured payment.
    func refund(_ refund: GatewayRefundDraft, key: String) async throws -> GatewayRefund

    /// Checks what the browser brought back from the gateway's page against its signature; the names become those that it proves.
    ///
    /// - Throws: `ValidationError` on the signature's field where it is forged.
    func confirm(_ names: GatewayLookup, _ evidence: [String: String]) throws -> GatewayLookup

    /// Checks the signature of a webhook over its raw bytes.
    ///
    /// - Throws: `GatewayError.badSignature`, `GatewayError.unavailable` where a certificate cannot be had.
    func verify(_ delivery: WebhookDelivery, at now: Timestamp) async throws -> WebhookHeader

    /// Reads what a verified webhook tells; empty where it is about nothing that the shop follows.
    func notices(in payload: JSONValue) throws -> [GatewayNotice]

    /// Lists what the gateway has of a span of time, a page at a time: for reconciliation. `cursor` is that of the page before.
    func list(from: Timestamp, until: Timestamp, after cursor: String?) async throws -> GatewayPage

    /// Lists the refunds or the disputes that were made in a span of time, whenever their payments were made, a page at a time: for
    /// those of which the webhook was lost. What other programs made in the same account is left out where that can be told. What a
    /// refund does not tell by itself is to be asked about (``GatewayNotice/ask(_:)``). `cursor` is that of the page before.
    func changes(
        _ kind: GatewayChangeKind, from: Timestamp, until: Timestamp, after cursor: String?
    ) async throws -> GatewayChangePage
}

extension PaymentGateway {
    /// No evidence is known, unless a gateway has some.
    ///
    /// - Throws: nothing.
    public func confirm(_ names: GatewayLookup, _ evidence: [String: String]) throws -> GatewayLookup { names }
}

/// A gateway that keeps payment methods for later: Stripe and the sandbox.
public protocol MethodVault: PaymentGateway {
    /// Makes a customer at the gateway and returns its id.
    func createCustomer(email: String, user: UserID, key: String) async throws -> String
    /// Returns the secret with which the browser hands a method to the gateway.
    func setUp(customer: String, key: String) async throws -> String
    /// Returns what may be shown of a method; nil where the customer has none of that id.
    func method(_ id: String, of customer: String) async throws -> GatewayMethod?
    /// Makes the gateway forget a method.
    func detach(_ id: String) async throws
    /// Makes the gateway forget a customer with all methods; one that it does not have counts as forgotten.
    func deleteCustomer(_ id: String) async throws
}

/// What the shop asks a gateway to make.
public struct GatewayDraft: Sendable {
    /// Our own id of the payment.
    public let transactionID: String
    /// The order's number, as the payer knows it.
    public let orderNumber: String
    /// The amount to pay, in minor units of `currency`.
    public let amount: Money
    /// The currency.
    public let currency: Currency
    /// The payer's address; empty where none is known.
    public let email: String
    /// Where the payer comes back to.
    public let returnURL: String
    /// The kind of method that the payer chose, as ``PaymentGateway/methods`` names it; nil for any.
    public let method: String?
    /// The payer at the gateway, where a method is saved or used; nil without.
    public let customer: String?
    /// The saved method to pay with at once; nil where the payer enters one.
    public let savedMethod: String?
    /// Whether the method is to be saved.
    public let savesMethod: Bool

    /// Asks for a payment; methods are neither saved nor used unless said.
    public init(
        transactionID: String, orderNumber: String, amount: Money, currency: Currency, email: String, returnURL: String,
        method: String? = nil, customer: String? = nil, savedMethod: String? = nil, savesMethod: Bool = false
    ) {
        self.transactionID = transactionID
        self.orderNumber = orderNumber
        self.amount = amount
        self.currency = currency
        self.email = email
        self.returnURL = returnURL
        self.method = method
        self.customer = customer
        self.savedMethod = savedMethod
        self.savesMethod = savesMethod
    }
}

/// A capture to make.
public struct GatewayCapture: Sendable {
    /// The payment's names.
    public let names: GatewayLookup
    /// The part to capture, in minor units of `currency`.
    public let amount: Money
    /// The whole that was authorized.
    public let authorized: Money
    /// The currency.
    public let currency: Currency

    /// Asks for a capture.
    public init(_ names: GatewayLookup, amount: Money, of authorized: Money, _ currency: Currency) {
        self.names = names
        self.amount = amount
        self.authorized = authorized
        self.currency = currency
    }
}

/// A refund to make.
public struct GatewayRefundDraft: Sendable {
    /// Our row, which the gateway keeps in its metadata.
    public let id: RefundID
    /// The payment's names.
    public let names: GatewayLookup
    /// The amount, in minor units of `currency`.
    public let amount: Money
    /// What was captured in total.
    public let captured: Money
    /// The currency.
    public let currency: Currency
    /// The reason, in the shop's words; may be empty.
    public let reason: String

    /// Asks for a refund.
    public init(
        _ id: RefundID, of names: GatewayLookup, amount: Money, captured: Money, _ currency: Currency, reason: String
    ) {
        self.id = id
        self.names = names
        self.amount = amount
        self.captured = captured
        self.currency = currency
        self.reason = reason
    }
}

/// What may be shown of a payment method that a gateway keeps.
public struct GatewayMethod: Sendable, Hashable {
    /// The gateway's id of it.
    public let id: String
    /// `card` or `bank_account`.
    public let type: String
    /// The last four digits; empty where there are none.
    public let last4: String
    /// The brand: `visa`; empty where there is none.
    public let brand: String
    /// The month of expiry, 1 to 12; nil where it does not expire.
    public let expiryMonth: Int?
    /// The year of expiry, four digits.
    public let expiryYear: Int?

    /// Describes a method.
    public init(id: String, type: String, last4: String, brand: String, expiryMonth: Int?, expiryYear: Int?) {
        self.id = id
        self.type = type
        self.last4 = last4
        self.brand = brand
        self.expiryMonth = expiryMonth
        self.expiryYear = expiryYear
    }
}

/// A page of what a gateway has.
public struct GatewayPage: Sendable {
    /// The payments of the page.
    public let payments: [GatewayPayment]
    /// The cursor of the next page; nil on the last.
    public let next: String?

    /// Creates a page; the last unless `next` is given.
    public init(_ payments: [GatewayPayment], next: String? = nil) {
        self.payments = payments
        self.next = next
    }
}
