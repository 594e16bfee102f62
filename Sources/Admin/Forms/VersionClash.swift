import AdminPages
import Primitives
import Web

/// What somebody typed into a form beside what another editor has saved meanwhile: of each field that differs, one of the two
/// is taken.
struct VersionClash: Sendable {
    /// A field that differs.
    struct Difference: Sendable {
        let name: String
        let title: String
        let mine: String
        let theirs: String
        /// Whether what stands there now is taken.
        let takesTheirs: Bool
    }

    let differences: [Difference]
    /// Who changed it last, and when; nil where the reader may not see that.
    let lastChange: String?

    /// What the names of the inputs begin with by which one of the two is chosen.
    private static let choice = "take."

    /// Compares what was sent with the row as it is now, which is changed at `path`. What its reader chose before stays chosen;
    /// else a field that they left as it was is taken from the row.
    init(_ values: FieldValues, _ sent: SubmittedForm, now row: JSONValue, path: String) async {
        let visit = values.visit
        let (typed, current) = (values.texts(of: sent), values.texts(of: row))
        let (marks, shown) = (FieldMarks(sent["was"]), FieldViews(visit))
        var differences: [Difference] = []
        for field in values.fields where field.isCompared {
            let (mine, theirs) = (typed[field.name] ?? [], current[field.name] ?? [])
            guard FieldMarks.plain(field, mine) != FieldMarks.plain(field, theirs) else { continue }
            let chosen = sent[Self.choice + field.name].map { $0 == "theirs" }
            differences.append(
                Difference(
                    name: field.name, title: visit.text(field.title), mine: await shown.words(field, mine, row: row),
                    theirs: await shown.words(field, theirs, row: row),
                    takesTheirs: chosen ?? marks.had(field, mine)))
        }
        self.differences = differences
        lastChange = await Self.lastChange(at: path, visit)
    }

    private static func lastChange(at path: String, _ visit: Visit) async -> String? {
        guard let audit = visit.site.audit, visit.may(.get, audit.list),
            let entry = try? await visit.read(audit.list, ["path": path, "page_size": "1"]).rows.first,
            let who = entry.text("actor_email"), let when = entry.text("created_at")
        else { return nil }
        return ClashWords.lastChange.text(in: visit.language, who, visit.format.moment(when))
    }

    /// Returns a form as it was sent, with what stands in the row in the fields that are taken from it.
    static func settled(_ sent: SubmittedForm, _ values: FieldValues, _ row: JSONValue) -> SubmittedForm {
        let taken = values.fields.filter { $0.isCompared && sent[choice + $0.name] == "theirs" }
        guard !taken.isEmpty else { return sent }
        let names = Set(taken.map(\.name))
        let current = FieldValues(visit: values.visit, fields: taken).texts(of: row)
        let others = current.flatMap { name, texts in texts.map { (name: name, value: $0) } }
        return SubmittedForm(sent.texts.filter { !names.contains($0.name) } + others)
    }

    /// The view of the choices.
    func view(in language: AdminLanguage) -> [String: Any] {
        let rows = differences.map { difference -> [String: Any] in
            [
                "name": Self.choice + difference.name, "title": difference.title,
                "mine": difference.mine.isEmpty ? "–" : difference.mine,
                "theirs": difference.theirs.isEmpty ? "–" : difference.theirs, "takesTheirs": difference.takesTheirs,
            ]
        }
        var view: [String: Any] = [
            "rows": rows, "differs": !rows.isEmpty, "heading": ClashWords.heading.text(in: language),
            "help": ClashWords.help.text(in: language), "fieldTitle": ClashWords.field.text(in: language),
            "mineTitle": ClashWords.mine.text(in: language), "theirsTitle": ClashWords.theirs.text(in: language),
        ]
        if let lastChange { view["lastChange"] = lastChange }
        return view
    }
}

extension FormState {
    /// Shows what another editor has saved beside what was typed; the form goes over that version next.
    mutating func show(_ clash: VersionClash, _ values: FieldValues, _ sent: SubmittedForm, now row: JSONValue) {
        let explanation = clash.differences.isEmpty ? ClashWords.same : ClashWords.explanation
        texts = values.texts(of: sent)
        errors.general = [values.visit.text(explanation)]
        version = row.text("version")
        self.clash = clash
    }
}

extension FieldViews {
    /// Returns what a field holds in words: names in place of keys, and words of the reader's language.
    func words(_ field: AdminField, _ values: [String], row: JSONValue) async -> String {
        switch field.kind {
        case .flag: return visit.text(values.first == "true" ? Words.yes : Words.no)
        case .day: return values.map(visit.format.day).joined(separator: ", ")
        default: break
        }
        let view = await self.view(field, values, row: row)
        let parts = [view] + (view["areas"] as? [[String: Any]] ?? [])
        let options = parts.flatMap { $0["options"] as? [[String: Any]] ?? [] }
        let names = options.filter { $0["isOn"] as? Bool == true }.compactMap { $0["text"] as? String }
        return (names.isEmpty ? values : names).joined(separator: ", ")
    }
}

/// The texts about two editors of one row.
enum ClashWords {
    static let heading = Phrase("What differs", "Unterschiede")
    static let explanation = Phrase(
        "Somebody else has changed this meanwhile. Choose below what is saved of each field, and save again.",
        "Jemand anderes hat das inzwischen geändert. Wählen Sie unten je Feld, was gespeichert wird, und speichern Sie erneut."
    )
    static let same = Phrase(
        "Somebody else has changed this meanwhile. Nothing that you typed differs from what stands there now.",
        "Jemand anderes hat das inzwischen geändert. Ihre Angaben entsprechen dem jetzigen Stand.")
    static let help = Phrase(
        "Where you take what stands there now, your entry below is left aside.",
        "Wo Sie den jetzigen Stand übernehmen, bleibt Ihre Angabe weiter unten außer Acht.")
    static let field = Phrase("Field", "Feld")
    static let mine = Phrase("Your entry", "Ihre Angabe")
    static let theirs = Phrase("There now", "Jetziger Stand")
    static let lastChange = Phrase("Last changed by %1, %2.", "Zuletzt geändert von %1, %2.")
    static let now = Phrase("There now: %1", "Jetziger Stand: %1")
}
