/// Observed seconds in buckets, as Prometheus counts them.
struct Histogram: Sendable {
    /// Upper bounds in seconds; one more bucket is without a bound.
    static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// Not cumulative: each value is in one of them.
    private(set) var buckets = [Int](repeating: 0, count: Histogram.bounds.count + 1)
    private(set) var sum = 0.0
    var count: Int { buckets.reduce(0, +) }

    mutating func add(_ value: Double) {
        var index = 0
        while index < Self.bounds.count, value > Self.bounds[index] { index += 1 }
        buckets[index] += 1
        sum += value
    }
}
