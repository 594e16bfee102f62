import Foundation
import Modules
import Primitives
import TestSupport
import Testing

@testable import KontorApp

/// The composition root names every room.
@Suite struct RoomsTests {
    /// The folder of the sources, found from this file.
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    @Test func `every module of a room is in the root`() throws {
        let root = try String(contentsOf: Self.sources.appending(path: "KontorApp/Rooms.swift"), encoding: .utf8)
        var count = 0
        for room in try FileManager.default.contentsOfDirectory(atPath: Self.sources.path) {
            let file = Self.sources.appending(path: "\(room)/\(room)Module.swift")
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            #expect(root.contains("\(room)Module"), "\(room)")
            count += 1
        }
        #expect(count >= 14)
    }

    @Test func `what rooms read of the settings is checked at the start`() async throws {
        try await withShop(.sqlite) { stand in
            let read = stand.shop.modules.modules.flatMap(\.settings).map { ObjectIdentifier($0) }
            let checked = Rooms.settings.map { ObjectIdentifier($0) }
            #expect(Set(read).isSubset(of: checked) && Set(checked).count == checked.count)
        }
    }
}
