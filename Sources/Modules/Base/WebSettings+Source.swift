import Primitives
import Web

extension WebSettings: ModuleSettings {
    /// Reads the settings of the HTTP side; what is unset keeps its default.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        self.init(currency: shop.currency)
        timeZone = shop.timeZone
        title = shop.name
        maxUploadBytes = shop.uploadBytes
        limitsAddresses = shop.limitsAddresses
        publicURL = try source.webAddress("PUBLIC_URL")
        allowedHosts = source.list("ALLOWED_HOSTS", or: ["*"])
        corsOrigins = [shop.frontendURL] + source.list("CORS_ALLOWED_ORIGINS")
        trustedProxies = source.list("TRUSTED_PROXIES")
        allowedAddresses = source.list("IP_ALLOW")
        deniedAddresses = source.list("IP_DENY")
        staffAddresses = source.list("STAFF_IP_ALLOW")
        debug = try source.flag("DEBUG", or: false)
        maxBodyBytes = try source.number("MAX_BODY_BYTES", or: 1 << 20, in: 1_024...1 << 30)
        connections = try ConnectionSettings(source)
        metricsToken = source.text("METRICS_TOKEN")
        metricsAddresses = source.list("METRICS_ALLOW", or: Self.loopback)
        bareRoute = source.text("KONTOR_BARE_ROUTE")
    }

    /// Settings that are unsafe on the open network: debug mode, any host, no https, any origin, open metrics.
    public var findings: [CheckFinding] {
        var findings: [CheckFinding] = []
        if debug {
            findings.append(
                CheckFinding("DEBUG", "is on: answers tell more than strangers should know", isError: true))
        }
        if allowedHosts.contains("*") {
            findings.append(
                CheckFinding("ALLOWED_HOSTS", "is *: name the hosts that the shop is reached under"))
        }
        if publicURL.map({ $0.begins(with: "http://") }) ?? true {
            findings.append(
                CheckFinding(
                    "PUBLIC_URL", "is unset or not https: links, cookies and tokens should travel encrypted"))
        }
        if corsOrigins.contains("*") {
            findings.append(CheckFinding("CORS_ALLOWED_ORIGINS", "is *: any page may call the API"))
        }
        return findings + metricsFindings
    }

    private var metricsFindings: [CheckFinding] {
        var findings: [CheckFinding] = []
        if let metricsToken, metricsToken.utf8.count < 32 {
            findings.append(CheckFinding("METRICS_TOKEN", "is shorter than 32 characters", isError: true))
        }
        if metricsAddresses.contains(where: { $0.ends(with: "/0") }) {
            findings.append(
                CheckFinding("METRICS_ALLOW", "lets everyone read how many orders and failed logins there are"))
        }
        if metricsToken == nil, metricsAddresses == Self.loopback {
            findings.append(CheckFinding("METRICS_TOKEN", "is unset: only this machine reads /metrics"))
        }
        return findings
    }
}

extension ConnectionSettings {
    /// Reads the limits on connections; what is unset keeps its default.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    init(_ source: any SettingsSource) throws {
        self.init()
        limit = try source.number("MAX_CONNECTIONS", or: limit, in: 16...1_000_000)
        bodyMemory = try source.number("MAX_BODIES_BYTES", or: bodyMemory, in: 1_024...1 << 40)
        writeTimeout = .seconds(Int64(try source.number("WRITE_TIMEOUT_SECONDS", or: 30, in: 1...3_600)))
        shutdownTimeout = .seconds(Int64(try source.number("SHUTDOWN_SECONDS", or: 20, in: 1...3_600)))
    }
}
