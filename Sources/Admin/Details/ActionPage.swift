import AdminPages
import HTTPTypes
import Primitives
import Web

/// What is done to a row, or by a screen's command: a question where there is something to enter or to think of, then a call.
struct ActionPage: Sendable {
    let visit: Visit
    let screen: AdminScreen
    let action: AdminAction
    /// The page of the row; nil for a command.
    let detail: DetailPage?
    /// The section whose element it is done to; nil for the row itself.
    let section: AdminSection?

    /// - Throws: `AdminRefusal.notFound`.
    init(_ visit: Visit) throws {
        self.visit = visit
        screen = try visit.screen()
        detail = visit.call.parameters["key"] == nil ? nil : try DetailPage(visit)
        let name = visit.call.parameters["action"]
        let own = detail == nil ? screen.commands : screen.actions
        section = screen.sections.first { $0.actions.contains { $0.name == name } }
        let all = own + (detail == nil ? [] : section?.actions ?? [])
        guard let action = all.first(where: { $0.name == name }) else { throw AdminRefusal.notFound }
        self.action = action
        isOwn = own.contains { $0.name == name }
    }

    private let isOwn: Bool

    /// Where it leads when it is done.
    private var back: String { detail?.address ?? "/admin/\(screen.name)/" }

    /// Asks what has to be entered.
    ///
    /// - Throws: `AdminRefusal` where the reader may not do it.
    func ask() async throws -> AdminPage {
        try checkAccess()
        let row = try await row()
        let values = FieldValues(visit: visit, fields: action.fields)
        var texts = values.texts(of: nil)
        let subject = try await subject(of: row)
        for (name, shown) in values.texts(of: subject) where !shown.isEmpty && texts[name]?.isEmpty ?? true {
            texts[name] = action.fields.contains { $0.name == name && $0.source != nil } ? shown : texts[name]
        }
        for field in action.fields where detail == nil {
            if let given = visit.call.query[field.name] { texts[field.name] = [given] }
        }
        return await page(FormState(texts: texts), action.fields, row)
    }

    /// Refuses who may not do it before anything is read, as the endpoint would.
    private func checkAccess() throws {
        guard visit.may(action.call) else { throw AdminRefusal.forbidden }
    }

    /// Does it.
    ///
    /// - Throws: `AdminRefusal` where there is no such row.
    func act(_ sent: SubmittedForm) async throws -> AdminPage {
        try checkAccess()
        let row = try await row()
        let part = try await part(of: row)
        guard let path = AdminCall.path(action.call.path, for: row, within: part) else { throw AdminRefusal.notFound }
        let fields = action.fields + StepUp.fields(in: sent)
        let values = FieldValues(visit: visit, fields: fields)
        let blank = values.blankQuantities(of: sent)
        guard blank.isEmpty else { return await refused(blank, values, sent, row) }
        let rows = await RowEntries(sent, fields, visit)
        guard rows.open.isEmpty else { return await page(FormState(rows, values, sent), fields, row) }
        let sent = rows.form
        // Some only read, and are written down all the same.
        let answer =
            visit.isReturning ? APIAnswer.signedInAgain : await visit.send(call(path, values, sent, row, part))
        if answer.isSuccess { return done(answer, sent) }
        var state = FormState(texts: values.texts(of: sent))
        state.take(answer, sent)
        let asked = StepUp.asked(by: answer)
        state.errors = FormErrors(answer, fields + asked, visit.language)
        state.errors.byField.merge(values.unclear(in: sent)) { $1 }
        if let reason = answer.clash { state.errors.general = [visit.text(reason)] }
        if !asked.isEmpty, StepUp.fields(in: sent).isEmpty {
            state.errors = FormErrors()
            state.errors.general = [visit.text(Words.confirmYourself)]
        }
        return await page(state, action.fields + (asked.isEmpty ? StepUp.fields(in: sent) : asked), row)
    }

    /// Asks again for quantities of which none was entered.
    private func refused(
        _ fields: [AdminField], _ values: FieldValues, _ sent: SubmittedForm, _ row: JSONValue
    ) async -> AdminPage {
        var state = FormState(texts: values.texts(of: sent))
        state.once = sent["once"]
        state.status = .badRequest
        for field in fields { state.errors.byField[field.name] = visit.text(Words.noQuantity) }
        return await page(state, values.fields, row)
    }

    private func call(
        _ path: String, _ values: FieldValues, _ sent: SubmittedForm, _ row: JSONValue, _ part: JSONValue
    ) -> LocalAPI.Call {
        let fixed = action.body.merging(action.sends.compactMapValues { $0.member(of: row, within: part) }) { $1 }
        let members = values.members(of: sent).merging(fixed) { entered, _ in entered }
        let method = HTTPRequest.Method(action.call.method.rawValue) ?? .post
        if method == .get { return LocalAPI.Call(reading: path, members.compactMapValues(\.scalarText)) }
        var call = LocalAPI.Call(method, path)
        if let upload = MultipartBody(fields: values.fields, sent, members) {
            call.body = upload.bytes
            call.headers[.contentType] = upload.contentType
        } else if !(method == .delete && members.isEmpty) {
            call = call.sending(.object(members))
        }
        // The buttons of a list's rows stand in one form, with one text that their calls' keys begin with.
        call.headers[.idempotencyKey] = sent["once"] ?? sent.key(of: call, "press")
        if action.checksVersion, let version = sent["version"] ?? row.text("version") {
            call.headers[.ifMatch] = "\"\(version)\""
        }
        return call
    }

    private func done(_ answer: APIAnswer, _ sent: SubmittedForm) -> AdminPage {
        if action.call.method == .get { return AdminPage(document: answer) }
        guard action.shows.isEmpty else {
            return visit.once(
                action.shows, of: answer.json, title: visit.text(action.title), back: back,
                isShownAgain: action.isShownAgain, next: next(after: answer.json))
        }
        return visit.redirect(target(answer, sent), saying: visit.text(Words.done, visit.text(action.title)))
    }

    /// Where it leads: to the row that the answer is, to the list whose button was pressed, else to the row's page.
    private func target(_ answer: APIAnswer, _ sent: SubmittedForm) -> String {
        if let (name, member) = action.leadsTo, let key = answer.json.text(member), visit.site.byName[name] != nil {
            return "/admin/\(name)/\(PercentEncoding.encode(key))/"
        }
        return sent["back"].map { AdminPage.inner($0) } ?? (action.leadsToList ? "/admin/\(screen.name)/" : back)
    }

    /// Returns the command that goes on from an answer, with the members that its fields begin with; nil where there is none.
    private func next(after json: JSONValue) -> [String: Any]? {
        guard let command = screen.commands.first(where: { $0.name == action.next }), visit.may(command.call) else {
            return nil
        }
        var given: [String: String] = [:]
        for field in command.fields {
            if let source = field.source, let text = json.text(source) { given[field.name] = text }
        }
        guard !given.isEmpty else { return nil }
        let path = "/admin/\(screen.name)/do/\(command.name)/?" + QueryItems(given).text
        return ["path": path, "nextTitle": visit.text(command.title)]
    }

    /// The row that it is done to; null for a command.
    private func row() async throws -> JSONValue {
        guard let detail else { return .null }
        return try await visit.read(detail.path)
    }

    /// The element of the row's page that it is done to; null for the row itself.
    private func part(of row: JSONValue) async throws -> JSONValue {
        guard !isOwn, let detail else { return .null }
        return try await detail.part(of: section, id: visit.call.query["row"], in: row)
    }

    /// What its fields are about: the row's members, and before them those of the element that it is done to.
    private func subject(of row: JSONValue) async throws -> JSONValue {
        guard case .object(let own) = try await part(of: row), case .object(let members) = row else { return row }
        return .object(members.merging(own) { $1 })
    }

    /// A link to a file like the one that is taken, where there is one that the reader may have.
    private var example: [String: Any] {
        guard let file = screen.exports.first(where: { $0.name == action.example }), visit.may(.get, file.path) else {
            return [:]
        }
        return ["example": "/admin/\(screen.name)/files/\(file.name)/", "exampleTitle": visit.text(Words.example)]
    }

    private func page(_ state: FormState, _ fields: [AdminField], _ row: JSONValue) async -> AdminPage {
        let subject = (try? await subject(of: row)) ?? row
        var view = await FormView(visit, fields).view(state, row: subject)
        if !action.checksVersion { view["version"] = nil }
        let query = visit.call.query["row"].map { "?row=\(PercentEncoding.encode($0))" } ?? ""
        view["action"] = back + "do/\(action.name)/" + query
        view["back"] = back
        let name = detail.map { visit.name(of: row, on: screen) ?? $0.key }
        view["backTitle"] = name ?? visit.text(screen.title)
        view["button"] = visit.text(action.title)
        view["isDanger"] = action.weight == .danger
        if let explanation = action.explanation { view["explanation"] = visit.text(explanation) }
        view["effects"] = action.effects.filter { $0.condition.isMet(by: subject) }.map { visit.text($0.sentence) }
        if let name { view["subject"] = "\(visit.text(screen.singularTitle)) \(name)" }
        view.merge(example) { $1 }
        var page = visit.page("form", title: action.title, view)
        page.status = state.status
        return page
    }
}

/// The proof that the owner of the session is there, which some endpoints ask for: a code, or the password.
enum StepUp {
    static let password = AdminField("password", Words.password, .secret, isRequired: true)
    static let code = AdminField("code", Words.code, .text, isRequired: true, help: Words.codeHelp).with {
        $0.mayBeKept = false
    }

    /// Returns the fields that a refusal asks for.
    static func asked(by answer: APIAnswer) -> [AdminField] {
        if answer.code == "fresh_factor_required" || answer.json.at("code")?.elements.isEmpty == false { return [code] }
        return answer.json.at("password")?.elements.isEmpty == false ? [password] : []
    }

    /// Returns the fields that a form was sent with.
    static func fields(in sent: SubmittedForm) -> [AdminField] {
        [password, code].filter { sent[$0.name] != nil }
    }
}
