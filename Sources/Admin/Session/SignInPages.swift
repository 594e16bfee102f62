import AdminPages
import Commerce
import HTTPTypes
import Primitives
import Web

/// Signing in: by e-mail and password, then by a code where the account has two factors on.
struct SignInPages: Sendable {
    let site: AdminSite

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/admin/sign-in/", "Asks for e-mail and password.", access: .anyone) {
                (call: APIRequest, _: NoInput) in await site.answer(call) { try await ask(call) }
            },
            Endpoint(.post, "/admin/sign-in/", "Signs in.", access: .anyone) {
                (call: APIRequest, _: NoInput) in await site.answer(call) { try await signIn(call) }
            },
            Endpoint(.post, "/admin/sign-in/code/", "Takes the code of the second factor.", access: .anyone) {
                (call: APIRequest, _: NoInput) in await site.answer(call) { try await takeCode(call) }
            },
        ]
    }

    private func ask(_ call: APIRequest) async throws -> AdminPage {
        let isRun = try await site.door.hasAdministrator()
        // Staff sign in whether there is an administrator or not; a shop without anybody is at its first run.
        if !isRun, try await !site.door.hasStaff() { return .redirect("/admin/welcome/") }
        let isChosen = call.query["done"] == ForgottenPasswordPages.done
        let hint = isChosen ? AccountWords.passwordChosen.text(in: site.language(of: call)) : nil
        return form(call, SignInGoal(next: call.query["next"]), hint: hint, isRun: isRun)
    }

    /// Asks whoever sent a form of a session that has ended to sign in again, with what they typed on board. What other sites and
    /// other browsers send is not kept.
    ///
    /// - Throws: `AdminRefusal.signIn`.
    func resume(_ call: APIRequest) throws -> AdminPage {
        guard let sent = try? SubmittedForm(of: call), let visitor = AdminCookie.visitor.value(in: call),
            let user = site.seals.owner(of: sent["csrf"], at: visitor)
        else { throw AdminRefusal.signIn }
        // A form that comes back from here has lost its session once more.
        let sealed =
            sent[KeptForm.field]
            ?? KeptForm(site: site, visitor: visitor, user: user, address: call.address).sealed(sent)
        let hint = sealed == nil ? Words.sessionOverTooLong : Words.sessionOver
        let goal = SignInGoal(next: nil, address: call.address, kept: sealed)
        var page = form(call, goal, hint: hint.text(in: site.language(of: call)))
        page.status = .unauthorized
        return page
    }

    private func signIn(_ call: APIRequest) async throws -> AdminPage {
        let sent = try VisitorForm.read(call, site)
        let body = ["email": JSONValue.string(sent["email"] ?? ""), "password": .string(sent["password"] ?? "")]
        let answer = await send("/api/auth/login/", body, call)
        guard answer.isSuccess else { return refused(answer, call, sent) }
        if let challenge = answer.json.text("challenge_token") {
            var page = codeForm(call, SignInGoal(sent), error: nil)
            page.headers.append(AdminCookie.challenge.setting(challenge, seconds: 600, for: call))
            return page
        }
        return try await enter(answer, call, sent)
    }

    private func takeCode(_ call: APIRequest) async throws -> AdminPage {
        let sent = try VisitorForm.read(call, site)
        guard let challenge = AdminCookie.challenge.value(in: call) else { return .redirect("/admin/sign-in/") }
        let code = (sent["code"] ?? "").trimmed
        let answer = await send(
            "/api/auth/2fa/verify/", ["challenge_token": .string(challenge), "code": .string(code)], call)
        guard answer.isSuccess else {
            let language = site.language(of: call)
            let error = answer.json.firstMessage.map { Messages.text($0, in: language) }
            var page = codeForm(
                call, SignInGoal(sent),
                error: answer.json.text("detail").map { Messages.text($0, in: language) } ?? error)
            page.status = answer.response.status
            return page
        }
        return try await enter(answer, call, sent)
    }

    /// Opens the session of whoever may work here; a customer's is ended at once.
    private func enter(_ answer: APIAnswer, _ call: APIRequest, _ sent: SubmittedForm) async throws -> AdminPage {
        let access = answer.json.text("access") ?? ""
        let cookie = try await site.door.cookie(access)
        let identity = try await site.door.identity(cookie)
        let goal = SignInGoal(sent)
        guard identity.isStaff else {
            _ = await site.api.answer(LocalAPI.Call(.post, "/api/auth/logout/"), for: call, as: identity)
            var page = form(
                call, goal, email: sent["email"], error: Words.onlyStaff.text(in: site.language(of: call)))
            page.status = .forbidden
            return page
        }
        var page = goal.page(
            for: Visit(site: site, call: call, identity: identity, language: site.language(of: call)))
        page.headers.append(AdminCookie.session.setting(cookie, for: call))
        page.headers.append(AdminCookie.challenge.ending(for: call))
        return page
    }

    private func send(_ path: String, _ body: [String: JSONValue], _ call: APIRequest) async -> APIAnswer {
        APIAnswer(await site.api.answer(LocalAPI.Call(.post, path).sending(.object(body)), for: call, as: nil))
    }

    private func refused(_ answer: APIAnswer, _ call: APIRequest, _ sent: SubmittedForm) -> AdminPage {
        let language = site.language(of: call)
        let text = answer.json.text("detail") ?? answer.json.firstMessage
        let error =
            text.map { Messages.text($0, in: language) } ?? Words.reason(of: answer.response.status).text(in: language)
        var page = form(call, SignInGoal(sent), email: sent["email"], error: error)
        page.status = answer.response.status
        return page
    }

    /// Returns the page that asks for e-mail and password; it leads to the first run where the shop has no administrator.
    private func form(
        _ call: APIRequest, _ goal: SignInGoal, email: String? = nil, error: String? = nil, hint: String? = nil,
        isRun: Bool = true
    ) -> AdminPage {
        var view = goal.view
        view["email"] = email ?? ""
        if let error { view["error"] = error }
        if let hint { view["hint"] = hint }
        if !isRun { view["first"] = Words.noAdministrator.text(in: site.language(of: call)) }
        return VisitorForm.page("sign-in", Words.signIn, view, call, site)
    }

    private func codeForm(_ call: APIRequest, _ goal: SignInGoal, error: String?) -> AdminPage {
        var view = goal.view
        if let error { view["error"] = error }
        return VisitorForm.page("code", Words.codeTitle, view, call, site)
    }
}

/// Where somebody goes who signs in: to a page, or back to a form that they had typed.
struct SignInGoal: Sendable {
    /// The page.
    private let next: String
    /// The address that the form was sent to.
    private let address: String
    /// What was typed, sealed; nil where nothing is kept.
    private let kept: String?

    init(next: String?, address: String = "", kept: String? = nil) {
        self.next = AdminPage.inner(next)
        self.address = AdminPage.inner(address)
        self.kept = kept
    }

    /// Reads it from a page of the sign-in.
    init(_ sent: SubmittedForm) {
        self.init(next: sent["next"], address: sent["to"] ?? "", kept: sent[KeptForm.field])
    }

    /// What the pages of the sign-in carry on.
    var view: [String: Any] {
        var view: [String: Any] = ["next": next]
        if let kept { view["kept"] = ["sealed": kept, "to": address] }
        return view
    }

    /// Returns the answer to somebody who has signed in: a page that sends the form on to be shown, with a token of the new
    /// session. What somebody else had typed is not shown.
    func page(for visit: Visit) -> AdminPage {
        guard let kept else { return .redirect(next) }
        let own = KeptForm(
            site: visit.site, visitor: AdminCookie.visitor.value(in: visit.call) ?? "",
            user: "\(visit.identity.userID)", address: address)
        guard own.opened(kept) != nil else { return visit.redirect(next, saying: visit.text(Words.typedByAnother)) }
        let view: [String: Any] = ["csrf": visit.token, "to": address, "sealed": kept]
        return visit.site.bare("return", title: Words.signedIn, view, language: visit.language)
    }
}

/// Forms of visitors who have no session yet: a cookie of their own stands for it.
enum VisitorForm {
    /// Reads a form that this site has shown to this browser.
    ///
    /// - Throws: `AdminRefusal.forgedForm`.
    static func read(_ call: APIRequest, _ site: AdminSite) throws -> SubmittedForm {
        let form = try SubmittedForm(of: call)
        guard let visitor = AdminCookie.visitor.value(in: call),
            site.seals.isToken(form["csrf"], for: "visitor " + visitor)
        else { throw AdminRefusal.forgedForm }
        return form
    }

    /// Returns a page with such a form.
    static func page(
        _ template: String, _ title: Phrase, _ view: [String: Any], _ call: APIRequest, _ site: AdminSite
    ) -> AdminPage {
        let known = AdminCookie.visitor.value(in: call)
        let visitor = known ?? site.random.token(byteCount: 16)
        var view = view
        view["csrf"] = site.seals.token(for: "visitor " + visitor)
        var page = site.bare(template, title: title, view, language: site.language(of: call))
        if known == nil { page.headers.append(AdminCookie.visitor.setting(visitor, for: call)) }
        return page
    }
}
