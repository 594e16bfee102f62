import AdminPages
import AppHarness
import Primitives
import TestSupport
import Testing

/// What no page of the admin has, whatever texts it shows.
enum PageCheck {
    /// An element that no template writes and a hostile text does.
    private static let foreign: Set<String> = ["i"]

    /// Expects a page to be markup of the shop's own templates and nothing else.
    static func expectSound(_ answer: AdminBrowser.Answer, _ what: String) {
        let page = answer.page
        for fault in page.faults { Issue.record("\(what): \(fault)") }
        for danger in page.dangers { Issue.record("\(what): \(danger)") }
        for tag in page.tags {
            let names = [tag.name] + tag.attributes.keys
            if foreign.contains(tag.name) || names.contains(where: HostileText.isIn) {
                Issue.record("\(what): <\(tag.name)> is a text's")
            }
        }
        // A template's braces that came from a row are shown, not filled.
        if answer.text.contains("{{{csrf") { #expect(answer.text.contains("{{zq6}}"), "\(what)") }
        for name in ["Location", "Set-Cookie", "Content-Disposition"] {
            let header = answer.response.header(name) ?? ""
            #expect(!header.contains("<script"), "\(what): \(header)")
        }
    }

    /// Expects a document that others have written to be shut in: it runs nothing, loads nothing, sends nothing.
    static func expectShutIn(_ answer: AdminBrowser.Answer, _ what: String) {
        let policy = answer.response.header("Content-Security-Policy") ?? ""
        for rule in ["default-src 'none'", "form-action 'none'", "base-uri 'none'", "sandbox"] {
            #expect(answer.status != 200 || policy.contains(rule), "\(what): \(policy)")
        }
        #expect(!policy.contains("allow-scripts"), "\(what): \(policy)")
    }

    /// Whether a field shows a text. One of several lines begins behind its first line break, as browsers have it.
    static func isSame(_ shown: String, _ text: String) -> Bool {
        shown.isSame(as: text) || shown.isSame(as: "\n" + text)
    }
}

/// The hostile texts that a page is to show: for each where it is declared, and what it is.
struct ShownTexts {
    private(set) var wanted: [(place: String, text: String)] = []

    /// Wants what a row has in columns that show a text as it is.
    mutating func want(_ columns: [AdminColumn], of row: JSONValue, _ place: String) {
        for column in columns where column.showsText {
            let value = column.member.split(separator: ".").reduce(Optional(row)) { $0?[String($1)] }
            guard let text = value?.text, HostileText.isIn(text) else { continue }
            wanted.append((place: "\(place) \(column.member)", text: text))
        }
    }

    /// Expects a page to show all of them, and returns their places.
    func expect(on answer: AdminBrowser.Answer, _ what: String) -> Set<String> {
        let shown = Set(answer.page.texts.map { Array($0.utf8) })
        for (place, text) in wanted where !shown.contains(Array(text.trimmed.utf8)) {
            Issue.record("\(what): \(place) does not show \(text)")
        }
        return Set(wanted.map(\.place))
    }
}

extension AdminColumn {
    /// Whether it shows a text as it is.
    fileprivate var showsText: Bool {
        switch kind {
        case .text, .longText, .note, .code, .link, .indented, .address: true
        default: false
        }
    }
}
