import AdminPages
import AppHarness
import Primitives
import TestSupport
import Testing
import Web

/// A walk of everybody over addresses of the admin: who is let in, and which routes were reached.
struct AdminWalk {
    private let world: AdminWorld
    /// The token of each party's forms.
    private let tokens: [AdminWorld.Party: String]
    /// The routes that were reached, and those that gave the administrator something.
    private var (reached, answered): (Set<String>, Set<String>) = ([], [])

    init(_ world: AdminWorld) async throws {
        self.world = world
        var tokens: [AdminWorld.Party: String] = [:]
        for party in AdminWorld.Party.allCases where party.isStaff { tokens[party] = try await world[party].token() }
        self.tokens = tokens
    }

    /// Has everybody ask for each address, those who may not before those who may.
    mutating func take(_ addresses: [AdminCalls.Address]) async throws {
        for address in addresses {
            try await world.grant(address.needed)
            try await expectRefusals(of: address)
            let exact = try await Self.expect(address, by: .exact, world, tokens[.exact])
            let admin = try await Self.expect(address, by: .admin, world, tokens[.admin])
            if address.method == "GET", address.path.contains("/files/") {
                #expect(exact.status == admin.status, "\(address): \(exact.status), and \(admin.status) for the admin")
            }
            guard let route = world.stand.adminRoute(address.method, address.path) else { continue }
            reached.insert(route)
            if [200, 303].contains(admin.status) { answered.insert(route) }
        }
    }

    /// Those who may not change nothing, so that they may come at once.
    private func expectRefusals(of address: AdminCalls.Address) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for party in [AdminWorld.Party.anonymous, .customer, .vendor, .clerk, .lacking] {
                group.addTask { [world, tokens] in
                    _ = try await Self.expect(address, by: party, world, tokens[party])
                }
            }
            try await group.waitForAll()
        }
    }

    private static func expect(
        _ address: AdminCalls.Address, by party: AdminWorld.Party, _ world: AdminWorld, _ token: String?
    ) async throws -> AdminBrowser.Answer {
        let answer = try await world.ask(address, by: party, [(name: "csrf", value: token ?? "none")] + address.fields)
        let isRight =
            if party == .anonymous {
                answer.asksToSignIn
            } else if world.may(party, address.needed) {
                !answer.isRefused && answer.status < 500 && !answer.asksToSignIn
            } else {
                answer.status == 403 && answer.isRefused
            }
        if !isRight {
            Issue.record("\(address) by \(party): \(answer.status) \(answer.page.texts.suffix(6))")
        }
        return answer
    }

    /// Expects every route to have been reached, and each that shows something of a screen or a report to have shown it.
    func expectWhole() {
        let routes = world.stand.adminRoutes
        #expect(routes.subtracting(reached).isEmpty, "no walk goes to \(routes.subtracting(reached).sorted())")
        let shown = routes.filter { $0.hasPrefix("GET ") && $0.contains("{") }
        #expect(shown.subtracting(answered).isEmpty, "nothing came from \(shown.subtracting(answered).sorted())")
    }
}

extension AdminWorld {
    /// Returns every address of a screen: of its list, of a row, of what is within rows.
    func addresses(of screen: AdminScreen) async throws -> [AdminCalls.Address] {
        let (key, spots) = (try await key(of: screen), try await spots(of: screen))
        return calls.addresses(of: screen, spots).filter { $0.path.contains("/files/") }
            + (try await sectionForms(of: screen, spots))
            + calls.addresses(of: screen, spots).filter { !$0.path.contains("/files/") }
            + calls.addresses(of: screen, key: key)
    }

    /// Has a party ask for an address, or send its form.
    func ask(
        _ address: AdminCalls.Address, by party: Party, _ fields: [(name: String, value: String)]
    ) async throws -> AdminBrowser.Answer {
        let browser = self[party]
        if address.method == "GET" { return try await browser.get(address.path) }
        guard address.hasFile else { return try await browser.post(address.path, fields) }
        return try await browser.upload(to: address.path, fields, as: "file", [Self.picture])
    }

    private static let picture = UploadedFile(fileName: "a.png", bytes: CommerceTable.picture)
}

extension AdminBrowser.Answer {
    /// Whether it says that its reader may not: the whole page, or an endpoint within a form. One that asks for a fresh factor does
    /// not say so.
    var isRefused: Bool {
        let words = ["You may not do this.", "You do not have permission to perform this action."]
        return status == 403 && page.texts.contains { text in words.contains { text.contains($0) } }
    }
}
