import AdminPages
import HTTPTypes
import Primitives
import Web

/// Adds pictures to a row, or saves what was entered about those that it has, their order and which were taken off. What is
/// done stays done; what is refused is shown again as it was typed.
struct PictureSaving: Sendable {
    let visit: Visit
    let pictures: AdminPictures
    /// The page's row.
    let row: JSONValue
    let sent: SubmittedForm
    private(set) var state: SectionState
    /// The number of pictures that were added, changed, moved or taken off.
    private(set) var done = 0

    init(_ visit: Visit, _ pictures: AdminPictures, _ row: JSONValue, _ sent: SubmittedForm, at place: Int) {
        self.visit = visit
        self.pictures = pictures
        self.row = row
        self.sent = sent
        state = SectionState(place: place)
    }

    private var elements: [JSONValue] { row.at(pictures.member)?.elements ?? [] }

    // MARK: Adding

    /// Adds each file that was sent, in their order.
    mutating func upload() async {
        let files = sent.files.filter { $0.name == "file" }.map(\.file)
        guard !files.isEmpty, let path = AdminCall.path(pictures.add.path, for: row) else {
            return state.general.append(visit.text(SectionWords.noFile))
        }
        for (place, file) in files.enumerated() {
            let body = MultipartBody(pictures.file, file)
            var call = LocalAPI.Call(HTTPRequest.Method(pictures.add.method.rawValue) ?? .post, path)
            call.body = body.bytes
            call.headers[.contentType] = body.contentType
            // The same picture may be chosen twice: its place tells the one from the other.
            call.headers[.idempotencyKey] = sent.key(of: call).map { "\($0)-\(place)" }
            let answer = await visit.send(call)
            if answer.isSuccess {
                done += 1
            } else {
                state.status = answer.response.status
                state.general.append("\(file.fileName): \(reason(of: answer))")
            }
        }
        if state.isRefused, done > 0 { state.general.insert(visit.text(SectionWords.partlySaved, String(done)), at: 0) }
    }

    /// Returns why a file was refused.
    private func reason(of answer: APIAnswer) -> String {
        let field = AdminField(pictures.file, Phrase("", ""), .file(pictures.types))
        let errors = FormErrors(answer, [field], visit.language)
        return ([errors.byField[pictures.file]].compactMap { $0 } + errors.general).joined(separator: " ")
    }

    // MARK: Changing

    /// Takes off what was ticked, and writes texts and order where they differ from what the page held.
    mutating func save() async {
        let deleted = sent.all("delete")
        for id in deleted { await remove(id) }
        let order = wantedOrder(without: deleted)
        for (place, id) in order.enumerated() {
            guard let found = element(id) else { continue }
            await change(found, id, isMoved(order) ? place : nil)
        }
        if state.isRefused, done > 0 { state.general.insert(visit.text(SectionWords.partlySaved, String(done)), at: 0) }
    }

    private mutating func remove(_ id: String) async {
        guard let found = element(id), let path = AdminCall.path(pictures.remove.path, for: row, within: found)
        else { return }
        let answer = await visit.send(LocalAPI.Call(.delete, path))
        if answer.isSuccess { return done += 1 }
        refuse(id, answer)
    }

    /// Writes what was entered about a picture, and its place where that is another than it has.
    private mutating func change(_ element: JSONValue, _ id: String, _ place: Int?) async {
        guard let path = AdminCall.path(pictures.change.path, for: row, within: element) else { return }
        let written = entered(id)
        var body = written
        if let place, element.text(pictures.order) != String(place) { body[pictures.order] = .number(String(place)) }
        if body.isEmpty { return }
        var call = LocalAPI.Call(HTTPRequest.Method(pictures.change.method.rawValue) ?? .patch, path)
            .sending(.object(body))
        // Who only moves pictures takes nothing from whoever has described them meanwhile.
        if !written.isEmpty, let version = sent["version.\(id)"], !version.isEmpty {
            call.headers[.ifMatch] = "\"\(version)\""
        }
        let answer = await visit.send(call)
        if answer.isSuccess { return done += 1 }
        refuse(id, answer)
    }

    /// Returns the members of what was entered about a picture that differ from what the page held.
    private func entered(_ id: String) -> [String: JSONValue] {
        let origins = SectionOrigin.texts(sent["was.\(id)"])
        let changed = pictures.fields.enumerated().filter { place, field in
            !(origins.indices.contains(place) && origins[place].isSame(as: text(id, field)))
        }.map(\.element)
        let form = SubmittedForm(changed.map { (name: $0.name, value: text(id, $0)) })
        return FieldValues(visit: visit, fields: changed).members(of: form)
    }

    private func text(_ id: String, _ field: AdminField) -> String {
        let text = sent[SectionInput.name(id, field.name)] ?? ""
        if field.kind == .flag { return text == "true" ? "true" : "false" }
        return text.replacing { $0 == "\r" ? "" : nil }
    }

    private mutating func refuse(_ id: String, _ answer: APIAnswer) {
        var texts: [String: String] = [:]
        for field in pictures.fields { texts[SectionInput.name(id, field.name)] = text(id, field) }
        state.keep(id, texts, sent, answer)
        if answer.response.status == .preconditionFailed {
            state.problems[id] = visit.text(Words.changedMeanwhile)
            return
        }
        let errors = FormErrors(answer, pictures.fields, visit.language)
        for (name, text) in errors.byField { state.errors[SectionInput.name(id, name)] = text }
        if !errors.general.isEmpty { state.problems[id] = errors.general.joined(separator: " ") }
    }

    private func element(_ id: String) -> JSONValue? { elements.first { $0.text("id") == id } }

    // MARK: Order

    /// The pictures in the order in which the form has them, with the step of the button that was pressed.
    private func wantedOrder(without deleted: [String]) -> [String] {
        let known = elements.compactMap { $0.text("id") }
        let sentOrder = sent.all("row").filter { known.contains($0) }
        var order = (sentOrder + known.filter { !sentOrder.contains($0) }).filter { !deleted.contains($0) }
        let (step, id) = (sent["move"] ?? "").halves(at: ".")
        guard let id, let place = order.firstIndex(of: String(id)) else { return order }
        let target = step == "first" ? 0 : step == "up" ? place - 1 : place + 1
        guard order.indices.contains(target) else { return order }
        let moved = order.remove(at: place)
        order.insert(moved, at: target)
        return order
    }

    /// Returns whether an order is another than the pictures have.
    private func isMoved(_ order: [String]) -> Bool {
        elements.compactMap { $0.text("id") }.filter { order.contains($0) } != order
    }
}
