import Metrics
import Primitives
import Synchronization

/// A swift-metrics factory that keeps everything in memory and prints it for Prometheus.
///
/// Counters get `_total`, timers are histograms in seconds with `_seconds`, recorders with aggregation are histograms,
/// all others are gauges. Labels keep letters, digits and `_`; the rest becomes `_`.
public final class PrometheusRegistry: MetricsFactory {
    private struct Key: Hashable {
        let name: String
        let labels: [String]
    }

    private struct Entry {
        let instrument: Instrument
        let labels: [(String, String)]
    }

    private let entries = Mutex<[Key: Entry]>([:])

    /// Creates a registry without instruments.
    public init() {}

    /// Returns everything recorded so far in Prometheus' text format.
    public func exposition() -> String { rendered().text }

    func rendered() -> PrometheusText {
        let entries = entries.withLock { $0 }
        var families: [String: [(labels: [(String, String)], key: Key, instrument: Instrument)]] = [:]
        for (key, entry) in entries { families[key.name, default: []].append((entry.labels, key, entry.instrument)) }
        var text = PrometheusText()
        for (name, members) in families.sorted(by: { $0.key < $1.key }) {
            guard let first = members.first else { continue }
            text.family(name, first.instrument.kind.rawValue)
            for member in members.sorted(by: { $0.key.labels.lexicographicallyPrecedes($1.key.labels) }) {
                member.instrument.render(name, member.labels, into: &text)
            }
        }
        return text
    }

    /// Returns the counter of a name and labels, made on first use.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        instrument(label, "_total", dimensions, .counter)
    }

    /// Returns the counter of a name and labels, made on first use.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        instrument(label, "_total", dimensions, .counter)
    }

    /// Returns the gauge of a name and labels, made on first use.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        instrument(label, "", dimensions, .gauge)
    }

    /// Returns the histogram of a name and labels, or the gauge where nothing is aggregated, made on first use.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        instrument(label, "", dimensions, aggregate ? .histogram : .gauge)
    }

    /// Returns the histogram in seconds of a name and labels, made on first use.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        instrument(label, "_seconds", dimensions, .histogram)
    }

    /// Forgets a counter, so that it is not printed any more.
    public func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    /// Forgets a counter, so that it is not printed any more.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    /// Forgets a gauge, so that it is not printed any more.
    public func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    /// Forgets a histogram or gauge, so that it is not printed any more.
    public func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    /// Forgets a histogram, so that it is not printed any more.
    public func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

    /// Returns the instrument of a name and labels: made once, shared by all who ask; one of another kind stands alone,
    /// unseen.
    private func instrument(
        _ label: String, _ suffix: String, _ dimensions: [(String, String)], _ kind: Instrument.Kind
    ) -> Instrument {
        let base = PrometheusText.name(label)
        let key = Key(
            name: base.ends(with: suffix) ? base : base + suffix,
            labels: dimensions.map { "\($0.0)=\($0.1)" })
        return entries.withLock { entries in
            if let known = entries[key]?.instrument { return known.kind == kind ? known : Instrument(kind) }
            let fresh = Instrument(kind)
            entries[key] = Entry(instrument: fresh, labels: dimensions)
            return fresh
        }
    }

    private func forget(_ handler: AnyObject) {
        entries.withLock { entries in entries = entries.filter { $0.value.instrument !== handler } }
    }
}
