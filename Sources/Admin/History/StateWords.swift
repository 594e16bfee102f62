import AdminPages
import Primitives

/// States of a row in words: members by the titles that the admin has for them, values as it shows them.
struct StateWords: Sendable {
    /// A value that is another one now.
    struct Difference: Sendable {
        let title: String
        let before: String
        let after: String

        /// The change in one line.
        var line: String {
            let values = [before, after].map { $0.isEmpty ? "–" : $0 }
            return title + ": " + values.joined(separator: " → ")
        }
    }

    /// The members that follow from any change.
    private static let following: Set<String> = ["version", "updated_at"]
    /// The most text of a value in a line.
    private static let longest = 200

    let visit: Visit
    /// What the row's own screen calls its members.
    private let own: MemberColumns

    /// Takes the words for the row that a path of the audit names.
    init(_ visit: Visit, about: String) {
        self.visit = visit
        own = visit.site.deeds.row(about).flatMap { visit.site.membersOf[$0.screen.name] } ?? MemberColumns([])
    }

    /// Returns the values in which two states differ, by their titles, without what follows from any change.
    func differences(_ before: JSONValue, _ after: JSONValue) -> [Difference] {
        let (old, new) = (before.leaves(), after.leaves())
        let changed = Set(old.keys).union(new.keys).filter { (old[$0] ?? "") != (new[$0] ?? "") }
        let told = changed.filter { path in
            // Where the name of another row has changed, its id says nothing more.
            let isNamed = path.before(".id").map { changed.contains(String($0) + ".name") } ?? false
            return !isNamed && !Self.following.contains(path)
        }
        return told.sorted().map { path in
            let column = self.column(path)
            return Difference(
                title: column.map { visit.text($0.title) } ?? title(path), before: value(old[path], column),
                after: value(new[path], column))
        }
    }

    /// Returns the column that the admin shows a member by: the row's own, else one of that name anywhere.
    private func column(_ path: String) -> AdminColumn? {
        if let column = own.byMember[path] { return column }
        // The name of another row stands for it: `category.name` for the category.
        if let head = path.before(".name").map({ String($0) }) {
            return own.byMember[head] ?? own.byMember[head + ".id"]
        }
        return path.holds(".") ? nil : visit.site.members.byMember[path]
    }

    /// Returns what a member is called that no screen has: its words, those of lists with their places.
    private func title(_ path: String) -> String {
        path.cut(at: ".").map { part -> String in
            let word = String(part)
            if let place = Int(word) { return String(place) }
            if let known = visit.site.members.byMember[word] { return visit.text(known.title) }
            return Vocabulary.phrase(for: word).map(visit.text) ?? word
        }.joined(separator: " › ")
    }

    private func value(_ text: String?, _ column: AdminColumn?) -> String {
        guard let text, !text.isEmpty else { return "" }
        if text == "true" || text == "false" { return visit.text(text == "true" ? Words.yes : Words.no) }
        let kind = column?.kind ?? .text
        let isShown: Bool =
            switch kind {
            case .money, .number, .rate, .moment, .day, .status, .country: true
            default: false
            }
        let isMoment = text.holds("T") && Timestamp(text) != nil
        guard isShown || isMoment else { return cut(text) }
        let shown = AdminColumn("value", Phrase("", ""), isMoment ? .moment : kind)
        return visit.cell(shown, of: .object(["value": .string(text)])).text
    }

    private func cut(_ text: String) -> String {
        text.unicodeScalars.count > Self.longest ? text.prefix(scalars: Self.longest) + "…" : text
    }
}

/// The columns of screens by their members, and those that fields of their forms would be.
struct MemberColumns: Sendable {
    /// The columns, by the whole path of the member.
    private(set) var byMember: [String: AdminColumn] = [:]

    /// Takes the columns of screens; the first of a name counts.
    init(_ screens: [AdminScreen]) {
        for screen in screens { add(screen) }
    }

    private mutating func add(_ screen: AdminScreen) {
        for column in screen.columns + screen.sections.flatMap({ Self.columns(of: $0) }) {
            add(column, at: column.member)
        }
        for field in screen.form?.fields ?? [] {
            let column = AdminColumn(field.name, field.title, field.kind.asShown)
            add(column, at: field.source ?? field.name)
            add(column, at: field.name)
        }
    }

    private mutating func add(_ column: AdminColumn, at member: String) {
        if byMember[member] == nil { byMember[member] = column }
    }

    private static func columns(of section: AdminSection) -> [AdminColumn] {
        switch section.content {
        case .facts(let columns): columns
        default: []
        }
    }
}
