import Messages
import Primitives

/// The types of mail that the shop knows, and their texts as it comes with them.
struct MailCatalog: Sendable {
    /// The language of the shop, in which guests are written to.
    let language: String
    private let templates: [String: MailTemplate]

    /// A catalog of these types; `language` is the shop's.
    init(_ templates: [String: MailTemplate], language: String = MailTemplate.english) {
        self.templates = templates
        self.language = LanguageTag.normal(language) ?? MailTemplate.english
    }

    /// The names of the types, sorted.
    var types: [String] { templates.keys.sorted() }

    /// Every text that the shop comes with, by type and language.
    var shipped: [(type: String, language: String)] {
        templates.sorted { $0.key < $1.key }.flatMap { type, template in
            template.texts.keys.sorted().map { (type: type, language: $0) }
        }
    }

    func holds(_ type: String) -> Bool { templates[type] != nil }

    /// Returns the text that the shop comes with; nil where it comes with none.
    func text(_ type: String, _ language: String) -> MailText? { templates[type]?.texts[language] }

    /// Returns what the mails of a type are for.
    func purpose(of type: String) -> MailKind { templates[type]?.purpose ?? .service }

    /// Returns a value for each variable of a type, those included that every mail has.
    func sample(of type: String) -> [String: JSONValue] {
        var sample: [String: JSONValue] = ["shop_name": .string("Kontor"), "shop_url": .string("https://shop.example")]
        if purpose(of: type).isListed {
            sample[MailComposer.unsubscribe] = .string("https://shop.example/unsubscribe")
        }
        guard let template = templates[type] else { return sample }
        let own = template.sample.isEmpty ? TemplateVariables.guessed(from: template.texts.values) : template.sample
        return own.merging(sample) { own, _ in own }
    }

    /// Returns a name for people: `Order confirmation`.
    static func name(of type: String) -> String {
        let words = type.cut(at: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
