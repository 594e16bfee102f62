import AppHarness
import Commerce
import Foundation
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Vendors

/// Many who do things to vendors at the same moment.
@Suite(.timeLimit(.minutes(10)))
struct VendorRaceTests {
    /// `KONTOR_RACE_ROUNDS`; scripts/races asks for many.
    private static let rounds = ProcessInfo.processInfo.environment["KONTOR_RACE_ROUNDS"].flatMap { Int($0) } ?? 20

    /// Runs `body` for all numbers at once.
    private static func together(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Int
    ) async throws -> [Int] {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<count { group.addTask { try await body(number) } }
            return try await group.reduce(into: []) { $0.append($1) }.sorted()
        }
    }

    @Test(arguments: Backend.available)
    func `who applies twice at once has one vendor`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            for round in 1...min(Self.rounds, 38) {
                let statuses = try await Self.together(4) { _ in
                    try await shop.call(
                        .post, "/api/vendors/register/", #"{"business_name": "Twin", "business_type": "company"}"#,
                        by: VendorHarness.identity(Int64(round + 1))
                    ).status
                }
                #expect(statuses == [201, 400, 400, 400], "round \(round)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `of decisions that are made at once each follows on the one before`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            for round in 1...Self.rounds {
                let made = try await shop.call(
                    .post, "/api/admin/vendors/", #"{"name": "A", "status": "pending"}"#, by: VendorHarness.staff)
                let path = "/api/admin/vendors/\(made.id)/"
                let verbs = ["approve", "reject", "suspend", "approve"]
                let statuses = try await Self.together(4) {
                    try await shop.call(.put, path + verbs[$0] + "/", #"{"reason": "x"}"#, by: VendorHarness.staff)
                        .status
                }
                let end = try await shop.call(.get, path, by: VendorHarness.staff)
                let version = Int(end["version"]?.integer ?? 0)
                #expect(version == 1 + statuses.count { $0 == 200 }, "round \(round): \(statuses) \(end.json)")
                #expect(["approved", "rejected", "suspended"].contains(end.text("status") ?? ""))
            }
        }
    }

    @Test(arguments: Backend.available)
    func `of reviews that are written at once none is lost from the sums`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            let statuses = try await Self.together(32) {
                // Each of sixteen customers twice.
                try await shop.review(1 + $0 % 5, of: id, by: Int64(3 + $0 % 16)).status
            }
            #expect(statuses.count { $0 == 201 } == 16 && statuses.count { $0 == 400 } == 16, "\(statuses)")
            #expect(try await shop.miscounted().isEmpty)
        }
    }
}
