/// Asks again until `condition` holds, a minute at most unless said.
///
/// - Throws: whatever `condition` throws, or that the time has passed.
public func poll(
    _ what: String, atMost limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw WaitedInVain(description: "waited in vain for \(what)") }
        try await Task.sleep(for: .milliseconds(2))
    }
}

/// A condition that did not come to hold.
struct WaitedInVain: Error, CustomStringConvertible {
    let description: String
}
