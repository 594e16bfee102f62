import AdminPages
import HTTPTypes
import Primitives
import Web

/// An action on many rows of a list: first how many and which, then one call a row, then what came of it, with a way back where
/// there is one.
struct BulkPage: Sendable {
    /// The most rows of one action.
    static let limit = 500
    /// The rows that a preview names.
    private static let named = 20

    let visit: Visit
    let screen: AdminScreen
    let action: AdminAction
    let sent: SubmittedForm

    /// - Throws: `AdminRefusal.notFound` where there is no such action.
    init(_ visit: Visit, _ sent: SubmittedForm) throws {
        self.visit = visit
        self.sent = sent
        screen = try visit.screen()
        guard let action = try visit.screen().actions.first(where: { $0.isBulk && $0.name == sent["action"] }) else {
            throw AdminRefusal.notFound
        }
        self.action = action
    }

    /// - Throws: `AdminRefusal` where the reader may not do it.
    func answer() async throws -> AdminPage {
        guard visit.may(action.call) else { throw AdminRefusal.forbidden }
        let unclear = values.unclear(in: sent)
        let entries = await RowEntries(sent, action.fields, visit)
        let isAsking = sent["confirmed"] == nil || visit.isReturning || !unclear.isEmpty || !entries.open.isEmpty
        return isAsking ? try await preview(entries, unclear) : try await carryOut(entries.form)
    }

    private var values: FieldValues { FieldValues(visit: visit, fields: action.fields) }

    /// Shows how many rows it is and which; `unclear` are the refusals of numbers that may be one of two, by field.
    private func preview(_ entries: RowEntries, _ unclear: [String: String]) async throws -> AdminPage {
        let isForAll = action.condition == .always && action.undoWhere == .always
        let found = try await rows.read(most: Self.limit + 1, keysAlone: isForAll)
        let chosen = found.prefix(Self.limit).filter { $0.meets(action.condition) }
        let others = min(found.count, Self.limit) - chosen.count
        guard !chosen.isEmpty else {
            return visit.redirect(back, saying: visit.text(found.isEmpty ? Words.noneChosen : Words.nothingToDo))
        }
        var state = FormState(texts: values.texts(of: nil))
        if sent["confirmed"] != nil { state = FormState(entries, values, sent) }
        state.errors.byField.merge(unclear) { own, _ in own }
        if sent["confirmed"] != nil, visit.isReturning { state.errors.general = [visit.text(Words.signedInAgain)] }
        var view = await FormView(visit, action.fields).view(state, row: .null)
        view.merge([
            "action": visit.call.path, "name": action.name, "chosen": chosen.map(view(of:)), "back": back,
            "backTitle": visit.text(screen.title), "button": visit.text(action.title),
            "isDanger": action.weight == .danger,
            "howMany": visit.text(Words.concerns, visit.format.number(String(chosen.count)))
                + (found.count > Self.limit ? " " + visit.text(Words.firstOnes) : ""),
            "names": chosen.prefix(Self.named).map(\.name),
        ]) { $1 }
        if let explanation = action.explanation { view["warning"] = visit.text(explanation) }
        let effects = action.effects.filter { effect in chosen.contains { $0.meets(effect.condition) } }
        view["effects"] = effects.map { visit.text($0.sentence) }
        if others > 0 { view["others"] = visit.text(Words.othersAsTheyAre, visit.format.number(String(others))) }
        if chosen.count > Self.named {
            view["more"] = visit.text(Words.moreRows, String(chosen.count - Self.named))
        }
        var page = visit.page("bulk", title: action.title, view)
        if !unclear.isEmpty || !entries.open.isEmpty { page.status = .badRequest }
        return page
    }

    private func view(of row: ChosenRow) -> [String: Any] {
        ["key": row.key, "rowName": row.name, "isFinal": !row.meets(action.undoWhere)]
    }

    private func carryOut(_ form: SubmittedForm) async throws -> AdminPage {
        let keys = Array(sent.all("row").prefix(Self.limit))
        let body = values.members(of: form).merging(action.body) { $1 }
        var (done, failed): ([String], [[String: Any]]) = ([], [])
        for key in keys {
            let answer = await call(key, body)
            if answer.isSuccess {
                done.append(key)
            } else {
                let errors = FormErrors(answer, [], visit.language)
                failed.append(["name": sent["name.\(key)"] ?? key, "reason": errors.general.joined(separator: " ")])
            }
        }
        return result(done, failed)
    }

    /// Calls the endpoint for one row; of the row it reads only what the path needs.
    private func call(_ key: String, _ body: [String: JSONValue]) async -> APIAnswer {
        var row = JSONValue.object([screen.key: .string(key)])
        if AdminCall.path(action.call.path, for: row) == nil, let path = screen.itemPath(key) {
            row = (try? await visit.read(path)) ?? row
        }
        guard let path = AdminCall.path(action.call.path, for: row) else {
            return APIAnswer(APIResponse(status: .notFound))
        }
        let method = HTTPRequest.Method(action.call.method.rawValue) ?? .post
        var call = LocalAPI.Call(method, path)
        if method != .delete { call = call.sending(.object(body)) }
        call.headers[.idempotencyKey] = sent.key(of: call)
        return await visit.send(call)
    }

    private func result(_ done: [String], _ failed: [[String: Any]]) -> AdminPage {
        var view: [String: Any] = [
            "back": back, "backTitle": visit.text(screen.title), "failed": failed, "hasFailed": !failed.isEmpty,
            "howMany": visit.text(Words.doneFor, visit.format.number(String(done.count))),
        ]
        let final = Set(sent.all("final"))
        let undone = done.filter { !final.contains($0) }
        if let undo = action.undo.flatMap({ name in screen.actions.first { $0.name == name } }), !undone.isEmpty {
            let chosen = undone.map { ["key": $0, "rowName": sent["name.\($0)"] ?? $0] }
            view["undo"] =
                [
                    "action": visit.call.path, "name": undo.name, "chosen": chosen, "title": visit.text(Words.undo),
                    "once": visit.site.random.token(byteCount: 16),
                ] as [String: Any]
            if undone.count < done.count {
                view["kept"] = visit.text(Words.notUndone, visit.format.number(String(done.count - undone.count)))
            }
        }
        return visit.page("result", title: action.title, view)
    }

    private var rows: ChosenRows { ChosenRows(visit: visit, screen: screen, sent: sent) }

    private var back: String { rows.back }
}
