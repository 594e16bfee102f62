import AdminPages
import HTTPTypes
import Primitives
import Web

/// A new password for who cannot sign in: a link is asked for by e-mail, and what it leads to. New staff begin there too.
struct ForgottenPasswordPages: Sendable {
    static let address = "/admin/forgot/"
    private static let reset = "/admin/reset/"
    /// What the page of the sign-in is told in its address.
    static let done = "password"

    let site: AdminSite

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, Self.address, "Asks whose password was forgotten.", access: .anyone) {
                (call: APIRequest, _: NoInput) in await site.answer(call) { page(call) }
            },
            Endpoint(.post, Self.address, "Has a link mailed to choose a new password.", access: .anyone) {
                (call: APIRequest, _: NoInput) in await site.answer(call) { try await mail(call) }
            },
            Endpoint(.get, Self.reset, "Asks for a new password.", access: .anyone) {
                (call: APIRequest, _: NoInput) in await site.answer(call) { await ask(call) }
            },
            Endpoint(.post, Self.reset, "Sets a new password by a mailed token.", access: .anyone) {
                (call: APIRequest, _: NoInput) in await site.answer(call) { try await choose(call) }
            },
        ]
    }

    /// Says the same whether there is an account or not.
    private func mail(_ call: APIRequest) async throws -> AdminPage {
        let sent = try VisitorForm.read(call, site)
        let email = (sent["email"] ?? "").trimmed
        let answer = await send("/api/auth/forgot-password/", ["email": email], call)
        if answer.isSuccess { return page(call, ["sent": AccountWords.linkSent.text(in: site.language(of: call))]) }
        return refused(answer, call, ["email": email], ["email": "emailError"], template: Self.address)
    }

    private func ask(_ call: APIRequest) async -> AdminPage {
        let token = (call.query["token"] ?? "").trimmed
        guard !token.isEmpty else { return page(call, ["asksToken": true, "token": ""], template: Self.reset) }
        let answer = await send("/api/auth/validate-reset-token/", ["token": token], call)
        if answer.isSuccess, answer.json.at("valid") != .bool(true) { return over(call, .notFound) }
        return page(call, ["token": token], template: Self.reset)
    }

    private func choose(_ call: APIRequest) async throws -> AdminPage {
        let sent = try VisitorForm.read(call, site)
        let token = (sent["token"] ?? "").trimmed
        var view: [String: Any] = ["token": token]
        if sent["typed"] != nil { view["asksToken"] = true }
        guard sent["new_password"] == sent["repeat_password"] else {
            view["repeatError"] = AccountWords.notTheSame.text(in: site.language(of: call))
            return page(call, view, template: Self.reset, status: .badRequest)
        }
        let body = ["token": token, "new_password": sent["new_password"] ?? ""]
        let answer = await send("/api/auth/reset-password/", body, call)
        if answer.isSuccess { return .redirect("/admin/sign-in/?done=" + Self.done) }
        let isTyped = sent["typed"] != nil
        if !isTyped, answer.json.at("token")?.elements.isEmpty == false { return over(call, .badRequest) }
        return refused(
            answer, call, view, ["token": "tokenError", "new_password": "passwordError"], template: Self.reset)
    }

    /// Returns the page of a token that is not good any more, which leads to another one.
    private func over(_ call: APIRequest, _ status: HTTPResponse.Status) -> AdminPage {
        page(
            call, ["over": AccountWords.linkOver.text(in: site.language(of: call))], template: Self.reset,
            status: status)
    }

    private func send(_ path: String, _ body: [String: String], _ call: APIRequest) async -> APIAnswer {
        let members = body.mapValues { JSONValue.string($0) }
        return APIAnswer(
            await site.api.answer(LocalAPI.Call(.post, path).sending(.object(members)), for: call, as: nil))
    }

    /// Returns a form again, with the sentences of a refusal at the fields of `places`.
    private func refused(
        _ answer: APIAnswer, _ call: APIRequest, _ view: [String: Any], _ places: [String: String], template: String
    ) -> AdminPage {
        let language = site.language(of: call)
        var view = view
        for (name, place) in places {
            if case .array(let sentences)? = answer.json.at(name) {
                let texts = sentences.compactMap(\.scalarText).map { Messages.text($0, in: language) }
                view[place] = texts.joined(separator: " ")
            }
        }
        if !places.values.contains(where: { view[$0] != nil }) {
            let text = answer.json.text("detail") ?? answer.json.firstMessage
            view["error"] =
                text.map { Messages.text($0, in: language) }
                ?? Words.reason(of: answer.response.status).text(in: language)
        }
        return page(call, view, template: template, status: answer.response.status)
    }

    private func page(
        _ call: APIRequest, _ view: [String: Any] = ["email": ""], template: String = ForgottenPasswordPages.address,
        status: HTTPResponse.Status = .ok
    ) -> AdminPage {
        var view = view
        view["t"] = AccountWords.texts(in: site.language(of: call))
        let isReset = template == Self.reset
        var page = VisitorForm.page(
            isReset ? "reset" : "forgot", isReset ? AccountWords.choosePassword : AccountWords.forgotten, view, call,
            site)
        page.status = status
        return page
    }
}
