import SQL

/// Says that the price or the availability of these products, or of variants of theirs, may have changed. Whoever
/// changes one calls this in the same transaction, after the change. Throws `SQLError`.
public typealias OfferNotice = @Sendable ([ProductID], Transaction) throws -> Void
