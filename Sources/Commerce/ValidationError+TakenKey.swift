import Primitives

extension ValidationError {
    /// Refuses a value of `field` that another row has: `A warehouse with this code already exists.` `noun` is what the
    /// row is, without an article.
    public static func taken(_ field: String, by noun: String) -> ValidationError {
        let startsWithVowel = noun.unicodeScalars.first.map { "aeiou".holds($0) } ?? false
        return ValidationError(field, "\(startsWithVowel ? "An" : "A") \(noun) with this \(field) already exists.")
    }
}
