import Commerce
import Messages
import SQL

/// What vendors tell other systems, as staff see it.
public struct VendorEvents: Sendable {
    private let publisher: EventPublisher
    private let currency: Currency
    private let address: @Sendable () -> String

    /// Creates events for `publisher`: sales are shown in `currency`, links begin with `address`.
    public init(_ publisher: EventPublisher, currency: Currency, address: @escaping @Sendable () -> String) {
        self.publisher = publisher
        self.currency = currency
        self.address = address
    }

    /// The events that nobody hears.
    public static let silent = VendorEvents(.silent, currency: .usd) { "" }

    /// Publishes that a vendor can sell from now on, right before the commit.
    func approved(_ vendor: Vendor, _ vendors: VendorService, in tx: Transaction) throws {
        let id = vendor.id
        try publisher.publishLast(
            .vendorApproved, about: EventSubject(user: vendor.userID), once: "event-vendor-\(id)", in: tx
        ) { [currency, address] tx -> VendorBody? in
            guard let vendor = try VendorQueries.find(id, tx) else { return nil }
            return VendorBody(vendor, try vendors.figures([id], currency, tx), baseURL: address())
        }
    }
}
