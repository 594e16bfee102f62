/// The languages of the admin.
public enum AdminLanguage: String, Sendable, CaseIterable {
    /// English.
    case english = "en"
    /// German.
    case german = "de"
}

/// A text of the admin in each of its languages.
public struct Phrase: Sendable, Hashable {
    /// The text in English.
    public let english: String
    /// The text in German.
    public let german: String

    /// Creates a text by its two versions.
    public init(_ english: String, _ german: String) {
        self.english = english
        self.german = german
    }

    /// Returns the text in a language.
    public func text(in language: AdminLanguage) -> String {
        switch language {
        case .english: english
        case .german: german
        }
    }

    /// Returns the text in a language with `%1`, `%2` and so on replaced by the values.
    public func text(in language: AdminLanguage, _ values: String...) -> String {
        values.enumerated().reduce(text(in: language)) { text, value in
            text.split(separator: "%\(value.offset + 1)", omittingEmptySubsequences: false).joined(
                separator: value.element)
        }
    }
}
