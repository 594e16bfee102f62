import HTTPTypes
import SQL
import TestSupport
import Testing

@testable import Web

/// How the listener ends.
@Suite struct ShutdownTests {
    @Test func `what has begun is answered, then connections end and none is taken`() async throws {
        let gate = AsyncGate()
        let endpoints: @Sendable (any Database) -> [Endpoint] = { _ in
            [
                Endpoint(.get, "/api/slow/", "Waits.", access: .anyone) { (_, _: NoInput) in
                    await gate.wait()
                    return Detail("done")
                }
            ]
        }
        try await withServer(of: endpoints) { stand in
            async let begun = stand.probe.send("GET", "/api/slow/")
            await gate.waitForArrivals(1)
            await stand.stop()
            // The listener closes on its own time; what it refuses is not answered.
            var refusals = 0
            while refusals == 0 {
                do {
                    try await RawConnection.open(port: stand.port) { _ in }
                    await Task.yield()
                } catch {
                    refusals += 1
                }
            }
            gate.open()
            let answer = try await begun
            #expect(answer.status == 200)
            #expect(answer["detail"]?.text == "done")
        }
    }

    @Test func `an address that is taken is an error`() async throws {
        try await withServer(of: { _ in [] }) { stand in
            let second = WebServer(stand.server, host: "127.0.0.1", port: stand.port, logger: stand.server.logger)
            var failure: (any Error)?
            do { try await second.run() } catch { failure = error }
            #expect(failure != nil)
        }
    }
}
