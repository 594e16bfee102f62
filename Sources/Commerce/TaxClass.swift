import SQL

/// Classes of goods that are taxed alike, by name; compared without case.
public enum TaxClass {
    /// The classes that every shop knows; a rate that names another makes it one.
    public static let predefined: Set<String> = ["reduced", standard, "zero"]
    /// The class as which goods are taxed whose own class has no rate.
    public static let standard = "standard"

    /// Returns the name of a class in the form that is stored and compared: lower case.
    public static func normal(_ name: String) -> String { name.lowercased() }

    /// Refuses a name that is none of the `known` classes.
    ///
    /// - Throws: `ValidationError` on `tax_class`.
    public static func check(_ name: String, among known: Set<String>) throws(ValidationError) {
        guard !known.contains(normal(name)) else { return }
        let names = known.sorted().joined(separator: ", ")
        throw ValidationError(
            "tax_class", "\"\(name)\" is not a tax class; there are \(names). A rate makes a new one.")
    }
}

/// Refuses a tax class that no rate knows. Throws `ValidationError` on `tax_class` and `SQLError`.
public typealias TaxClassCheck = @Sendable (String, Connection) throws -> Void
