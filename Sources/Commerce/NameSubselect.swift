import SQL

/// Returns a subselect of what the row of another room is called whose id is this expression: an order by its number, a
/// product by its name. It comes to null where there is no such row.
public typealias NameSubselect = @Sendable (_ id: Query) -> Query
