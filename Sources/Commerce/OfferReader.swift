import SQL

/// Reads what the shop offers now under each of these ids, in a number of statements that does not grow with them. An
/// id that names nothing is left out. Throws `SQLError`.
public typealias OfferReader = @Sendable ([SellableID], Connection) throws -> [SellableID: Offer]
