import Metrics
import Synchronization

/// One counter, gauge or histogram of the registry.
final class Instrument: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    private enum Value {
        case number(Double)
        case histogram(Histogram)
    }

    let kind: Kind
    private let value: Mutex<Value>

    init(_ kind: Kind) {
        self.kind = kind
        self.value = Mutex(kind == .histogram ? .histogram(Histogram()) : .number(0))
    }

    func render(_ name: String, _ labels: [(String, String)], into text: inout PrometheusText) {
        switch value.withLock({ $0 }) {
        case .number(let number): text.sample(name, labels, number)
        case .histogram(let histogram): text.histogram(name, labels, histogram)
        }
    }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        value.withLock { if case .number(let number) = $0 { $0 = .number(number + amount) } }
    }

    func decrement(by amount: Double) { increment(by: -amount) }

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ amount: Double) {
        value.withLock { if case .number = $0 { $0 = .number(amount) } }
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ amount: Double) {
        value.withLock { value in
            switch value {
            case .number: value = .number(amount)
            case .histogram(var histogram):
                // The old copy is let go first, so that adding does not copy its buckets.
                value = .number(0)
                histogram.add(amount)
                value = .histogram(histogram)
            }
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func reset() {
        value.withLock { $0 = kind == .histogram ? .histogram(Histogram()) : .number(0) }
    }
}
