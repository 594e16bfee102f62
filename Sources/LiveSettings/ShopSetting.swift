import Commerce
import SQL

/// A setting that staff may change: by its name in the environment, which goes before what they save.
public struct ShopSetting: Sendable {
    /// What it may hold.
    enum Kind: Sendable {
        /// One line of at most so many characters.
        case text(Int)
        /// At most so many lines or entries, and what stands between them in the setting.
        case list(Unicode.Scalar, Int)
        /// Yes or no.
        case flag
        /// A whole number; its range is the room's that reads it.
        case integer
        /// A fraction of 1.
        case rate
        /// One of these words, to choose from; what is refused is the room's to say.
        case choice([String])
        /// A text that is sealed and never shown.
        case secret
    }

    /// The name, as the environment has it.
    public let key: String
    let kind: Kind
    /// What rooms take where it is unset; nil where that is nothing, or follows from something else.
    public let standard: String?
    /// Whether changing it is worth stealing a session for: it asks for a fresh factor.
    let isSensitive: Bool
    /// Returns why a text is refused; nil where it is good, as far as can be said without the other settings.
    let refusal: @Sendable (String) -> String?

    init(
        _ key: String, _ kind: Kind, or standard: String? = nil, isSensitive: Bool = false,
        refusal: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.key = key
        self.kind = kind
        self.standard = standard
        self.isSensitive = isSensitive || kind.isSecret
        self.refusal = refusal
    }
}

extension ShopSetting.Kind {
    var isSecret: Bool { if case .secret = self { true } else { false } }
}

/// The kinds of value, as clients see them.
enum SettingType: String, WireEnum {
    case text
    case list
    case boolean
    case integer
    case rate
    case choice
    case secret
}

extension ShopSetting {
    /// The kind of value, as clients see it.
    var type: SettingType {
        switch kind {
        case .text: .text
        case .list: .list
        case .flag: .boolean
        case .integer: .integer
        case .rate: .rate
        // Without a list to choose from, any text is written.
        case .choice(let words): words.count > 1 ? .choice : .text
        case .secret: .secret
        }
    }

    /// The words to choose from; none where any may be written.
    var choices: [String] {
        if case .choice(let words) = kind, type == .choice { words } else { [] }
    }
}
