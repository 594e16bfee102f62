import Primitives
import Web

/// Who reads the shop's figures.
public struct MetricsSettings: Sendable {
    /// What a request for `/metrics` bears where its address does not do (`METRICS_TOKEN`); nil for none.
    public var token: String?
    /// Addresses and networks from which it needs none (`METRICS_ALLOW`).
    public var addresses: [String]

    init(_ source: SettingsSource) {
        token = source.text("METRICS_TOKEN")
        addresses = source.list("METRICS_ALLOW", or: WebSettings.loopback)
    }
}

extension ConnectionSettings {
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    init(_ source: SettingsSource) throws {
        self.init()
        limit = try source.number("MAX_CONNECTIONS", or: limit, in: 16...1_000_000)
        bodyMemory = try source.number("MAX_BODIES_BYTES", or: bodyMemory, in: 1_024...1 << 40)
        writeTimeout = .seconds(Int64(try source.number("WRITE_TIMEOUT_SECONDS", or: 30, in: 1...3_600)))
        shutdownTimeout = .seconds(Int64(try source.number("SHUTDOWN_SECONDS", or: 20, in: 1...3_600)))
    }

    /// These settings with no more connections than `descriptors` serve beside the database, the pictures and the jobs.
    func within(descriptors: Int) -> ConnectionSettings {
        var settings = self
        settings.limit = min(limit, max(descriptors - Self.otherDescriptors, 16))
        return settings
    }

    /// Descriptors that are not connections'.
    private static let otherDescriptors = 256
}
