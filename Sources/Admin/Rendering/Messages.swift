import AdminPages
import Primitives

/// Sentences of the API in the reader's language: what is not known stays English. The tables have one entry a sentence, with
/// values as ``Pattern`` has them; `scripts/check-german` holds them to what the rooms say.
enum Messages {
    /// Returns a sentence of the API in a language.
    static func text(_ sentence: String, in language: AdminLanguage) -> String {
        // Pages have percentages where the API has fractions.
        if sentence.begins(with: "A rate is a fraction of 1") { return Words.percentage.text(in: language) }
        return language == .german ? german(sentence) : sentence
    }

    /// Returns a sentence in German, where it is known.
    static func german(_ sentence: String) -> String {
        known[sentence] ?? patterns.lazy.compactMap { $0.german(for: sentence) }.first ?? sentence
    }

    private static let tables: [[String: String]] = [
        fields, moments, requests, forms, files, account, duties, vendors, payouts, bank, coupons, catalog, rates,
        sheets, workbooks, exports, rows, advice, pictures, orders, returns, notes, unsent, payments, gateways, stock,
        settings, unfit, templates, mails,
        system, webhooks, undelivered,
    ]

    /// The sentences without values.
    private static let known: [String: String] = tables.reduce(into: [:]) { all, table in
        all.merge(table.filter { !$0.key.holds(text: Pattern.gap) }) { first, _ in first }
    }

    /// Those with values, the most exact ones first.
    private static let patterns: [Pattern] = {
        let entries = tables.joined().filter { $0.key.holds(text: Pattern.gap) }
        return entries.map { Pattern($0.key, $0.value) }.sorted { ($0.length, $0.english) > ($1.length, $1.english) }
    }()
}
