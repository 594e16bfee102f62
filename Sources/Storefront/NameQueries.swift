import Commerce
import SQL

/// Subselects by which lists of rooms say what the rows of others are called, in the statement that reads the list.
public enum NameQueries {
    /// The name of a product, a deleted one too.
    public static let product: NameSubselect = { "(SELECT n.name FROM products n WHERE n.id = \($0))" }
    /// The number of an order, as its buyer knows it.
    public static let order: NameSubselect = { "(SELECT n.order_number FROM orders n WHERE n.id = \($0))" }
}
