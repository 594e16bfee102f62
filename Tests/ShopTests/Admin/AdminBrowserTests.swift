import Foundation
import TestSupport
import Testing

/// The admin in a real browser, by `scripts/browser-tests`: what its scripts find is told here. Pages are looked at in two of four
/// looks by turns, light and dark, wide and narrow; with `KONTOR_ADMIN_LOOKS=all` in each of them.
@Suite(.serialized) struct AdminBrowserTests {
    @Test(.timeLimit(.minutes(10)))
    func `a shop is run through its pages, from the first run to a dead job that is tried again`() async throws {
        try await expectNoFaults("story")
    }

    @Test(.timeLimit(.minutes(10)))
    func `goods are dropped, dragged, counted and moved by hand and by keys`() async throws {
        try await expectNoFaults("goods")
    }

    @Test(.timeLimit(.minutes(10)))
    func `a shop on its first day says what to do, and what it says leads there`() async throws {
        try await expectNoFaults("fresh")
    }

    @Test(.timeLimit(.minutes(10)))
    func `from an empty folder to the first order that is paid and sent it is not far`() async throws {
        try await expectNoFaults("first-order")
    }

    @Test(.timeLimit(.minutes(60)))
    func `every page is sound for everybody, wide and narrow, light and dark, with scripts and without`() async throws {
        try await expectNoFaults("walk")
    }

    @Test(.timeLimit(.minutes(10)))
    func `the page of the API's document is read, searched and used to call the shop`() async throws {
        try await expectNoFaults("document")
    }

    private func expectNoFaults(_ part: String) async throws {
        let environment = ProcessInfo.processInfo.environment
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let process = try ChildProcess(
            [
                environment["KONTOR_TEST_PYTHON"] ?? "python3", "-B",
                root.appending(path: "scripts/browser-tests").path,
                "--only", part, "--binary", ShopProcess.program().path,
            ] + (environment["KONTOR_ADMIN_LOOKS"] == "all" ? [] : ["--quick"]))
        let (said, code) = try await ChildProcess.waiting {
            (String(decoding: process.rest(), as: UTF8.self), process.wait())
        }
        let lines = said.split(whereSeparator: \.isNewline)
        let faults = lines.filter { $0.hasPrefix("fault: ") }
        for fault in faults { Issue.record("\(fault)") }
        #expect(code == 0 || !faults.isEmpty, "\(part) ended with \(code): \(said.suffix(2_000))")
    }
}
