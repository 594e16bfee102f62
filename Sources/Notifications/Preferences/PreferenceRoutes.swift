import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of what a user wants to be told.
struct PreferenceRoutes: Sendable {
    private static let path = "/api/notifications/preferences/"

    let database: any Database
    let service: PreferenceService

    var group: EndpointGroup {
        EndpointGroup(
            "Notifications",
            [
                Endpoint(.get, Self.path, "Shows which mails the caller wants.", access: .user, use: show),
                Endpoint(
                    .put, Self.path, "Changes which mails the caller wants.", access: .user, in: database, use: change
                ).refusing(.preconditionFailed),
                Endpoint(
                    .patch, Self.path, "Changes some of which mails the caller wants.", access: .user, in: database,
                    use: change
                ).refusing(.preconditionFailed),
            ])
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> PreferenceBody {
        let user = try call.caller().userID
        return PreferenceBody(try await database.read { try service.wishes(of: user, $0) })
    }

    private func change(_ call: APIRequest, _ input: PreferenceInput, _ tx: Transaction) throws -> PreferenceBody {
        let user = try call.caller().userID
        try service.change(
            of: user, newsletter: input.newsletter, in: tx, check: call.checkVersion, { input.apply(to: &$0) })
        return PreferenceBody(try service.wishes(of: user, tx))
    }
}

/// What somebody changes of what they want; what is left out stays as it is.
struct PreferenceInput: Input {
    let newsletter: Bool?
    private let flags: [@Sendable (inout MailPreferences) -> Void]

    init(_ fields: Fields) {
        newsletter = fields.optionalBoolean("newsletter")
        var flags: [@Sendable (inout MailPreferences) -> Void] = []
        func read(_ name: String, _ path: any WritableKeyPath<MailPreferences, Bool> & Sendable) {
            if let value = fields.optionalBoolean(name) { flags.append { $0[keyPath: path] = value } }
        }
        read("order_confirmation", \.orderConfirmation)
        read("shipping_updates", \.shippingUpdates)
        read("promotional_emails", \.promotionalEmails)
        read("product_recommendations", \.productRecommendations)
        read("price_drop_alerts", \.priceDropAlerts)
        read("back_in_stock_alerts", \.backInStockAlerts)
        read("allow_tracking", \.allowTracking)
        self.flags = flags
    }

    func apply(to preferences: inout MailPreferences) {
        for flag in flags { flag(&preferences) }
    }
}

/// Which mails somebody wants.
struct PreferenceBody: ResponseBody {
    let orderConfirmation: Bool
    let shippingUpdates: Bool
    let promotionalEmails: Bool
    let newsletter: Bool
    let productRecommendations: Bool
    let priceDropAlerts: Bool
    let backInStockAlerts: Bool
    let allowTracking: Bool
    let version: Int

    init(_ wishes: PreferenceService.Wishes) {
        let chosen = wishes.preferences
        (orderConfirmation, shippingUpdates) = (chosen.orderConfirmation, chosen.shippingUpdates)
        (promotionalEmails, newsletter) = (chosen.promotionalEmails, wishes.newsletter)
        productRecommendations = chosen.productRecommendations
        (priceDropAlerts, backInStockAlerts) = (chosen.priceDropAlerts, chosen.backInStockAlerts)
        (allowTracking, version) = (chosen.allowTracking, chosen.version)
    }
}
