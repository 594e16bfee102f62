import AdminPages
import Commerce
import HTTPTypes
import Primitives
import Web

/// A request for a page by somebody who has signed in.
struct Visit: Sendable {
    let site: AdminSite
    let call: APIRequest
    let identity: Identity
    let language: AdminLanguage
    /// Whether a form that was typed in a session that has ended is shown again: nothing is done then.
    var isReturning = false

    /// The token of this reader's forms.
    var token: String {
        site.seals.token(
            for: "session \(identity.sessionID)", user: "\(identity.userID)", at: AdminCookie.visitor.value(in: call))
    }

    /// The way in which values are written for this reader.
    var format: AdminFormat { AdminFormat(language: language, shop: site.shop) }

    /// Returns a text in the reader's language.
    func text(_ phrase: Phrase) -> String { phrase.text(in: language) }

    /// Refuses a form that another site may have sent.
    ///
    /// - Throws: `AdminRefusal.forgedForm`.
    func check(_ form: SubmittedForm) throws {
        guard isOwn(form) else { throw AdminRefusal.forgedForm }
    }

    /// Returns whether a form was shown in this session.
    func isOwn(_ form: SubmittedForm) -> Bool {
        site.seals.isToken(
            form["csrf"], for: "session \(identity.sessionID)", at: AdminCookie.visitor.value(in: call))
    }

    /// The screen that the address names.
    ///
    /// - Throws: `AdminRefusal.notFound`.
    func screen() throws -> AdminScreen {
        guard let name = call.parameters["screen"], let screen = site.byName[name] else { throw AdminRefusal.notFound }
        return screen
    }

    /// Returns whether the reader may call an endpoint; `path` may have a query.
    func may(_ method: AdminCall.Method, _ path: String) -> Bool {
        guard let method = HTTPRequest.Method(method.rawValue) else { return false }
        return site.api.admits(identity, method, String(path.halves(at: "?").0))
    }

    /// Returns whether the reader may make a call.
    func may(_ call: AdminCall) -> Bool { may(call.method, call.path) }

    /// Returns whether the reader may have a document about a row.
    func may(_ file: AdminFile) -> Bool { may(.get, file.path) && (file.subject.map { may(.get, $0) } ?? true) }

    /// Calls an endpoint and returns what it answers, whatever it is. Where a form is shown again, it only reads.
    func send(_ call: LocalAPI.Call) async -> APIAnswer {
        if isReturning, call.method != .get { return .signedInAgain }
        return APIAnswer(await site.api.answer(call, for: self.call, as: identity))
    }

    /// Reads from an endpoint.
    ///
    /// - Throws: `AdminRefusal.answer` where it refuses.
    func read(_ path: String, _ query: [String: String] = [:]) async throws -> JSONValue {
        let answer = await send(LocalAPI.Call(reading: path, query))
        guard answer.isSuccess else { throw AdminRefusal.answer(answer) }
        return answer.json
    }

    /// Ends the session, and leads to the page that opens one.
    func signOut() async throws -> AdminPage {
        _ = await send(LocalAPI.Call(.post, "/api/auth/logout/"))
        return .redirect("/admin/sign-in/", cookies: [AdminCookie.session.ending(for: call)])
    }

    /// Remembers the language that the reader chose, and leads back.
    func choosing(_ form: SubmittedForm) -> AdminPage {
        let chosen = form["language"].flatMap { AdminLanguage(rawValue: $0) } ?? language
        return .redirect(
            AdminPage.inner(form["back"]),
            cookies: [AdminCookie.language.setting(chosen.rawValue, seconds: 31_536_000, for: call)])
    }
}

/// What an endpoint answered.
struct APIAnswer: Sendable {
    let response: APIResponse
    /// The body where it is JSON, else null.
    let json: JSONValue

    init(_ response: APIResponse) {
        self.response = response
        let isJSON = response.headers[.contentType]?.begins(with: "application/json") ?? false
        json = (isJSON ? try? JSONValue(parsing: response.body) : nil) ?? .null
    }

    /// Creates a refusal that no endpoint gave.
    private init(_ status: HTTPResponse.Status, detail: String) {
        response = APIResponse(status: status)
        json = .object(["detail": .string(detail)])
    }

    /// What stands for the answer to a form that is shown again.
    static let signedInAgain = APIAnswer(.unauthorized, detail: Words.signedInAgain.english)

    var isSuccess: Bool { response.status.kind == .successful }

    /// The code of a refusal.
    var code: String { json.text("code") ?? "" }
}

extension APIRequest {
    /// The address that was asked for, as links have it: the path of a request is decoded.
    var address: String {
        let path = path.cut(at: "/").map { PercentEncoding.encode(String($0)) }.joined(separator: "/")
        return query.values.isEmpty ? path : path + "?" + query.text
    }
}

/// Why a page is not shown.
enum AdminRefusal: Error {
    /// Nobody has signed in.
    case signIn
    /// There is no such page.
    case notFound
    /// The form did not come from a page of this session.
    case forgedForm
    /// Whoever has signed in does not work for the shop, or does not any more.
    case notStaff
    /// An endpoint refused.
    case answer(APIAnswer)

    /// What an endpoint would say whose caller may not: it need not be asked.
    static let forbidden = AdminRefusal.answer(APIAnswer(APIResponse(status: .forbidden)))
}

extension AdminSite {
    /// Returns who of the staff asks for a page.
    ///
    /// - Throws: `AdminRefusal.signIn`, `AdminRefusal.notStaff`, `PermissionDenied`, what reading the session throws.
    func visit(_ call: APIRequest) async throws -> Visit {
        let visit = try await guest(call)
        guard visit.identity.isStaff else { throw AdminRefusal.notStaff }
        try api.check(visit.identity, for: call)
        return visit
    }

    /// Returns who has signed in, whether they work for the shop or not: for what ends a session.
    ///
    /// - Throws: `AdminRefusal.signIn`, what reading the session throws.
    func guest(_ call: APIRequest) async throws -> Visit {
        guard let cookie = AdminCookie.session.value(in: call) else { throw AdminRefusal.signIn }
        let identity: Identity
        do {
            identity = try await door.identity(cookie)
        } catch let error as any BusinessError where [.unauthenticated, .forbidden].contains(error.kind) {
            throw AdminRefusal.signIn
        }
        return Visit(site: self, call: call, identity: identity, language: language(of: call))
    }

    /// Returns the language that was chosen, else the first that the browser asks for, else the shop's.
    func language(of call: APIRequest) -> AdminLanguage {
        if let chosen = AdminCookie.language.value(in: call).flatMap({ AdminLanguage(rawValue: $0) }) { return chosen }
        let wanted = (call.headers[.acceptLanguage] ?? "").cut(at: ",").map {
            $0.halves(at: ";").0.trimmed.lowercased()
        }
        for tag in wanted + [shop.language] {
            if let known = AdminLanguage.allCases.first(where: { tag.halves(at: "-").0.isSame(as: $0.rawValue) }) {
                return known
            }
        }
        return .english
    }

    /// Returns the answer to a request: a page, or one that says why there is none.
    func answer(_ call: APIRequest, _ make: () async throws -> AdminPage) async -> Reply<RawBody> {
        do {
            return try await make().reply(to: call)
        } catch let refusal as AdminRefusal {
            return await refused(refusal, call)
        } catch {
            return await refused(.answer(APIAnswer(api.refusal(error, for: call))), call)
        }
    }

    private func refused(_ refusal: AdminRefusal, _ call: APIRequest) async -> Reply<RawBody> {
        switch refusal {
        case .signIn:
            let back = call.method == .get ? call.address : "/admin/"
            return AdminPage.redirect("/admin/sign-in/?next=" + PercentEncoding.encode(back)).reply(to: call)
        case .notFound: return await problem(.notFound, Words.noPage, call)
        case .forgedForm: return await problem(.forbidden, Words.forgedForm, call)
        case .notStaff: return await unemployed(call)
        case .answer(let answer):
            let status = answer.response.status
            let detail = answer.json.text("detail") ?? answer.json.firstMessage
            return await problem(status, Words.reason(of: status), detail: detail, call)
        }
    }

    /// Returns the page of whoever has a session here and does not work for the shop: with it they can end the session, and
    /// sign in as somebody else.
    private func unemployed(_ call: APIRequest) async -> Reply<RawBody> {
        let (reason, language) = (Words.reason(of: .forbidden), language(of: call))
        var view: [String: Any] = [
            "reason": reason.text(in: language), "code": HTTPResponse.Status.forbidden.code,
            "detail": Words.notStaff.text(in: language),
        ]
        if let visit = try? await guest(call) { view["signOut"] = ["csrf": visit.token] }
        var page = bare("problem", title: reason, view, language: language)
        page.status = .forbidden
        return page.reply(to: call)
    }

    private func problem(
        _ status: HTTPResponse.Status, _ reason: Phrase, detail: String? = nil, _ call: APIRequest
    ) async -> Reply<RawBody> {
        let visit = try? await visit(call)
        let language = visit?.language ?? language(of: call)
        var view: [String: Any] = ["reason": reason.text(in: language), "code": status.code]
        if let detail { view["detail"] = Messages.text(detail, in: language) }
        var page =
            visit.map { $0.page("problem", title: reason, view) }
            ?? bare("problem", title: reason, view, language: language)
        page.status = status
        return page.reply(to: call)
    }
}
