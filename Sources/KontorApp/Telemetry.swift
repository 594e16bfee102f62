import Metrics
import Web

/// The process's metrics, which `/metrics` prints.
public enum Telemetry {
    static let registry = PrometheusRegistry()

    /// Sends every library's metrics to the registry; called once, at the start of the program.
    public static func bootstrap() {
        MetricsSystem.bootstrap(registry)
    }
}
