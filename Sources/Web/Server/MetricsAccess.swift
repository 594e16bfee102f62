import Commerce
import HTTPTypes
import Primitives

/// The access rule of `/metrics`: callers with the token, and some addresses without it.
struct MetricsAccess: Sendable {
    private let token: [UInt8]?
    private let networks: [IPNetwork]

    /// - Throws: `SettingsError` for what is neither an address nor a network.
    init(_ settings: WebSettings) throws(SettingsError) {
        token = settings.metricsToken.map { Digest.sha256($0.utf8) }
        networks = try IPNetwork.list(settings.metricsAddresses, of: "METRICS_ALLOW")
    }

    /// Lets a request from `address` pass that has the token, or comes from there itself.
    ///
    /// A request that was passed on by a proxy nobody named seems to come from the proxy's machine, often from this
    /// one: its address counts for nothing.
    ///
    /// - Throws: `AuthenticationError` where a token is wanted, `PermissionDenied` where there is none that could be
    /// had.
    func check(_ headers: HTTPFields, at address: ClientAddress, isPassedOn: Bool) throws {
        if !isPassedOn, address.isIn(networks) { return }
        guard let token else { throw PermissionDenied(code: "address_denied", "This address may not do this.") }
        guard let sent = try AccessCheck.token(headers) else { throw AuthenticationError.notAuthenticated }
        guard Digest.equal(Digest.sha256(sent.utf8), token) else { throw AuthenticationError.tokenNotValid }
    }
}
