import SQL

/// A choice of a few words, as answers, requests and rows have it. The document of the API names all of them, so that an enum in
/// an answer has to be one of these.
public protocol WireEnum: RawRepresentable, Codable, CaseIterable, Hashable, Sendable, SQLConvertible
where RawValue == String {}
