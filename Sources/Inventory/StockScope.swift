import Commerce
import SQL

/// Says of which stock something holds that only the room of products knows: that it is sold, that it can be bought.
///
/// Whoever asks names the columns that the product and the variant of a row stand in; the variant's is 0 where there is
/// none.
public struct StockScope: Sendable {
    private let condition: @Sendable (_ product: Query, _ variant: Query) -> Query

    /// Takes the condition on a row by the columns that are named to it.
    public init(_ condition: @escaping @Sendable (_ product: Query, _ variant: Query) -> Query) {
        self.condition = condition
    }

    /// Holds for all stock.
    public static let all = StockScope { _, _ in "1 = 1" }

    /// Gives the condition on a row whose product and variant stand in these columns.
    func holds(product: Query, variant: Query) -> Query { condition(product, variant) }
}

/// The products whose stock somebody sees and changes.
public struct ProductScope: Sendable {
    /// Their ids, as a subselect with the one column `id`.
    let ids: Query

    /// Takes a subselect of the products' ids, whose column is called `id`.
    public init(ids: Query) {
        self.ids = ids
    }

    /// Gives the condition on a row whose product stands in this column.
    func holds(product: Query) -> Query { "\(product) IN (\(ids))" }
}
