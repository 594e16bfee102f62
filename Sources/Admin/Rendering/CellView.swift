import AdminPages
import Commerce
import Primitives
import Web

/// Values of rows as templates show them.
extension Visit {
    /// Returns the views of a row's cells, each with the heading of its column. Where a row is a card, the cell at `lead` is its
    /// title, in want of one the first that is no picture, and its status stands beside that.
    func cells(_ columns: [AdminColumn], of row: JSONValue, lead: Int? = nil) -> [[String: Any]] {
        let lead = lead ?? columns.firstIndex { $0.kind != .picture }
        let state =
            columns.firstIndex { $0.kind == .status && ["status", "state"].contains($0.member) }
            ?? columns.firstIndex { $0.kind == .status }
        return columns.enumerated().map { place, column -> [String: Any] in
            var view = cell(column, of: row)
            var classes: [String] = []
            if place == lead { classes.append("lead") } else if place == state { classes.append("state") }
            if view["isNumber"] as? Bool == true { classes.append("number") }
            view["heading"] = text(column.title)
            if !classes.isEmpty { view["classes"] = classes.joined(separator: " ") }
            return view
        }
    }

    /// Returns the view of a cell: its text and how it is dressed.
    func cell(_ column: AdminColumn, of row: JSONValue) -> [String: Any] {
        let value = row.at(column.member) ?? .null
        var view: [String: Any] = [:]
        switch column.kind {
        case .picture:
            if let address = picture(value) { view["picture"] = address } else { view["nothing"] = true }
            return view
        case .photo(let full):
            guard let address = value.scalarText, let whole = row.text(full), whole.begins(with: "http") else {
                view["nothing"] = true
                return view
            }
            view.merge(["photo": address, "full": whole, "photoText": text(Words.photo)]) { $1 }
            return view
        case .list(let member):
            let texts = value.elements.map { element in
                word((member.isEmpty ? element.scalarText : element.text(member)) ?? "")
            }
            view["text"] = texts.joined(separator: ", ")
        case .json:
            view["text"] = value == .null ? "" : value.lines()
            view["json"] = true
        case .code where !value.elements.isEmpty:
            view["text"] = value.elements.compactMap(\.scalarText).joined(separator: ", ")
            view["code"] = true
        case .address where !value.elements.isEmpty:
            view["text"] = String(value.elements.count)
            view["addresses"] = value.elements.compactMap(\.scalarText).map { text -> [String: Any] in
                Self.isWebAddress(text) ? ["address": text] : ["other": text]
            }
        case .postalAddress:
            let address = PostalAddress(of: value)
            view["text"] = address.letterLines(country: country(address.country)).joined(separator: "\n")
            view["long"] = true
        case .country:
            let codes = value.scalarText.map { [$0] } ?? value.elements.compactMap(\.scalarText)
            view["text"] = codes.map(country).joined(separator: ", ")
        case .flag:
            view["flag"] = true
            view["text"] = value.holds ? text(Words.yes) : text(Words.no)
            view["isOn"] = value.holds
        case .stars:
            let count = min(5, max(0, value.scalarText.flatMap { Int($0) } ?? 0))
            view["stars"] = String(repeating: "★", count: count) + String(repeating: "☆", count: 5 - count)
            view["text"] = text(Words.starsOfFive, String(count))
        case .refusals:
            view["text"] = refusals(value)
            view["long"] = true
        case .deed:
            let deed = self.deed(row)
            view["text"] = deed.text
            if let address = deed.address { view["link"] = address }
        case .changes(let before):
            view["text"] = changes(row.at(before) ?? .null, value, about: row.text("about") ?? "")
            view["long"] = true
        default: dress(&view, column, value.scalarText ?? "", row)
        }
        if (view["text"] as? String)?.isEmpty ?? true { view["nothing"] = true }
        return view
    }

    private func dress(_ view: inout [String: Any], _ column: AdminColumn, _ text: String, _ row: JSONValue) {
        view["text"] = text
        guard !text.isEmpty else { return }
        switch column.kind {
        case .money: view["text"] = format.money(text, currency: row.text("currency"))
        case .number: view["text"] = format.number(text)
        case .rate: view["text"] = format.rate(text)
        case .day: view["text"] = format.day(text)
        case .moment:
            view["text"] = format.moment(text)
            view["moment"] = text
        case .status:
            view["text"] = word(text)
            view["badge"] = Vocabulary.tone(of: text)
        case .code:
            let words = Vocabulary.programs[text]?.text(in: language)
            view["text"] = words ?? text
            view["code"] = words == nil
        case .longText: view["long"] = true
        case .note:
            view["text"] = Messages.text(text, in: language)
            view["long"] = true
        case .indented(let depth):
            if let depth = row.text(depth), depth != "0" { view["indent"] = depth }
        case .address: view["address"] = Self.isWebAddress(text) ? text : nil
        case .link(let screen, let key):
            if isWord(column.member, on: site.byName[screen]) { view["text"] = word(text) }
            guard let found = row.text(key) else {
                // Who is gone has a name of the shop's.
                view["text"] = Messages.text(view["text"] as? String ?? text, in: language)
                break
            }
            if let target = site.byName[screen], may(.get, target.item ?? target.list) {
                view["link"] = "/admin/\(screen)/\(PercentEncoding.encode(found))/"
            }
        default: break
        }
        view["isNumber"] = column.isNumeric
    }

    /// Returns the sentences of a refusal, one a line, each with the field that it is about.
    private func refusals(_ value: JSONValue) -> String {
        FormErrors.sentences(value, at: "").map { path, sentence in
            let (field, rest) = path.halves(at: ".")
            let place = field.isSame(as: "non_field_errors") ? String(rest ?? "") : path
            return (place.isEmpty ? "" : place + ": ") + Messages.text(sentence, in: language)
        }.joined(separator: "\n")
    }

    private static func isWebAddress(_ text: String) -> Bool {
        text.begins(with: "https://") || text.begins(with: "http://")
    }

    /// Returns a word of the wire in the reader's language.
    func word(_ word: String) -> String {
        Vocabulary.phrase(for: word)?.text(in: language) ?? Messages.text(word, in: language)
    }

    /// Returns what a row of a screen is called; nil where it has no name. A name that the list shows as a word of the wire is
    /// one here too.
    func name(of row: JSONValue, on screen: AdminScreen) -> String? {
        if screen.columns.contains(where: { $0.kind == .deed }) { return deed(row).text }
        guard let text = row.text(screen.label) else { return nil }
        if let words = Vocabulary.programs[text] { return words.text(in: language) }
        return isWord(screen.label, on: screen) ? word(text) : text
    }

    /// Whether a screen's list shows a member as a word of the wire.
    private func isWord(_ member: String, on screen: AdminScreen?) -> Bool {
        screen?.columns.contains { $0.member.isSame(as: member) && $0.kind == .status } ?? false
    }

    func text(_ phrase: Phrase, _ value: String) -> String { phrase.text(in: language, value) }

    /// Returns the address of a picture: a text, or the smallest size of an object of sizes.
    func picture(_ value: JSONValue) -> String? {
        let names = ["160", "thumbnail", "small", "image", "url", "medium"]
        return value.scalarText ?? names.lazy.compactMap { value.text($0) }.first
            ?? value.elements.first.flatMap { picture($0) }
    }
}

extension AdminColumn {
    /// Whether its values stand at the right.
    var isNumeric: Bool {
        switch kind {
        case .money, .number, .rate: true
        default: false
        }
    }
}
