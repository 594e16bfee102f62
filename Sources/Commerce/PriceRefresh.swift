import SQL

/// Updates the prices that lists show of these products to what can be bought of them now. Whoever changes a variant,
/// its price or its availability calls this in the same transaction, after the change; product rows are locked by
/// ascending id. Throws `SQLError`.
public typealias PriceRefresh = @Sendable ([ProductID], Transaction) throws -> Void
