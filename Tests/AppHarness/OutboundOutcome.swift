/// Returns the kind of the `OutboundError` that a test expects, apart from its words.
package func outcome<Value>(_ body: () async throws -> Value) async -> (any Error)? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
