import AdminPages

/// The texts of a screen, and what is wrong with them.
struct PhraseWalk {
    let screen: AdminScreen

    /// A text with the place that it stands at.
    struct Placed: Sendable {
        let place: String
        let phrase: Phrase

        init(_ place: String, _ phrase: Phrase) {
            self.place = place
            self.phrase = phrase
        }
    }

    /// Every text of the screen.
    var phrases: [Placed] {
        var all = [Placed("the title", screen.title), Placed("the singular", screen.singular)]
        if let search = screen.search { all.append(Placed("the search", search)) }
        if let hint = screen.hint { all.append(Placed("the hint", hint)) }
        all += screen.columns.map { Placed("the column \($0.member)", $0.title) }
        all += screen.filters.map { Placed("the filter \($0.name)", $0.title) }
        all += Self.phrases(of: screen.form?.fields ?? [], "the form")
        all += (screen.form?.groups ?? []).compactMap(\.title).map { Placed("a group of the form", $0) }
        all += (screen.actions + screen.commands).flatMap { Self.phrases(of: $0) }
        if let on = screen.form?.leadsOn { all.append(Placed("what leads on to \(on.screen)", on.notice)) }
        all += (screen.form?.shows ?? []).map { Placed("what a new row shows", $0.title) }
        all += (screen.preview?.parts ?? []).map { Placed("the preview of \($0.member)", $0.title) }
        if let explanation = screen.preview?.explanation { all.append(Placed("the preview", explanation)) }
        all += screen.links.map { Placed("the link to \($0.path)", $0.title) }
        all += screen.bulkFiles.map { Placed("the document \($0.name)", $0.title) }
        all += screen.exports.map { Placed("the document \($0.name)", $0.title) }
        all += screen.files.map { Placed("the document \($0.name)", $0.title) }
        return all + screen.sections.flatMap { Self.phrases(of: $0) }
    }

    private static func phrases(of fields: [AdminField], _ what: String) -> [Placed] {
        fields.map { Placed("the field \($0.name) of \(what)", $0.title) }
            + fields.compactMap { field in field.help.map { Placed("the help of \(field.name) of \(what)", $0) } }
    }

    private static func phrases(of action: AdminAction) -> [Placed] {
        let what = "the action \(action.name)"
        var all = [Placed(what, action.title)] + phrases(of: action.fields, what)
        if let explanation = action.explanation { all.append(Placed("the explanation of \(what)", explanation)) }
        all += action.effects.map { Placed("an effect of \(what)", $0.sentence) }
        return all + action.shows.map { Placed("what \(what) shows", $0.title) }
    }

    private static func phrases(of section: AdminSection) -> [Placed] {
        let what = "the section \(section.title.english)"
        var all = [Placed(what, section.title)]
        all += columns(of: section).map { Placed("\(what), \($0.member)", $0.title) }
        all += section.actions.flatMap { phrases(of: $0) } + entered(in: section, what)
        return all + section.files.map { Placed("\(what), \($0.name)", $0.title) }
    }

    /// The texts of what is entered in a section.
    private static func entered(in section: AdminSection, _ what: String) -> [Placed] {
        switch section.content {
        case .pictures(let pictures): phrases(of: pictures.fields, what)
        case .grid(let grid):
            grid.columns.flatMap { column -> [Placed] in
                switch column {
                case .shown(let shown): [Placed("\(what), \(shown.member)", shown.title)]
                case .entered(let field): phrases(of: [field], what)
                case .pairs(let pairs): [Placed("\(what), \(pairs.member)", pairs.title)]
                }
            }
        default: []
        }
    }

    private static func columns(of section: AdminSection) -> [AdminColumn] {
        switch section.content {
        case .facts(let columns), .relatedFacts(_, let columns): columns
        case .table(_, let columns), .related(_, let columns): columns
        default: []
        }
    }

    /// Returns what is wrong with texts: blank, the same in both languages, or in the wrong one.
    static func faults(in phrases: [Placed]) -> [String] {
        phrases.compactMap { placed in
            fault(placed.phrase).map {
                "\(placed.place): \($0): “\(placed.phrase.english)”, „\(placed.phrase.german)“"
            }
        }
    }

    private static func fault(_ phrase: Phrase) -> String? {
        let (english, german) = (phrase.english, phrase.german)
        if english.isEmpty || german.isEmpty { return "blank" }
        if hasStrayBlanks(english) || hasStrayBlanks(german) { return "white space" }
        if english == german { return isSameInBoth(english) ? nil : "the same in both languages" }
        if !words(of: german).isDisjoint(with: englishWords) { return "English in the German text" }
        if !words(of: english).isDisjoint(with: germanWords) { return "German in the English text" }
        if !words(of: german).isDisjoint(with: familiarWords) { return "no formal address" }
        return english.hasSuffix(".") == german.hasSuffix(".") ? nil : "a sentence in one language alone"
    }

    private static func hasStrayBlanks(_ text: String) -> Bool {
        text.hasPrefix(" ") || text.hasSuffix(" ") || text.contains("  ") || text.contains("\n")
    }

    private static func words(of text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter }.map(String.init))
    }

    /// Whether German has each word as English has it: a name, an abbreviation, or one of a list.
    private static func isSameInBoth(_ text: String) -> Bool {
        text.split { !$0.isLetter }.allSatisfy { word in
            same.contains(String(word)) || word.allSatisfy(\.isUppercase)
        }
    }

    private static let englishWords: Set<String> = ["the", "of", "and", "with", "which", "are", "not", "this", "your"]
    private static let germanWords: Set<String> = ["der", "das", "und", "ist", "nicht", "mit", "wird", "eine", "für"]
    private static let familiarWords: Set<String> = ["du", "dein", "deine", "deinen", "deiner", "dich", "dir"]

    private static let same: Set<String> = [
        "Administrator", "Apple", "Audit", "Code", "Cron", "Domain", "Export", "Facebook", "Filter", "Format",
        "Gateway",
        "Gateways", "Google", "Host", "Import", "Info", "Job", "Jobs", "Limit", "Logo", "Marketing", "Maximum",
        "Minimum", "Newsletter",
        "Name", "Option", "PayPal", "Port", "Position", "Razorpay", "Region", "Sandbox", "Server", "Shop", "Slug",
        "Standard", "Status", "Stripe", "Symbol", "System", "Test", "Text", "Token", "Version", "Video", "Wallet",
        "Webhook",
        "Webhooks", "Website",
    ]
}
