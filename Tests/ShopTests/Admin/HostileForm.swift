import AdminPages
import AppHarness
import TestSupport
import Testing

/// Forms that are sent with hostile texts in their fields: what is taken stays in the shop, what is refused stands in the form again
/// as it was typed.
struct HostileForm: Sendable {
    let browser: AdminBrowser
    /// Moves which field gets which text.
    let round: Int

    /// Sends a form with a hostile text in each of these fields, and again without it in those that were refused: they hold what they
    /// held, or something plain where they are required.
    ///
    /// - Returns: the names of the fields whose texts were taken; none where nothing was.
    func send(
        _ form: MarkupPage.Form, _ names: [String], required: [String] = [], beside others: [String: String] = [:]
    ) async throws -> [String] {
        var (names, values) = (names, others)
        while !names.isEmpty {
            for (place, name) in names.enumerated() { values[name] = HostileText.text(round + place) }
            let answer = try await browser.submit(form, values)
            PageCheck.expectSound(answer, "POST \(form.action)")
            #expect(answer.status < 500, "POST \(form.action) with \(values): \(answer.status)")
            if answer.status < 400 { return names }
            expectTyped(values.filter { names.contains($0.key) }, answer, form.action)
            let wrong = Self.refused(answer.page)
            // What is refused for more than a field of these is left as it is.
            guard names.contains(where: { wrong.contains($0) }) else { return [] }
            for name in names where wrong.contains(name) {
                let held = form[name] ?? ""
                values[name] = held.isEmpty && required.contains(name) ? Self.plain(name, round) : held
            }
            names.removeAll { wrong.contains($0) }
        }
        return []
    }

    /// Sends a form of these fields with such texts, and with something beside them in what may not stay blank.
    ///
    /// - Returns: the names of the fields whose texts were taken; none where nothing was.
    func fill(_ form: MarkupPage.Form, _ fields: [AdminField]) async throws -> [String] {
        let texts = fields.filter(\.isText)
        let others = fields.compactMap { field in field.standIn(in: form).map { (field.name, $0) } }
        return try await send(
            form, texts.map(\.name), required: texts.filter(\.isRequired).map(\.name),
            beside: Dictionary(others) { first, _ in first })
    }

    /// Expects a form that was refused to hold what was typed.
    private func expectTyped(_ values: [String: String], _ answer: AdminBrowser.Answer, _ action: String) {
        guard [400, 409].contains(answer.status), let form = answer.page.form(to: action) else { return }
        for (name, text) in values {
            guard let shown = form[name] else { continue }
            #expect(PageCheck.isSame(shown, text), "POST \(action): \(name) was \(text) and is \(shown)")
        }
    }

    /// Returns a text that may be taken where a hostile one is not.
    private static func plain(_ name: String, _ round: Int) -> String {
        if name.contains("email") { return "plain\(round)@example.com" }
        if name.contains("url") || name.contains("website") { return "https://example.com/\(round)" }
        return "P\(round)"
    }

    /// The names of the fields that a form shows as wrong.
    private static func refused(_ page: MarkupPage) -> Set<String> {
        let wrong = page.tags.filter { $0.attributes["aria-invalid"] == "true" }.compactMap { $0.attributes["name"] }
        let told = page.tags.compactMap { tag -> String? in
            guard let id = tag.attributes["id"], id.hasPrefix("field-"), id.hasSuffix("-error") else { return nil }
            return String(id.dropFirst("field-".count).dropLast("-error".count))
        }
        return Set(wrong + told)
    }
}

extension AdminField {
    /// Whether any text can be entered.
    var isText: Bool {
        switch kind {
        case .text, .longText, .source, .lines: true
        default: false
        }
    }

    /// Returns what is entered beside hostile texts where the form holds nothing; nil where it may stay blank.
    func standIn(in form: MarkupPage.Form) -> String? {
        guard form[name]?.isEmpty ?? true else { return nil }
        switch kind {
        case .integer, .decimal, .money, .rate: return isRequired ? "7" : nil
        case .day: return isRequired ? "2030-01-01" : nil
        default: return form.controls.first { $0.name == name }?.options.first { !$0.isEmpty }
        }
    }
}

extension AdminSection {
    /// The names of the texts that its form has for an element.
    func cells(of id: String, in form: MarkupPage.Form) -> [String] {
        let cells: [String]
        switch content {
        case .pictures(let pictures): cells = pictures.fields.filter(\.isText).map(\.name)
        case .grid(let grid):
            cells = grid.columns.compactMap { column -> String? in
                switch column {
                case .entered(let field): field.isText ? field.name : nil
                case .pairs(let pairs): pairs.member + ".0"
                case .shown: nil
                }
            }
        default: cells = []
        }
        return cells.map { "cell.\(id).\($0)" }.filter { name in form.controls.contains { $0.name == name } }
    }
}
