import AdminPages
import HTTPTypes
import Primitives
import Web

/// The form of a new row, and what forms of rows send.
struct FormPage: Sendable {
    let visit: Visit
    let screen: AdminScreen
    let form: AdminForm

    /// - Throws: `AdminRefusal.notFound` where the screen has no form.
    init(_ visit: Visit) throws {
        self.visit = visit
        screen = try visit.screen()
        guard let form = screen.form else { throw AdminRefusal.notFound }
        self.form = form
    }

    /// Shows an empty form.
    ///
    /// - Throws: `AdminRefusal` where the reader makes none.
    func new() async throws -> AdminPage {
        try checkCreation()
        return await page(FormState(texts: values(.creating).texts(of: nil)), row: nil)
    }

    /// Makes a row of what was entered.
    ///
    /// - Throws: `AdminRefusal` where the reader makes none.
    func create(_ sent: SubmittedForm) async throws -> AdminPage {
        try checkCreation()
        let values = values(.creating)
        let rows = await RowEntries(sent, values.fields, visit)
        guard rows.open.isEmpty else {
            return await page(FormState(rows, values, sent), row: nil, hadFiles: !sent.files.isEmpty)
        }
        let sent = rows.form
        var call = LocalAPI.Call(HTTPRequest.Method(screen.createCall.method.rawValue) ?? .post, screen.createCall.path)
            .sending(.object(values.members(of: sent)))
        call.headers[.idempotencyKey] = sent["once"]
        let answer = await visit.send(call)
        guard answer.isSuccess else {
            return await page(refused(answer, values, sent), row: nil, hadFiles: !sent.files.isEmpty)
        }
        let notice = visit.text(Words.created, visit.text(screen.singular))
        let key = answer.json.text(screen.key)
        let path = key.map { "/admin/\(screen.name)/\(PercentEncoding.encode($0))/" } ?? "/admin/\(screen.name)/"
        guard form.shows.isEmpty else { return visit.once(form.shows, of: answer.json, title: notice, back: path) }
        if let key, let refused = await addPictures(to: answer.json, sent) {
            return try await DetailPage(visit, made: key).show(section: refused)
        }
        return visit.redirect(path, saying: notice)
    }

    /// Changes a row to what was entered, unless somebody else has changed it meanwhile: then it shows what differs.
    ///
    /// - Throws: `AdminRefusal` where the reader changes none, or there is none.
    func update(_ sent: SubmittedForm) async throws -> AdminPage {
        guard form.updates, let key = visit.call.parameters["key"], let path = screen.itemPath(key) else {
            throw AdminRefusal.notFound
        }
        let row = try await visit.read(path)
        let values = values(.editing, of: row)
        let rows = await RowEntries(sent, values.fields, visit)
        let settled = VersionClash.settled(rows.form, values, row)
        guard rows.open.isEmpty else {
            // What was taken of another editor's stays taken: the next form has no choice of it any more.
            var state = FormState(rows, values, sent)
            state.texts = values.texts(of: settled)
            return try await DetailPage(visit).show(state)
        }
        let sent = rows.form
        guard let target = AdminCall.path(screen.updateCall.path, for: row) else { throw AdminRefusal.notFound }
        var call = LocalAPI.Call(HTTPRequest.Method(screen.updateCall.method.rawValue) ?? .patch, target)
            .sending(.object(values.members(of: settled)))
        if let version = sent["version"], !version.isEmpty { call.headers[.ifMatch] = "\"\(version)\"" }
        let answer = await visit.send(call)
        guard answer.isSuccess else {
            var state = refused(answer, values, settled)
            if state.takesNewVersion {
                let now = try await visit.read(path)
                let clash = await VersionClash(values, sent, now: now, path: target)
                state.show(clash, values, sent, now: now)
            }
            return try await DetailPage(visit).show(state)
        }
        let kept = answer.json.text(screen.key) ?? key
        let (name, notice) = nextPage(of: answer.json)
        return visit.redirect("/admin/\(name)/\(PercentEncoding.encode(kept))/", saying: visit.text(notice))
    }

    /// The screen that shows a row after its change, and what it says.
    private func nextPage(of row: JSONValue) -> (screen: String, notice: Phrase) {
        guard let on = form.leadsOn, on.condition.isMet(by: row), let other = visit.site.byName[on.screen],
            visit.may(.get, other.item ?? other.list)
        else { return (screen.name, Words.saved) }
        return (other.name, on.notice)
    }

    private func refused(_ answer: APIAnswer, _ values: FieldValues, _ sent: SubmittedForm) -> FormState {
        var state = FormState(texts: values.texts(of: sent))
        state.errors = FormErrors(answer, values.fields, visit.language)
        state.errors.byField.merge(values.unclear(in: sent)) { $1 }
        if let reason = answer.clash { state.errors.general = [visit.text(reason)] }
        state.take(answer, sent)
        return state
    }

    private func checkCreation() throws {
        guard form.creates else { throw AdminRefusal.notFound }
        guard visit.may(screen.createCall) else {
            throw AdminRefusal.forbidden
        }
    }

    private func values(_ use: AdminField.Use, of row: JSONValue = .null) -> FieldValues {
        FieldValues(
            visit: visit, fields: form.fields.filter { ($0.use == .always || $0.use == use) && $0.applies(to: row) })
    }

    private func page(_ state: FormState, row: JSONValue?, hadFiles: Bool = false) async -> AdminPage {
        var view = await FormView(visit, form, .creating).view(state, row: .null)
        view.merge(pictureField(hadFiles: hadFiles)) { $1 }
        view["action"] = "/admin/\(screen.name)/new/"
        view["back"] = "/admin/\(screen.name)/"
        view["backTitle"] = visit.text(screen.title)
        var page = visit.page("form", title: visit.text(Words.new, visit.text(screen.singular)), view)
        page.status = state.status
        return page
    }
}

/// What a form holds when it is shown.
struct FormState: Sendable {
    /// The texts by field.
    var texts: [String: [String]]
    /// What was refused.
    var errors = FormErrors()
    /// What was typed to name a row and names none, or several, by field.
    var entries: [String: RowEntry] = [:]
    /// The key by which a second press of the button does nothing more.
    var once: String?
    /// The version that is edited; nil for the one that is there now.
    var version: String?
    /// Whether what is sent next goes over the version that is there now.
    var takesNewVersion = false
    /// The marks of what the fields held before; nil for what stands there now.
    var was: String?
    /// What somebody else has saved meanwhile, where the form was sent with an older version.
    var clash: VersionClash?
    /// The status of the page.
    var status = HTTPResponse.Status.ok

    /// Takes what a form that was refused is sent with next. A version that is not there any more makes place for the one that
    /// is, and a key that other entries were sent with for a new one.
    mutating func take(_ answer: APIAnswer, _ sent: SubmittedForm) {
        status = answer.response.status
        takesNewVersion = status == .preconditionFailed
        version = takesNewVersion ? nil : sent["version"]
        was = takesNewVersion ? nil : sent["was"]
        once = answer.isKeyUsed ? nil : sent["once"]
    }
}

extension APIAnswer {
    /// Whether the key of the form was that of another call, which was done: as where somebody goes back and changes an entry.
    var isKeyUsed: Bool { code == "idempotency_key_reused" }

    /// Why a form has to be sent again although nothing in it is wrong; nil where that is not why it was refused.
    var clash: Phrase? {
        if response.status == .preconditionFailed { return Words.changedMeanwhile }
        return isKeyUsed ? Words.sentBefore : nil
    }
}

/// A form as its template shows it.
struct FormView: Sendable {
    let visit: Visit
    let groups: [AdminForm.Group]
    let use: AdminField.Use

    init(_ visit: Visit, _ form: AdminForm, _ use: AdminField.Use) {
        self.visit = visit
        groups = form.groups
        self.use = use
    }

    init(_ visit: Visit, _ fields: [AdminField]) {
        self.visit = visit
        groups = [AdminForm.Group(nil, fields)]
        use = .always
    }

    func view(_ state: FormState, row: JSONValue) async -> [String: Any] {
        var views: [[String: Any]] = []
        let shown = FieldViews(visit)
        for group in groups {
            var fields: [[String: Any]] = []
            for field in group.fields where field.use == .always || field.use == use || use == .always {
                guard field.applies(to: row) else { continue }
                fields.append(
                    await shown.view(
                        field, state.texts[field.name] ?? [], row: row, error: state.errors.byField[field.name],
                        entry: state.entries[field.name]))
            }
            if fields.isEmpty { continue }
            views.append(["fields": fields].merging(group.title.map { ["heading": visit.text($0)] } ?? [:]) { $1 })
        }
        var view: [String: Any] = [
            "groups": views, "once": state.once ?? visit.site.random.token(byteCount: 16), "isForm": true,
            "hasErrors": !state.errors.general.isEmpty || !state.errors.byField.isEmpty, "errors": state.errors.general,
            "isMarked": !state.errors.byField.isEmpty,
            "hasFiles": groups.flatMap(\.fields).contains { if case .file = $0.kind { true } else { false } },
        ]
        if let version = state.version ?? row.text("version") { view["version"] = version }
        return view
    }
}

extension AdminField {
    /// Returns whether the form of a row has the field; that of none has all.
    func applies(to row: JSONValue) -> Bool { row == .null || condition.isMet(by: row) }
}
