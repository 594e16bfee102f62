import AdminPages
import HTTPTypes
import Primitives
import Web

/// The reader's own account: what it is, and what they change of it. Every form is one call of an endpoint in their own name.
struct AccountPages: Sendable {
    static let address = "/admin/account/"

    let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    /// Shows the account, with the form of name and language.
    ///
    /// - Throws: `AdminRefusal`.
    func show() async throws -> AdminPage {
        let profile = try await visit.read(Self.profile)
        return await page(profile, FormState(texts: FieldValues(visit: visit, fields: Self.fields).texts(of: profile)))
    }

    /// Changes name and language, unless they were changed elsewhere meanwhile.
    ///
    /// - Throws: `AdminRefusal`.
    func save(_ sent: SubmittedForm) async throws -> AdminPage {
        var body: [String: JSONValue] = [:]
        for name in ["first_name", "last_name"] { body[name] = sent[name].map { JSONValue.string($0.trimmed) } }
        if let language = sent[Self.language], !language.isEmpty {
            body["profile"] = .object(["preferred_language": .string(language)])
        }
        var call = LocalAPI.Call(.patch, Self.profile).sending(.object(body))
        if let version = sent["version"], !version.isEmpty { call.headers[.ifMatch] = "\"\(version)\"" }
        let answer = await visit.send(call)
        guard !answer.isSuccess else { return visit.redirect(Self.address, saying: visit.text(Words.saved)) }
        return await page(try await visit.read(Self.profile), refused(answer, Self.fields, sent))
    }

    static let profile = "/api/auth/profile/"
    private static let language = "profile.preferred_language"

    private static let fields = [
        AdminField("first_name", AccountWords.firstName, .text, isRequired: true),
        AdminField("last_name", AccountWords.lastName, .text, isRequired: true),
        AdminField(language, AccountWords.language, .choice(AdminLanguage.allCases.map(\.rawValue))),
    ]

    private func page(_ profile: JSONValue, _ state: FormState) async -> AdminPage {
        let form = AdminForm(groups: [AdminForm.Group(AccountWords.nameAndLanguage, Self.fields)])
        var view = await FormView(visit, form, .editing).view(state, row: profile)
        view["parts"] = await parts(profile)
        var page = visit.page("account", title: AccountWords.title, view)
        page.status = state.status
        return page
    }

    private func parts(_ profile: JSONValue) async -> [[String: Any]] {
        let isConfirmed = profile.at("is_email_verified")?.holds ?? false
        let facts = [
            (AccountWords.email, profile.text("email") ?? ""),
            (AccountWords.emailState, visit.text(isConfirmed ? Words.yes : Words.no)),
            (AccountWords.role, visit.word(profile.text("role") ?? "")),
        ]
        var links = [link("email", AccountWords.changeEmail)]
        if !isConfirmed { links.append(link("confirm", AccountWords.confirmEmail)) }
        return [
            part(AccountWords.email, facts: facts, links: links),
            part(AccountWords.password, links: [link("password", AccountWords.changePassword)]),
            await factorPart(isConfirmed),
            part(AccountWords.sessions, links: [["path": "/admin/sessions/", "title": visit.text(Words.sessions)]]),
        ]
    }

    private func factorPart(_ isConfirmed: Bool) async -> [String: Any] {
        guard let codes = await backupCodes() else {
            let hint = visit.text(AccountWords.twoFactorOff)
            guard isConfirmed else {
                let why = hint + " " + visit.text(AccountWords.needsEmail)
                return part(AccountWords.twoFactor, hint: why)
            }
            return part(AccountWords.twoFactor, hint: hint, links: [link("two-factor", AccountWords.turnOn)])
        }
        let left = AccountWords.codesLeft.text(in: visit.language, codes.remaining, codes.total)
        return part(
            AccountWords.twoFactor, hint: visit.text(AccountWords.twoFactorOn) + " " + left,
            links: [
                link("backup-codes", AccountWords.newCodes),
                link("two-factor/off", AccountWords.turnOff, isDanger: true),
            ])
    }

    private func part(
        _ title: Phrase, facts: [(Phrase, String)] = [], hint: String? = nil, links: [[String: Any]] = []
    ) -> [String: Any] {
        let facts = facts.map { ["key": visit.text($0.0), "value": $0.1] }
        var part: [String: Any] = ["heading": visit.text(title), "facts": facts, "links": links]
        if let hint { part["hint"] = hint }
        return part
    }

    private func link(_ name: String, _ title: Phrase, isDanger: Bool = false) -> [String: Any] {
        ["path": Self.address + name + "/", "title": visit.text(title), "isDanger": isDanger]
    }
}

extension AccountPages {
    /// Returns how many backup codes are left, and of how many; nil where two factors are off: with them there are always some,
    /// used or not.
    func backupCodes() async -> (remaining: String, total: String)? {
        guard let json = try? await visit.read("/api/auth/2fa/backup-codes/"), let total = json.text("total"),
            total != "0"
        else { return nil }
        return (json.text("remaining") ?? "0", total)
    }

    /// The field for a code, where two factors are on: a session alone is not enough then.
    func codeField() async -> [AdminField] { await backupCodes() == nil ? [] : [StepUp.code] }

    /// Returns a form with what was refused at its fields.
    func refused(_ answer: APIAnswer, _ fields: [AdminField], _ sent: SubmittedForm) -> FormState {
        var state = FormState(texts: FieldValues(visit: visit, fields: fields).texts(of: sent))
        state.take(answer, sent)
        state.errors = FormErrors(answer, fields, visit.language)
        if let reason = answer.clash { state.errors.general = [visit.text(reason)] }
        return state
    }

    /// Returns the page of one of the account's forms.
    func page(_ form: AccountForm, _ state: FormState) async -> AdminPage {
        var view = await FormView(visit, form.fields).view(state, row: .null)
        view["action"] = form.path
        view["back"] = form.back
        view["backTitle"] = visit.text(AccountWords.title)
        view["button"] = visit.text(form.button ?? form.title)
        view["isDanger"] = form.isDanger
        // The choice of a language leads to where something is shown.
        view["here"] = form.back
        if let explanation = form.explanation { view["explanation"] = visit.text(explanation) }
        var page = visit.page("form", title: form.title, view)
        page.status = state.status
        return page
    }

    /// Sends what was entered; passwords as they were typed.
    func send(_ path: String, _ body: [String: String?], by method: HTTPRequest.Method = .post) async -> APIAnswer {
        let members = body.compactMapValues { $0.map { JSONValue.string($0) } }
        return await visit.send(LocalAPI.Call(method, path).sending(.object(members)))
    }
}

/// One form of the account.
struct AccountForm: Sendable {
    /// Where it is sent to.
    let path: String
    let title: Phrase
    var explanation: Phrase?
    let fields: [AdminField]
    /// The text of the button; nil for the title's.
    var button: Phrase?
    var isDanger = false
    /// The page that it leads back to.
    var back = AccountPages.address
}
