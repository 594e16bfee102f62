import AdminPages
import Commerce
import HTTPTypes
import Primitives
import Web

/// The admin: pages for the people who run the shop, made of the endpoints of its API.
///
/// It holds no rule of the shop and no statement: what a page shows is what endpoints answer to its reader, and what a form
/// does is one call of an endpoint, through the one runner. Pages work without JavaScript.
public struct AdminSite: Sendable {
    let shop: AdminShop
    let door: AdminDoor
    let api: LocalAPI
    let screens: [AdminScreen]
    let reports: [AdminReport]
    let byName: [String: AdminScreen]
    /// What calls of the endpoints are called.
    let deeds: Deeds
    /// What members of rows are called.
    let members: MemberColumns
    /// What they are called on each screen, by its name.
    let membersOf: [String: MemberColumns]
    let seals: AdminSeals
    let templates: AdminTemplates
    let time: TimeSource
    let random: RandomSource

    /// Creates the admin of a shop over its endpoints.
    ///
    /// - Throws: `AdminTemplateError` where a template of the program's own does not parse.
    public init(
        _ shop: AdminShop, screens: [AdminScreen], reports: [AdminReport] = [], door: AdminDoor, api: LocalAPI,
        secret: SecretKey, time: TimeSource, random: RandomSource
    ) throws {
        self.shop = shop
        self.door = door
        self.api = api
        self.screens = screens
        self.reports = reports
        byName = Dictionary(screens.map { ($0.name, $0) }) { first, _ in first }
        deeds = Deeds(screens)
        members = MemberColumns(screens)
        membersOf = byName.mapValues { MemberColumns([$0]) }
        seals = AdminSeals(secret)
        templates = try AdminTemplates()
        self.time = time
        self.random = random
    }

    /// The pages. The document of the API leaves them out.
    public var group: EndpointGroup {
        var group = EndpointGroup(
            "Admin", "Pages for the people who run the shop.", start + session + settings + lists + rows)
        group.arePages = true
        return group
    }

    /// Returns a page whose reader has signed in.
    func page(
        _ template: String, _ summary: String, file: StaticString = #fileID,
        _ show: @escaping @Sendable (Visit) async throws -> AdminPage
    ) -> Endpoint {
        Endpoint(.get, template, summary, access: .anyone, file: file) { (call: APIRequest, _: NoInput) in
            await answer(call) { try await show(try await visit(call)) }
        }
    }

    /// Returns what a form of a page does; a form without the page's token does nothing. One whose session has ended `isKept` until
    /// its reader has signed in again, and shown to them then as they typed it.
    func form(
        _ template: String, _ summary: String, isKept: Bool = true, isForStaff: Bool = true,
        file: StaticString = #fileID,
        _ act: @escaping @Sendable (Visit, SubmittedForm) async throws -> AdminPage
    ) -> Endpoint {
        Endpoint(.post, template, summary, access: .anyone, file: file) { (call: APIRequest, _: NoInput) in
            await answer(call) {
                if isKept { return try await take(call, act) }
                let visit = isForStaff ? try await visit(call) : try await guest(call)
                let form = try SubmittedForm(of: call)
                try visit.check(form)
                return try await act(visit, form)
            }
        }.form(limit: AdminSite.formBytes) { await isSignedIn($0) }
    }

    /// Does what a form asks for, or shows again one of a session that has ended.
    private func take(
        _ call: APIRequest, _ act: @Sendable (Visit, SubmittedForm) async throws -> AdminPage
    ) async throws -> AdminPage {
        let visit: Visit
        do {
            visit = try await self.visit(call)
        } catch AdminRefusal.signIn {
            return try SignInPages(site: self).resume(call)
        }
        let sent = try SubmittedForm(of: call)
        guard let former = try visit.former(sent) else {
            try visit.check(sent)
            return try await act(visit, sent)
        }
        var page = try await act(visit.returning, former)
        if page.status == .unauthorized { page.status = .ok }
        return page
    }

    /// Returns whether a request comes from somebody who has signed in: of anybody else no long form is read.
    private func isSignedIn(_ headers: HTTPFields) async -> Bool {
        guard let cookie = AdminCookie.session.value(in: headers) else { return false }
        return (try? await door.identity(cookie)) != nil
    }

    /// The most bytes of a form: several pictures at once.
    static let formBytes = 64 << 20
}
