import AdminPages
import HTTPTypes
import Primitives
import Web

/// Saves a grid: one call for each element that was deleted, changed or made. What is done stays done; what is refused is
/// shown again as it was typed.
struct GridSaving: Sendable {
    let form: GridForm
    let sent: SubmittedForm
    /// The names of pairs, in the order of their columns.
    let names: [String: [String]]
    private(set) var state: SectionState
    /// The number of elements that were saved.
    private(set) var done = 0

    init(_ form: GridForm, _ sent: SubmittedForm, at place: Int) {
        self.form = form
        self.sent = sent
        names = form.names(in: sent)
        state = SectionState(place: place)
        state.names = names
    }

    private typealias Entry = (column: GridColumn, text: String)

    private var visit: Visit { form.visit }

    /// Saves everything that differs from what the page held.
    mutating func save() async {
        let deleted = sent.all("delete")
        for id in deleted { await delete(id) }
        for id in sent.all("row") where !deleted.contains(id) { await change(id) }
        for id in sent.all("new") { await create(id) }
        if state.isRefused, done > 0 { state.general.insert(visit.text(SectionWords.partlySaved, String(done)), at: 0) }
    }

    private mutating func delete(_ id: String) async {
        guard let call = form.grid.delete, let found = element(id),
            let path = AdminCall.path(call.path, for: form.row, within: found)
        else { return }
        let answer = await visit.send(versioned(LocalAPI.Call(.delete, path), id))
        if answer.isSuccess { return done += 1 }
        let texts = entries(id, new: false)
        state.keep(id, named(id, texts), sent, answer)
        refuse(id, texts, answer)
    }

    private mutating func change(_ id: String) async {
        let texts = entries(id, new: false)
        let origins = SectionOrigin.texts(sent["was.\(id)"])
        let changed = texts.enumerated().filter { place, entry in
            !(origins.indices.contains(place) && origins[place].isSame(as: entry.text))
        }.map(\.element)
        guard let update = form.grid.update, !changed.isEmpty else { return }
        guard let found = element(id), let path = AdminCall.path(update.path, for: form.row, within: found) else {
            return state.general.append(visit.text(SectionWords.gone, texts.first?.text ?? id))
        }
        guard !refuseNameless(id, texts) else { return state.keep(id, named(id, texts), sent) }
        let method = HTTPRequest.Method(update.method.rawValue) ?? .patch
        var body = form.body(Self.whole(changed, of: texts), names)
        for (name, member) in form.grid.sends { body[name] = member.member(of: form.row, within: found) ?? .null }
        var call = versioned(LocalAPI.Call(method, path).sending(.object(body)), id)
        if method == .post { call.headers[.idempotencyKey] = sent.key(of: call) }
        let answer = await visit.send(call)
        if answer.isSuccess { return done += 1 }
        state.keep(id, named(id, texts), sent, answer)
        refuse(id, texts, answer)
    }

    private mutating func create(_ id: String) async {
        let texts = entries(id, new: true)
        guard let call = form.grid.create, let path = AdminCall.path(call.path, for: form.row),
            texts.contains(where: { !$0.text.trimmed.isSame(as: form.standard($0.column)) })
        else { return }
        guard !refuseNameless(id, texts) else { return state.keep(id, named(id, texts), sent) }
        var body = form.body(texts, names)
        for (name, member) in form.grid.inherited { body[name] = form.row.at(member) ?? .null }
        let method = HTTPRequest.Method(call.method.rawValue) ?? .post
        var made = LocalAPI.Call(method, path).sending(.object(body))
        made.headers[.idempotencyKey] = sent["once"].map { "\($0)-\(id)" }
        let answer = await visit.send(made)
        if answer.isSuccess { return done += 1 }
        state.keep(id, named(id, texts), sent, answer)
        refuse(id, texts, answer)
    }

    /// Returns what was changed, pairs all together: they are one member of the body.
    private static func whole(_ changed: [Entry], of texts: [Entry]) -> [Entry] {
        let fields = changed.filter { $0.column.list == nil }
        let lists = Set(changed.compactMap(\.column.list))
        return fields + texts.filter { $0.column.list.map { lists.contains($0) } ?? false }
    }

    private func element(_ id: String) -> JSONValue? { form.elements.first { $0.text("id") == id } }

    /// Returns what was sent for an element, column by column.
    private func entries(_ id: String, new: Bool) -> [Entry] {
        form.columns(names).filter { $0.isEntered(new: new) }.map { ($0, form.text(in: sent, id, $0)) }
    }

    /// Returns the texts by the names of their inputs.
    private func named(_ id: String, _ texts: [Entry]) -> [String: String] {
        let pairs = texts.compactMap { entry in entry.column.key.map { (SectionInput.name(id, $0), entry.text) } }
        return Dictionary(pairs) { first, _ in first }
    }

    private func versioned(_ call: LocalAPI.Call, _ id: String) -> LocalAPI.Call {
        guard let version = sent["version.\(id)"], !version.isEmpty else { return call }
        var call = call
        call.headers[.ifMatch] = "\"\(version)\""
        return call
    }

    /// Refuses values whose columns have no name, and returns whether there is one.
    private mutating func refuseNameless(_ id: String, _ texts: [Entry]) -> Bool {
        var isNameless = false
        for (column, text) in texts {
            guard case .pair(let pairs, let place) = column, let key = column.key, !text.trimmed.isEmpty,
                names[pairs.member]?[place].isEmpty ?? true
            else { continue }
            state.errors[SectionInput.name(id, key)] = visit.text(SectionWords.nameless)
            isNameless = true
        }
        return isNameless
    }

    /// Says at each input that differs what stands there now.
    private mutating func compare(_ id: String, _ texts: [Entry]) {
        guard let found = element(id) else { return }
        for (column, text) in texts {
            guard let key = column.key else { continue }
            let now = form.text(of: found, column, names)
            guard !now.isSame(as: text) else { continue }
            let shown = now.isEmpty ? "–" : column.isFlag ? visit.text(now == "true" ? Words.yes : Words.no) : now
            state.errors[SectionInput.name(id, key)] = visit.text(ClashWords.now, shown)
        }
    }

    /// Puts what was refused to the inputs that it is about.
    private mutating func refuse(_ id: String, _ texts: [Entry], _ answer: APIAnswer) {
        if answer.response.status == .preconditionFailed {
            state.problems[id] = visit.text(Words.changedMeanwhile)
            return compare(id, texts)
        }
        var (fields, inputs): ([AdminField], [String: String]) = ([], [:])
        for column in texts.map(\.column) {
            guard let key = column.key else { continue }
            switch column {
            case .shown: continue
            case .field(let field): fields.append(field)
            case .pair(let pairs, _):
                // The first column of pairs stands for all of them: the endpoint names the list alone.
                guard inputs[pairs.member] == nil else { continue }
                fields.append(AdminField(pairs.member, pairs.title, .text))
            }
            inputs[fields.last?.name ?? key] = SectionInput.name(id, key)
        }
        let errors = FormErrors(answer, fields, visit.language)
        for (name, text) in errors.byField.merging(form.unclear(texts), uniquingKeysWith: { $1 }) {
            if let input = inputs[name] { state.errors[input] = text }
        }
        if !errors.general.isEmpty { state.problems[id] = errors.general.joined(separator: " ") }
    }
}
