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
        return form(call, next: call.query["next"], isRun: isRun)
    }

    private func signIn(_ call: APIRequest) async throws -> AdminPage {
        let sent = try VisitorForm.read(call, site)
        let body = ["email": JSONValue.string(sent["email"] ?? ""), "password": .string(sent["password"] ?? "")]
        let answer = await send("/api/auth/login/", body, call)
        guard answer.isSuccess else { return refused(answer, call, sent) }
        if let challenge = answer.json.text("challenge_token") {
            var page = codeForm(call, next: sent["next"], error: nil)
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
                call, next: sent["next"],
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
        guard identity.isStaff else {
            _ = await site.api.answer(LocalAPI.Call(.post, "/api/auth/logout/"), for: call, as: identity)
            var page = form(
                call, next: nil, email: sent["email"], error: Words.onlyStaff.text(in: site.language(of: call)))
            page.status = .forbidden
            return page
        }
        return .redirect(
            AdminPage.inner(sent["next"]),
            cookies: [AdminCookie.session.setting(cookie, for: call), AdminCookie.challenge.ending(for: call)])
    }

    private func send(_ path: String, _ body: [String: JSONValue], _ call: APIRequest) async -> APIAnswer {
        APIAnswer(await site.api.answer(LocalAPI.Call(.post, path).sending(.object(body)), for: call, as: nil))
    }

    private func refused(_ answer: APIAnswer, _ call: APIRequest, _ sent: SubmittedForm) -> AdminPage {
        let language = site.language(of: call)
        let text = answer.json.text("detail") ?? answer.json.firstMessage
        let error =
            text.map { Messages.text($0, in: language) } ?? Words.reason(of: answer.response.status).text(in: language)
        var page = form(call, next: sent["next"], email: sent["email"], error: error)
        page.status = answer.response.status
        return page
    }

    /// Returns the page that asks for e-mail and password; it leads to the first run where the shop has no administrator.
    private func form(
        _ call: APIRequest, next: String?, email: String? = nil, error: String? = nil, isRun: Bool = true
    ) -> AdminPage {
        var view: [String: Any] = ["next": AdminPage.inner(next), "email": email ?? ""]
        if let error { view["error"] = error }
        if !isRun { view["first"] = Words.noAdministrator.text(in: site.language(of: call)) }
        return VisitorForm.page("sign-in", Words.signIn, view, call, site)
    }

    private func codeForm(_ call: APIRequest, next: String?, error: String?) -> AdminPage {
        var view: [String: Any] = ["next": AdminPage.inner(next)]
        if let error { view["error"] = error }
        return VisitorForm.page("code", Words.codeTitle, view, call, site)
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
