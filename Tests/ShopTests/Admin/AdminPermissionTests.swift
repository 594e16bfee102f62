import AdminPages
import AppHarness
import HTTPTypes
import Primitives
import TestSupport
import Testing
import Web

/// Every address of the admin by everybody who may come there.
@Suite(.timeLimit(.minutes(10)))
struct AdminPermissionTests {
    @Test(arguments: Backend.available)
    func `every address of a screen lets in whom its endpoints let in, and nobody else`(
        _ backend: Backend
    ) async throws {
        try await withAdminWorld(backend) { world in
            var tokens: [AdminWorld.Party: String] = [:]
            for party in AdminWorld.Party.allCases where party.isStaff {
                tokens[party] = try await world[party].token()
            }
            for screen in world.screens {
                let key = try await world.key(of: screen)
                for address in world.calls.addresses(of: screen, key: key) {
                    try await world.grant(address.needed)
                    for party in AdminWorld.Party.allCases {
                        let token = [(name: "csrf", value: tokens[party] ?? "none")]
                        let answer = try await world.ask(address, by: party, token + address.fields)
                        Self.expect(answer, to: address, by: party, isLetIn: world.may(party, address.needed))
                    }
                }
            }
        }
    }

    @Test func `every screen has a row in the world of these tests`() async throws {
        try await withAdminWorld(.sqlite) { world in
            // Imports of categories and of stock are declared as those of products are.
            for screen in world.screens where !["category-imports", "stock-imports"].contains(screen.name) {
                let row = try await world.row(of: screen)
                #expect(row != nil, "\(screen.name) has no row: what is about one of its rows is not tested")
            }
        }
    }

    private static func expect(
        _ answer: AdminBrowser.Answer, to address: AdminCalls.Address, by party: AdminWorld.Party, isLetIn: Bool
    ) {
        let what = "\(address) by \(party): \(answer.status) \(answer.page.texts.suffix(6))"
        if party == .anonymous {
            #expect(answer.asksToSignIn, "\(what)")
        } else if isLetIn {
            #expect(!answer.isRefused && answer.status < 500 && !answer.asksToSignIn, "\(what)")
        } else {
            #expect(answer.status == 403 && answer.isRefused, "\(what)")
        }
    }

    @Test func `what a reader may not do is not offered, and what is offered they may do`() async throws {
        try await withAdminWorld(.sqlite) { world in
            for screen in world.screens {
                let item = screen.item.flatMap { world.calls.access("GET", $0) }
                for needed in [[world.calls.reading(screen)], [world.calls.reading(screen), item ?? .admin]] {
                    try await world.grant(needed)
                    for party in [AdminWorld.Party.exact, .admin] where world.may(party, needed) {
                        try await expectOffers(of: screen, to: party, needed, world)
                    }
                }
            }
        }
    }

    /// Follows what the list and the page of a row offer to a reader who was given `granted`.
    private func expectOffers(
        of screen: AdminScreen, to party: AdminWorld.Party, _ granted: [Access], _ world: AdminWorld
    ) async throws {
        var pages = ["/admin/\(screen.name)/"]
        if let key = try await world.key(of: screen), screen.item != nil {
            pages.append("/admin/\(screen.name)/\(PercentEncoding.encode(key))/")
        }
        for path in pages {
            let answer = try await world[party].get(path)
            guard answer.status == 200 else { continue }
            for offer in Self.offers(of: answer.page) {
                guard let needed = world.calls.needed(for: offer) else { continue }
                #expect(Self.may(party, needed, granted), "\(path) offers \(offer) to \(party) with \(granted)")
            }
            let saves = answer.page.forms.contains { $0.action == path && $0.method == "post" && !$0.buttons.isEmpty }
            if saves, let item = screen.item {
                let access = world.calls.access(screen.form?.update ?? AdminCall(.patch, item)) ?? .admin
                #expect(Self.may(party, [access], granted), "\(path) offers \(party) to save")
            }
            for form in answer.page.forms where form.action.hasSuffix("/bulk/") {
                let bulk = form.controls.first { $0.name == "action" }?.options ?? []
                for name in bulk {
                    let call =
                        screen.actions.first { $0.name == name }?.call
                        ?? screen.bulkFiles.first { $0.name == name }.map { AdminCall(.get, $0.path) }
                    let access = call.flatMap { world.calls.access($0) }
                    #expect(Self.may(party, [access ?? .admin], granted), "\(path) offers \(name) to \(party)")
                }
            }
        }
    }

    private static func may(_ party: AdminWorld.Party, _ needed: [Access], _ granted: [Access]) -> Bool {
        let names = granted.compactMap(\.permission)
        return party == .admin
            || needed.allSatisfy { access in
                access != .admin && (access.permission.map { names.contains($0) } ?? true)
            }
    }

    /// The addresses that a page leads to, by links and by forms that can be sent.
    private static func offers(of page: MarkupPage) -> Set<String> {
        var offers = Set(page.links)
        for form in page.forms where !form.action.isEmpty && !form.buttons.isEmpty { offers.insert(form.action) }
        return offers.filter { $0.hasPrefix("/admin/") }
    }

    @Test func `an administrator is offered all that a screen declares`() async throws {
        try await withAdminWorld(.sqlite) { world in
            for screen in world.screens {
                let base = "/admin/\(screen.name)/"
                let page = try await world[.admin].get(base).page
                let offers = Self.offers(of: page)
                let addresses = world.calls.addresses(of: screen, key: nil)
                for address in addresses where address.method == "GET" && address.path != base {
                    let isOffered = offers.contains { offer in offer.prefix { $0 != "?" } == address.path }
                    #expect(isOffered, "\(base) does not lead to \(address.path)")
                }
                let bulk = page.forms.first { $0.action == base + "bulk/" }?.controls.first { $0.name == "action" }
                let declared =
                    screen.bulkFiles.map(\.name)
                    + screen.actions.filter { $0.isBulk && world.calls.access($0.call) != nil }.map(\.name)
                if bulk != nil || !declared.isEmpty, page.rowCount != 0 {
                    #expect(bulk?.options == declared, "\(base)")
                }
                if screen.isInMenu { #expect(page.links.contains(base), "the menu does not lead to \(screen.name)") }
            }
        }
    }

    @Test func `no page of the admin shows anything to whoever does not work for the shop`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let open = [
                "/admin/sign-in/", "/admin/sign-in/code/", "/admin/welcome/", "/admin/assets/{file}", "/admin/forgot/",
                "/admin/reset/",
            ]
            for endpoint in world.stand.adminEndpoints where !open.contains(endpoint.template) {
                let path = endpoint.template.replacing(/\{[^}]*\}/, with: "orders")
                for party in [AdminWorld.Party.anonymous, .customer, .vendor] {
                    let address = AdminCalls.Address(method: endpoint.method.rawValue, path: path, needed: [])
                    let answer = try await world.ask(address, by: party, [])
                    let isShut = party == .anonymous ? answer.asksToSignIn : answer.status == 403
                    #expect(isShut, "\(address) by \(party): \(answer.status)")
                    #expect(!answer.text.contains("@example.com"), "\(address) by \(party) names somebody")
                }
            }
        }
    }

    @Test func `staff without a permission have the start, a search and what is their own, and no more`() async throws {
        try await withAdminWorld(.sqlite) { world in
            for path in ["/admin/", "/admin/search/?q=1", "/admin/sessions/", "/admin/account/"] {
                let answer = try await world[.clerk].get(path)
                #expect(answer.status == 200, "\(path): \(answer.status)")
                for offer in Self.offers(of: answer.page) {
                    let needed = world.calls.needed(for: offer) ?? []
                    #expect(world.may(.clerk, needed), "\(path) offers \(offer)")
                }
            }
        }
    }
}

extension AdminWorld {
    /// Has a party ask for an address, or send its form.
    func ask(
        _ address: AdminCalls.Address, by party: Party, _ fields: [(name: String, value: String)]
    ) async throws -> AdminBrowser.Answer {
        let browser = self[party]
        return address.method == "GET"
            ? try await browser.get(address.path) : try await browser.post(address.path, fields)
    }
}

extension AdminBrowser.Answer {
    /// Whether it says that its reader may not: the whole page, or an endpoint within a form. One that asks for a fresh factor does
    /// not say so.
    var isRefused: Bool {
        let words = ["You may not do this.", "You do not have permission to perform this action."]
        return status == 403 && page.texts.contains { text in words.contains { text.contains($0) } }
    }
}
