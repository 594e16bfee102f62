import Commerce
import Logging
import Primitives

/// The settings of the HTTP side.
public struct WebSettings: Sendable {
    /// The shop's currency, in which amounts of requests are read.
    public var currency: Currency
    /// The shop's time zone, in which requests' dates are days and times without a zone are read.
    public var timeZone = TimeZoneRules.utc
    /// The scheme and host of links to this shop; nil takes them from each request.
    public var publicURL: String?
    /// Names that a request's `Host` may have: a name, `.name` with its subdomains, or `*`.
    public var allowedHosts: [String] = ["*"]
    /// Origins whose scripts may call the API, or `*`.
    public var corsOrigins: [String] = []
    /// Addresses (`10.0.0.1`) or networks (`10.0.0.0/8`, `fd00::/8`) whose `X-Forwarded-…` headers are believed.
    public var trustedProxies: [String] = []
    /// Addresses and networks that alone may call; empty for all.
    public var allowedAddresses: [String] = []
    /// Addresses and networks that may not call.
    public var deniedAddresses: [String] = []
    /// Addresses and networks from which alone staff and administrators may act; empty for all.
    public var staffAddresses: [String] = []
    /// Whether this is a developer's shop: local host names are always allowed, and answers count their SQL statements.
    public var debug = false
    /// The most bytes that a request's body may have.
    public var maxBodyBytes = 1 << 20
    /// The most bytes that a multipart body may have where the endpoint names no limit.
    public var maxUploadBytes = 10 << 20
    /// The time a client may take to send a request's body.
    public var bodyTimeout = TimeSpan.seconds(30)
    /// The limits on connections and bodies.
    public var connections = ConnectionSettings()
    /// The bearer token for `/metrics`, for addresses outside `metricsAddresses`; nil for none.
    public var metricsToken: String?
    /// Addresses and networks from which `/metrics` is read without a token: this machine by default.
    public var metricsAddresses = WebSettings.loopback
    /// Whether limits by address hold; limits by user always do.
    public var limitsAddresses = true
    /// The most bytes that cached answers take in memory.
    public var cacheBytes = 32 << 20
    /// The level of the line that each request logs.
    public var accessLogLevel = Logger.Level.info
    /// A path that is answered before everything else, for measuring what the server alone can do; nil for none.
    public var bareRoute: String?
    /// The name that the document of the API shows.
    public var title = "Kontor"
    /// The version that the document of the API shows.
    public var version = "1.0.0"

    /// The addresses of this machine that no other one has.
    public static let loopback = ["127.0.0.0/8", "::1"]

    /// Creates the defaults, with the shop's currency.
    public init(currency: Currency) {
        self.currency = currency
    }

    /// Returns the most bytes that the body of a request to an endpoint may have.
    func bodyLimit(of endpoint: Endpoint) -> Int {
        endpoint.bodyLimit ?? (endpoint.isForm ? maxUploadBytes : maxBodyBytes)
    }
}
