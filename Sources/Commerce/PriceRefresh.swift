import SQL

/// Has the prices that lists show of these products agree with what can be bought of them now. Whoever changes a variant, its
/// price or whether there is any of it calls this in the same transaction, behind the change; product rows are locked by
/// ascending id.
///
/// Throws `SQLError`.
public typealias PriceRefresh = @Sendable ([ProductID], Transaction) throws -> Void
