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
    func `every address lets in whom its endpoints let in, and nobody else, and no route is left out`(
        _ backend: Backend
    ) async throws {
        try await withAdminWorld(backend) { world in
            var walk = try await AdminWalk(world)
            let pages = try await world.pages()
            for screen in world.screens {
                try await walk.take(try await world.addresses(of: screen))
            }
            try await walk.take(pages)
            walk.expectWhole()
        }
    }

    @Test func `every screen has a row in the world of these tests, and every section an element`() async throws {
        try await withAdminWorld(.sqlite) { world in
            // Imports of categories and of stock are declared as those of products are.
            for screen in world.screens where !["category-imports", "stock-imports"].contains(screen.name) {
                let key = try await world.key(of: screen)
                #expect(key != nil, "\(screen.name) has no row: what is about one of its rows is not tested")
                let spots = try await world.spots(of: screen)
                for part in AdminPart.all(of: screen) {
                    let isThere = spots[part.path].map { !$0.id.isEmpty } ?? false
                    #expect(isThere, "\(screen.name) has no element for \(part.path), which is not tested")
                }
            }
        }
    }

    @Test func `pages offer what their reader may do, all of it and nothing else`() async throws {
        try await withAdminWorld(.sqlite) { world in
            try await expectShut(world)
            try await expectOwn(world)
            try await expectAll(world)
            try await expectAllowed(world)
        }
    }

    /// Expects what a reader may not do not to be offered.
    private func expectAllowed(_ world: AdminWorld) async throws {
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

    /// Expects an administrator to be offered all that screens declare.
    private func expectAll(_ world: AdminWorld) async throws {
        for screen in world.screens {
            let base = "/admin/\(screen.name)/"
            let page = try await world[.admin].get(base).page
            let offers = Self.offers(of: page)
            for address in world.calls.addresses(of: screen, key: nil)
            where address.method == "GET" && address.path != base && address.path.hasPrefix(base) {
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

    /// Expects no page to show anything to whoever does not work for the shop.
    private func expectShut(_ world: AdminWorld) async throws {
        let open = AdminWorld.open.subtracting(["/admin/sign-out/"])
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

    /// Expects staff without a permission to have the start, a search and what is their own, and no more.
    private func expectOwn(_ world: AdminWorld) async throws {
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
