import Commerce
import Messages
import Primitives

/// Whether a template renders with the sample of its type, part by part.
struct TemplateCheck {
    private let template: EmailTemplate
    private let sample: [String: JSONValue]

    init(_ template: EmailTemplate, _ sample: [String: JSONValue]) {
        self.template = template
        self.sample = sample
    }

    /// Refuses a template that does not render.
    ///
    /// - Throws: `ValidationError` on each part.
    func run() throws {
        var wrong: [String: FieldErrors] = [:]
        let parts = [
            ("subject", template.subject, false), ("text_content", template.text, false),
            ("html_content", template.html, true),
        ]
        for (field, text, isMarkup) in parts {
            let problems = TemplateVariables.problems(text, sample, isMarkup: isMarkup)
            if !problems.isEmpty { wrong[field] = .messages(problems) }
        }
        if wrong.isEmpty { wrong = render() }
        guard wrong.isEmpty else { throw ValidationError(.members(wrong)) }
    }

    private func render() -> [String: FieldErrors] {
        do {
            let mail = try ParsedMail(template.content).compose(.object(sample))
            let blank: FieldErrors = .messages(["This says nothing."])
            let made = [("subject", mail.subject), ("text_content", mail.text), ("html_content", mail.html)]
            return Dictionary(made.filter { $0.1.trimmed.isEmpty }.map { ($0.0, blank) }) { first, _ in first }
        } catch NotificationError.badTemplate(let part, let reason) {
            return [part: .messages(["This does not parse: \(reason)"])]
        } catch {
            return ["non_field_errors": .messages(["This does not render."])]
        }
    }
}
