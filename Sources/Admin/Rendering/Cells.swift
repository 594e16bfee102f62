import AdminPages
import Commerce
import Primitives
import Web

/// Values of rows as templates show them.
extension Visit {
    /// Returns the views of a row's cells, each with the heading of its column. Where a row is a card, the cell at `lead` is its
    /// title, in want of one the first that is no picture, and its status stands beside that.
    func cells(_ columns: [AdminColumn], of row: JSONValue, lead: Int? = nil) -> [CellView] {
        let lead = lead ?? columns.firstIndex { $0.kind != .picture }
        let state =
            columns.firstIndex { $0.kind == .status && ["status", "state"].contains($0.member) }
            ?? columns.firstIndex { $0.kind == .status }
        return columns.enumerated().map { place, column in
            var view = cell(column, of: row)
            var classes: [String] = []
            if place == lead { classes.append("lead") } else if place == state { classes.append("state") }
            if column.isNumeric, !view.isNothing { classes.append("number") }
            view.heading = text(column.title)
            if !classes.isEmpty { view.classes = classes.joined(separator: " ") }
            return view
        }
    }

    /// Returns the view of a cell: its text and how it is dressed.
    func cell(_ column: AdminColumn, of row: JSONValue) -> CellView {
        let value = row.at(column.member) ?? .null
        let view =
            switch column.kind {
            case .picture: picture(value).map { CellView(dress: .picture($0)) } ?? .nothing
            case .photo(let full): photo(value, whole: row.text(full))
            case .flag: CellView(text: text(value.holds ? Words.yes : Words.no), dress: .flag(value.holds))
            case .stars: stars(value)
            case .deed: deedCell(row)
            case .address where !value.elements.isEmpty: addresses(value.elements.compactMap(\.scalarText))
            case .list, .json, .code, .postalAddress, .country, .refusals, .changes:
                gathered(column.kind, value, row) ?? dressed(column, value.scalarText ?? "", row)
            default: dressed(column, value.scalarText ?? "", row)
            }
        switch view.dress {
        case .picture, .photo: return view
        default: return view.text.isEmpty ? .nothing : view
        }
    }

    /// Returns the text that several values make.
    private func gathered(_ kind: AdminColumn.Kind, _ value: JSONValue, _ row: JSONValue) -> CellView? {
        switch kind {
        case .list(let member):
            let texts = value.elements.map { element in
                word((member.isEmpty ? element.scalarText : element.text(member)) ?? "")
            }
            return CellView(text: texts.joined(separator: ", "))
        case .json: return CellView(text: value == .null ? "" : value.lines(), dress: .json)
        case .code where !value.elements.isEmpty:
            return CellView(text: value.elements.compactMap(\.scalarText).joined(separator: ", "), dress: .code)
        case .postalAddress:
            let address = PostalAddress(of: value)
            let lines = address.letterLines(country: country(address.country))
            return CellView(text: lines.joined(separator: "\n"), dress: .long)
        case .country:
            let codes = value.scalarText.map { [$0] } ?? value.elements.compactMap(\.scalarText)
            return CellView(text: codes.map(country).joined(separator: ", "))
        case .refusals: return CellView(text: refusals(value), dress: .long)
        case .changes(let before):
            let text = changes(row.at(before) ?? .null, value, about: row.text("about") ?? "")
            return CellView(text: text, dress: .long)
        default: return nil
        }
    }

    private func photo(_ value: JSONValue, whole: String?) -> CellView {
        guard let small = value.scalarText, let whole, whole.begins(with: "http") else { return .nothing }
        return CellView(text: text(Words.photo), dress: .photo(small: small, whole: whole))
    }

    private func stars(_ value: JSONValue) -> CellView {
        let count = min(5, max(0, value.scalarText.flatMap { Int($0) } ?? 0))
        let drawn = String(repeating: "★", count: count) + String(repeating: "☆", count: 5 - count)
        return CellView(text: text(Words.starsOfFive, String(count)), dress: .stars(drawn))
    }

    private func deedCell(_ row: JSONValue) -> CellView {
        let deed = deed(row)
        return CellView(text: deed.text, link: deed.address)
    }

    private func addresses(_ texts: [String]) -> CellView {
        let entries = texts.map { CellView.Entry(text: $0, isLink: Self.isWebAddress($0)) }
        return CellView(text: String(texts.count), dress: .addresses(entries))
    }

    private func dressed(_ column: AdminColumn, _ text: String, _ row: JSONValue) -> CellView {
        guard !text.isEmpty else { return .nothing }
        switch column.kind {
        case .money: return CellView(text: format.money(text, currency: row.text("currency")))
        case .number: return CellView(text: format.number(text))
        case .rate: return CellView(text: format.rate(text))
        case .day: return CellView(text: format.day(text))
        case .moment: return CellView(text: format.moment(text), dress: .moment(text))
        case .status: return CellView(text: word(text), dress: .badge(Vocabulary.tone(of: text)))
        case .code:
            let words = Vocabulary.programs[text]?.text(in: language)
            return CellView(text: words ?? text, dress: words == nil ? .code : .text)
        case .longText: return CellView(text: text, dress: .long)
        case .note: return CellView(text: Messages.text(text, in: language), dress: .long)
        case .indented(let depth):
            guard let depth = row.text(depth), depth != "0" else { return CellView(text: text) }
            return CellView(text: text, dress: .indented(depth))
        case .address: return CellView(text: text, dress: Self.isWebAddress(text) ? .address(text) : .text)
        case .link(let screen, let key): return linked(text, column.member, to: screen, row.text(key))
        default: return CellView(text: text)
        }
    }

    private func linked(_ text: String, _ member: String, to screen: String, _ key: String?) -> CellView {
        let target = site.byName[screen]
        let text = isWord(member, on: target) ? word(text) : text
        // Who is gone has a name of the shop's.
        guard let key else { return CellView(text: Messages.text(text, in: language)) }
        guard let target, may(.get, target.item ?? target.list) else { return CellView(text: text) }
        return CellView(text: text, link: "/admin/\(screen)/\(PercentEncoding.encode(key))/")
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
