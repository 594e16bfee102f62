import AppHarness
import Messages
import Primitives
import Testing

@testable import Notifications

/// What customers write of themselves in mails that others read.
@Suite struct MailMarkupTests {
    /// Marks and what Swift joins with them into one character.
    private static let joiners = ["\u{301}", "\u{338}", "\u{200D}", "\u{FE0F}", "\u{E0100}", "\u{20DD}"]
    private static let hostile = joiners.flatMap { joiner in
        ["<", ">", "&", "\"", "'"].map { $0 + joiner } + ["<\(joiner)script>alert(1)</script\(joiner)>"]
    }

    @Test(arguments: [
        "<p>{{name}}</p>", "{{#items}}<b title=\"{{name}}\">{{name}}</b>{{/items}}",
        "{{% CONTENT_TYPE:HTML}}<p>{{name}}</p>",
        "<p>{{^nobody}}{{name}}{{/nobody}}</p>",
    ])
    func `no template of staff lets markup through that a combining mark follows`(_ html: String) throws {
        let mail = try ParsedMail(MailTemplate(subject: "{{name}}", text: "{{name}}", html: html))
        for name in Self.hostile {
            let values: JSONValue = .object([
                "name": .string(name), "items": .array([.object(["name": .string(name)])]),
            ])
            let plain = try ParsedMail(MailTemplate(subject: "", text: "", html: html)).compose(
                .object(["name": .string("x"), "items": .array([.object(["name": .string("x")])])]))
            let made = mail.compose(values)
            // As many marks as the template has of its own.
            for mark in "<>\"'".unicodeScalars {
                #expect(
                    made.html.unicodeScalars.count { $0 == mark } == plain.html.unicodeScalars.count { $0 == mark },
                    "\(Array(name.unicodeScalars))")
            }
            #expect(made.text.utf8.elementsEqual(name.utf8), "plain text stays as it is")
        }
    }

    @Test func `no shipped template lets markup through`() throws {
        for (type, template) in ShippedMails.all {
            let mail = try ParsedMail(template)
            for name in Self.hostile {
                let marks = { (value: String) in
                    let context = Dictionary(
                        Self.variables(of: template.html).map { ($0, JSONValue.string(value)) }
                    ) { $1 }
                    return mail.compose(.object(context)).html.unicodeScalars.count { $0 == "<" || $0 == "\"" }
                }
                #expect(marks(name) == marks("x"), "\(type)")
            }
        }
    }

    @Test func `a subject is one line`() throws {
        let mail = try ParsedMail(MailTemplate(subject: "Hello {{name}}", text: "", html: ""))
        for end in ["\r\n", "\n", "\r", "\u{85}", "\u{2028}", "\u{B}"] {
            let made = mail.compose(.object(["name": .string("Ada\(end)Bcc: eve@example.org")]))
            #expect(made.subject == "Hello Ada Bcc: eve@example.org")
        }
    }

    private static func variables(of html: String) -> [String] {
        html.components(between: "{{", and: "}}").filter { !$0.begins(with: "#") && !$0.begins(with: "/") }
    }
}

extension String {
    fileprivate func components(between open: String, and close: String) -> [String] {
        split(separator: open).dropFirst().compactMap { $0.split(separator: close).first.map(String.init) }
    }
}
