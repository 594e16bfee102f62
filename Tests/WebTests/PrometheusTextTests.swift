import Primitives
import TestSupport
import Testing

@testable import Web

/// What is measured, as Prometheus reads it.
@Suite struct PrometheusTextTests {
    /// A reader of the text format, after https://prometheus.io/docs/instrumenting/exposition_formats/.
    private static let reader = """
        import re

        NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
        LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_:]*)="((?:[^"\\\\\\n]|\\\\[\\\\"n])*)"(?:,|$)')

        def labels(text):
            found, at = {}, 0
            while at < len(text):
                match = LABEL.match(text, at)
                if not match: raise ValueError(text)
                found[match[1]] = re.sub(r"\\\\(.)", lambda m: {"n": "\\n"}.get(m[1], m[1]), match[2])
                at = match.end()
            return found

        def answer(case):
            samples = []
            for line in case.split("\\n")[:-1]:
                if line.startswith("#"): continue
                match = re.fullmatch(rf"({NAME})(?:\\{{(.*)\\}})? (\\S+)", line)
                samples.append({"name": match[1], "labels": labels(match[2] or ""), "value": repr(float(match[3]))})
            return samples
        """

    private struct Sample: Decodable, Sendable {
        let name: String
        let labels: [String: String]
        let value: String
    }

    @Test func `labels of any text are read as they were meant`() async throws {
        let random = RandomSource.seeded(131)
        let parts = ["a", "\\", "\"", "\n", "{", "}", ",", "=", "é", "日", " ", "\\n", "/api/{id}/"]
        let values = (0..<800).map { _ in
            (0..<random.number(below: 6)).map { _ in parts[random.number(below: parts.count)] }.joined()
        }
        var text = PrometheusText()
        text.family("kontor_things", "counter", "Things.")
        for (number, value) in values.enumerated() {
            text.sample("kontor_things", [("value", value), ("kind", "x")], Double(number))
        }
        let samples = try await TestPython.answers(Self.reader, to: [text.text], as: [Sample].self)[0]
        #expect(samples.map { $0.labels["value"] } == values)
        #expect(samples.map(\.value) == values.indices.map { "\($0).0" })
        #expect(samples.allSatisfy { $0.labels["kind"] == "x" && $0.name == "kontor_things" })
    }

    @Test(arguments: [
        ("status", "status"), ("http.method", "http_method"), ("1st", "_1st"), ("käse", "k_se"), ("a-b c", "a_b_c"),
    ])
    func `a label's name keeps to the characters that there are`(_ label: String, _ expected: String) {
        #expect(PrometheusText.name(label) == expected)
    }

    @Test(
        arguments: [
            (0, "0"), (1, "1"), (-3, "-3"), (0.25, "0.25"), (1e15, "1000000000000000.0"), (.infinity, "+Inf"),
            (-.infinity, "-Inf"),
            (.nan, "NaN"),
        ] as [(Double, String)])
    func `a number is written as Prometheus has it`(_ number: Double, _ expected: String) {
        var text = PrometheusText()
        text.sample("x", [], number)
        #expect(text.text == "x \(expected)\n")
    }

    @Test func `buckets add up, and each value is in the first that holds it`() async throws {
        var histogram = Histogram()
        let random = RandomSource.seeded(132)
        let seconds =
            Histogram.bounds + [0, 11, 1_000] + (0..<500).map { _ in Double(random.number(below: 20_000)) / 1_000 }
        for second in seconds { histogram.add(second) }
        var text = PrometheusText()
        text.histogram("latency", [("route", "/")], histogram)
        let samples = try await TestPython.answers(Self.reader, to: [text.text], as: [Sample].self)[0]
        let buckets = samples.filter { $0.name == "latency_bucket" }
        #expect(buckets.count == Histogram.bounds.count + 1 && buckets.last?.labels["le"] == "+Inf")
        for (bucket, bound) in zip(buckets, Histogram.bounds) {
            #expect(bucket.labels["le"].flatMap(Double.init) == bound)
            #expect(Double(bucket.value) == Double(seconds.count { $0 <= bound }))
        }
        #expect(samples.first { $0.name == "latency_count" }.flatMap { Double($0.value) } == Double(seconds.count))
        let sum = samples.first { $0.name == "latency_sum" }.flatMap { Double($0.value) } ?? 0
        #expect(abs(sum - seconds.reduce(0, +)) < 1e-6)
    }
}
