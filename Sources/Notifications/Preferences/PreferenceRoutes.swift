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
            of: user, newsletter: input.newsletter, in: tx, check: call.checkVersion
        ) { $0 = input.change.applied(to: $0) }
        return PreferenceBody(try service.wishes(of: user, tx))
    }
}

/// What somebody changes of what they want; what is left out stays as it is.
struct PreferenceInput: Input {
    let newsletter: Bool?
    let change: Change<MailPreferences>

    init(_ fields: Fields) {
        newsletter = fields.optionalBoolean("newsletter")
        var change = Change<MailPreferences>()
        change.set(\.orderConfirmation, to: fields.optionalBoolean("order_confirmation"))
        change.set(\.shippingUpdates, to: fields.optionalBoolean("shipping_updates"))
        change.set(\.promotionalEmails, to: fields.optionalBoolean("promotional_emails"))
        change.set(\.productRecommendations, to: fields.optionalBoolean("product_recommendations"))
        change.set(\.priceDropAlerts, to: fields.optionalBoolean("price_drop_alerts"))
        change.set(\.backInStockAlerts, to: fields.optionalBoolean("back_in_stock_alerts"))
        change.set(\.allowTracking, to: fields.optionalBoolean("allow_tracking"))
        self.change = change
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
