import SQL

/// A choice of a few words in answers, requests and rows. The document of the API names all of them, so every enum in
/// an answer has to be one of these.
public protocol WireEnum: RawRepresentable, Codable, CaseIterable, Hashable, Sendable, SQLConvertible
where RawValue == String {}
