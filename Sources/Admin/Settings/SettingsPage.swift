import AdminPages
import HTTPTypes
import Primitives
import Web

/// What the shop is set to, in one form; what the environment sets is shown, and not edited.
struct SettingsPage: Sendable {
    static let path = "/admin/settings/"
    static let endpoint = "/api/admin/settings/"

    let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    /// Returns what stands in a part of the menu before the screens of rows.
    static func menuEntries(in area: AdminArea, _ visit: Visit) -> [[String: Any]] {
        guard area == .settings, visit.may(.get, endpoint) else { return [] }
        return [
            ["title": visit.text(SettingsWords.title), "path": path, "isHere": visit.call.path.begins(with: path)]
        ]
    }

    /// Shows the settings.
    ///
    /// - Throws: `AdminRefusal` where the reader may not see them.
    func show() async throws -> AdminPage {
        let known = try await known()
        return await page(known, state(of: known))
    }

    /// Saves what was changed in the form.
    ///
    /// - Throws: `AdminRefusal` where the reader may not see the settings.
    func save(_ sent: SubmittedForm) async throws -> AdminPage {
        let known = try await known()
        let values = FieldValues(visit: visit, fields: known.fields + StepUp.fields(in: sent))
        var call = LocalAPI.Call(.patch, Self.endpoint)
            .sending(.object(known.changes(values.members(of: sent), sent)))
        if let version = sent["version"], !version.isEmpty { call.headers[.ifMatch] = "\"\(version)\"" }
        let answer = await visit.send(call)
        guard answer.isSuccess else { return await refused(answer, known, values, sent) }
        let isApplied = answer.json.at("is_applied") == .bool(true)
        return visit.redirect(Self.path, saying: visit.text(isApplied ? Words.saved : SettingsWords.savedForLater))
    }

    /// Sends a mail at once and says what became of it.
    ///
    /// - Throws: `AdminRefusal` where the reader may not see the settings.
    func tryMail(_ sent: SubmittedForm) async throws -> AdminPage {
        let to = (sent["to"] ?? "").trimmed
        let call = LocalAPI.Call(.post, Self.endpoint + "test-mail/").sending(.object(["to": .string(to)]))
        let answer = await visit.send(call)
        if answer.isSuccess, answer.json.at("is_sent") == .bool(true) {
            let notice = answer.json.text("server").map { SettingsWords.mailSent.text(in: visit.language, to, $0) }
            return visit.redirect(Self.path, saying: notice ?? visit.text(SettingsWords.mailKept, to))
        }
        var trial: [String: Any] = ["to": to]
        if answer.isSuccess {
            let (server, reason) = (answer.json.text("server") ?? "", answer.json.text("reason") ?? "")
            trial["problem"] = SettingsWords.mailRefused.text(in: visit.language, server, reason)
        } else {
            let sentence = answer.json.text("detail") ?? answer.json.at("to")?.firstMessage
            trial["problem"] =
                sentence.map { Messages.text($0, in: visit.language) }
                ?? visit.text(Words.reason(of: answer.response.status))
        }
        let known = try await known()
        return await page(known, state(of: known), trial: trial)
    }

    private func known() async throws -> KnownSettings { KnownSettings(try await visit.read(Self.endpoint)) }

    private func state(of known: KnownSettings) -> FormState {
        var state = FormState(texts: FieldValues(visit: visit, fields: known.fields).texts(of: known.row))
        state.version = known.version
        return state
    }

    /// Returns what was typed where somebody changed something, and what is set now everywhere else.
    private func texts(_ known: KnownSettings, _ values: FieldValues, _ sent: SubmittedForm) -> [String: [String]] {
        let (typed, entered) = (values.texts(of: sent), values.members(of: sent))
        let current = FieldValues(visit: visit, fields: known.fields).texts(of: known.row)
        return typed.merging(current) { $1 }.merging(
            typed.filter { known.isChanged($0.key, to: entered[$0.key] ?? .null, sent) }
        ) { $1 }
    }

    private func refused(
        _ answer: APIAnswer, _ known: KnownSettings, _ values: FieldValues, _ sent: SubmittedForm
    ) async -> AdminPage {
        var state = FormState(texts: texts(known, values, sent))
        state.status = answer.response.status
        state.version = sent["version"]
        let asked = StepUp.asked(by: answer)
        state.errors = FormErrors(answer, values.fields + asked, visit.language).mapped {
            SettingsWords.refusal($0, in: visit.language)
        }
        if !asked.isEmpty, StepUp.fields(in: sent).isEmpty {
            state.errors = FormErrors()
            state.errors.general = [visit.text(Words.confirmYourself)]
        }
        if answer.response.status == .preconditionFailed {
            state.errors.general = [visit.text(Words.changedMeanwhile)]
            state.version = known.version
        }
        // Secrets are in no page, so what was typed of one is lost.
        for field in known.fields where field.kind == .secret && sent[field.name]?.isEmpty == false {
            let error = state.errors.byField[field.name] ?? visit.text(SettingsWords.enterAgain)
            state.errors.byField[field.name] = error
        }
        return await page(known, state, asking: asked.isEmpty ? StepUp.fields(in: sent) : asked)
    }
}

extension FormErrors {
    /// Returns these errors with each sentence replaced.
    func mapped(_ sentence: (String) -> String) -> FormErrors {
        var copy = self
        copy.byField = byField.mapValues(sentence)
        copy.general = general.map(sentence)
        return copy
    }
}

extension AdminSite {
    /// The settings of the shop.
    var settings: [Endpoint] {
        [
            page(SettingsPage.path, "Shows the shop's settings.") { try await SettingsPage($0).show() },
            form(SettingsPage.path, "Changes the shop's settings.") { try await SettingsPage($0).save($1) },
            form(SettingsPage.path + "test-mail/", "Sends a test mail.") { try await SettingsPage($0).tryMail($1) },
        ]
    }
}
