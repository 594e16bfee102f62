import AdminPages
import Commerce
import HTTPTypes
import Primitives
import Web

/// The first run: makes the first administrator of a shop that has none, for whoever has the code that the program printed.
struct WelcomePages: Sendable {
    let site: AdminSite

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/admin/welcome/", "Asks for the first administrator.", access: .anyone) {
                (call: APIRequest, _: NoInput) in await site.answer(call) { try await ask(call) }
            },
            Endpoint(.post, "/admin/welcome/", "Makes the first administrator and signs in.", access: .anyone) {
                (call: APIRequest, _: NoInput) in await site.answer(call) { try await create(call) }
            },
        ]
    }

    private func ask(_ call: APIRequest) async throws -> AdminPage {
        if try await site.door.hasAdministrator() { return .redirect("/admin/sign-in/") }
        return page(call, code: call.query["code"] ?? "", email: "", [:])
    }

    private func create(_ call: APIRequest) async throws -> AdminPage {
        let sent = try VisitorForm.read(call, site)
        let (email, password) = (sent["email"] ?? "", sent["password"] ?? "")
        let language = site.language(of: call)
        guard site.seals.isSetupCode((sent["setup_code"] ?? "").trimmed) else {
            return page(call, code: "", email: email, ["codeError": Words.wrongSetupCode.text(in: language)])
        }
        do {
            try await site.door.createAdministrator(email, password)
        } catch let error as ValidationError {
            let json = error.errors.json
            let errors = [("emailError", "email"), ("passwordError", "password")].compactMap { key, name in
                json.at(name)?.firstMessage.map { (key, Messages.text($0, in: language) as Any) }
            }
            return page(
                call, code: sent["setup_code"] ?? "", email: email, Dictionary(uniqueKeysWithValues: errors))
        }
        let body = ["email": JSONValue.string(email), "password": .string(password)]
        let answer = APIAnswer(
            await site.api.answer(LocalAPI.Call(.post, "/api/auth/login/").sending(.object(body)), for: call, as: nil))
        guard let access = answer.json.text("access") else { return .redirect("/admin/sign-in/") }
        return .redirect(
            "/admin/settings/", cookies: [AdminCookie.session.setting(try await site.door.cookie(access), for: call)])
    }

    private func page(_ call: APIRequest, code: String, email: String, _ errors: [String: Any]) -> AdminPage {
        var view: [String: Any] = ["email": email, "code": code]
        view.merge(errors) { $1 }
        var page = VisitorForm.page("welcome", Words.welcome, view, call, site)
        if !errors.isEmpty { page.status = .badRequest }
        return page
    }
}
