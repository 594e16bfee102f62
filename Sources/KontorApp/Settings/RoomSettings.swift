import Accounts
import Checkout
import Messages
import Notifications
import Primitives
import Web

/// What each room is told of the settings.
extension AccountsConfiguration {
    init(_ settings: Settings) {
        self.init()
        signingKey = settings.secrets.jwtSigningKey
        requiresVerifiedEmail = settings.shop.requiresVerifiedEmail
        frontendURL = settings.web.frontendURL
        deniedEmailDomains = Set(settings.shop.deniedEmailDomains.map { DomainName.compared($0) })
        shopName = settings.shop.name
        social = settings.social
        uploadLimit = settings.limits.uploadBytes
        limits.loginFailuresByAccount = settings.limits.loginFailures
        limits.registrationsByAddress = settings.limits.byAddress ? settings.limits.registrations : nil
        if !settings.limits.byAddress {
            limits.loginFailuresByAddress = nil
            limits.mailRequestsByAddress = nil
            limits.guessesByAddress = nil
        }
    }
}

extension CheckoutSettings {
    init(_ settings: Settings) {
        self.init(
            currency: settings.shop.currency, reservation: settings.shop.reservation, transfer: settings.shop.transfer,
            returns: settings.shop.returns,
            isTaxInclusive: settings.shop.taxInclusive)
    }
}

extension MailComposer {
    init(_ settings: Settings, secret: SecretKey) {
        self.init(shopName: settings.shop.name, shopURL: settings.web.frontendURL, secrets: MailSecrets(secret))
    }
}

extension WebSettings {
    init(_ settings: Settings) {
        self.init(currency: settings.shop.currency)
        timeZone = settings.shop.timeZone
        publicURL = settings.web.publicURL
        allowedHosts = settings.web.allowedHosts
        corsOrigins = settings.web.corsOrigins
        trustedProxies = settings.web.trustedProxies
        allowedAddresses = settings.web.allowedAddresses
        deniedAddresses = settings.web.deniedAddresses
        staffAddresses = settings.web.staffAddresses
        debug = settings.debug
        maxBodyBytes = settings.limits.bodyBytes
        maxUploadBytes = settings.limits.uploadBytes
        limitsAddresses = settings.limits.byAddress
        connections = settings.connections.within(descriptors: DescriptorLimit.current)
        metricsToken = settings.metrics.token
        metricsAddresses = settings.metrics.addresses
        bareRoute = settings.bareRoute
        title = settings.shop.name
        version = Release.version
    }
}
