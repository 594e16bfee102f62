import Catalog
import Commerce
import SQL
import Web

/// The statements behind the catalog as staff see it: everything that is not deleted, whether or not the public sees
/// it.
enum StaffCatalogQueries {
    /// The conditions on the products of a list for staff; nil leaves one out.
    struct Filter: Sendable {
        var approval: ApprovalStatus?
        var isActive: Bool?
        /// Whether the public sees it.
        var isListed: Bool?
        var isFeatured: Bool?
        var vendor: Reference?
        /// The vendor whose products they are, beside `vendor`.
        var owner: VendorID?
        var category: Reference?
        /// The categories that `category` names, once they have been looked up.
        var categories: [CategoryID] = []
        /// A part of the name, or a whole SKU of the product or of one of its variants.
        var search: String?
        var ids: [ProductID]?

        var condition: Query {
            var conditions: [Query] = ["p.deleted_at IS NULL"]
            if let approval { conditions.append("p.approval_status = \(approval)") }
            if let isActive { conditions.append("p.is_active = \(isActive)") }
            if let isListed { conditions.append("p.is_listed = \(isListed)") }
            if let isFeatured { conditions.append("p.is_featured = \(isFeatured)") }
            if let owner { conditions.append("p.vendor_id = \(owner)") }
            if let vendor { conditions.append("p.vendor_id IN (SELECT id FROM vendors WHERE \(vendor.condition))") }
            if category != nil {
                conditions.append(categories.isEmpty ? "1 = 0" : "p.category_id IN (\(list: categories))")
            }
            if let ids { conditions.append("p.id IN (\(list: ids))") }
            if let search {
                conditions.append(
                    """
                    (INSTR(p.name_key, \(ProductDraft.nameKey(of: search))) > 0 OR p.id IN
                    (SELECT k.product_id FROM skus k WHERE k.sku = \(SKUQueries.key(search))))
                    """)
            }
            return conditions.joined(by: " AND ")
        }

        /// Returns the hint of the index that has the products in the order of `key`, so that what comes before a page is
        /// skipped without reading it; none where an owner's or a category's products are fewer.
        func walk(by key: SortKey, _ connection: Connection) -> Query {
            guard owner == nil, vendor == nil, category == nil, ids == nil else { return .empty }
            return connection.dialect.through(key.index)
        }
    }

    enum SortKey: String, CaseIterable, SQLName {
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case name
        case price

        var sqlName: StaticString {
            switch self {
            case .createdAt: "p.created_at"
            case .updatedAt: "p.updated_at"
            case .name: "p.name_key"
            case .price: "p.price_low"
            }
        }

        var index: StaticString {
            switch self {
            case .createdAt: "ix_products_staff_newest"
            case .updatedAt: "ix_products_staff_updated"
            case .name: "ix_products_staff_name"
            case .price: "ix_products_staff_price"
            }
        }
    }

    /// Returns a query that counts the products of a list.
    static func counting(_ filter: Filter, _ connection: Connection) -> Query {
        "SELECT COUNT(*) FROM products p \(filter.walk(by: .name, connection)) WHERE \(filter.condition)"
    }

    /// Returns how many products that are not deleted each category holds by itself.
    static func productsByCategory(_ connection: Connection) throws -> [CategoryID: Int] {
        let counts = try connection.all(
            """
            SELECT category_id, COUNT(*) FROM products WHERE deleted_at IS NULL AND category_id IS NOT NULL
            GROUP BY category_id
            """
        ) { row in
            let (category, count): (CategoryID, Int) = (try row(), try row())
            return (category, count)
        }
        return Dictionary(counts) { first, _ in first }
    }

    /// Returns a page of products, whose ids are found first, so that what is skipped is not joined.
    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [CatalogRow] {
        try connection.all(
            .page(
                of: CatalogRow.columns, from: "products p", key: "p.id",
                through: filter.walk(by: order.key, connection), where: filter.condition, joining: ProductRow.joins,
                by: "\(order.key) \(order.direction), p.id \(order.direction)", page.limit))
    }
}

/// A product as a list for staff shows it.
struct CatalogRow: RowDecodable {
    static let columns: Query = """
        \(ProductRow.columns), p.is_active, p.approval_status, p.is_listed, p.version, p.created_at, p.updated_at
        """

    let row: ProductRow
    let status: StaffCatalogItem.Status

    init(row: inout RowReader) throws {
        self.row = try ProductRow(row: &row)
        status = StaffCatalogItem.Status(
            isActive: try row(), approvalStatus: try row(), isListed: try row(),
            version: try row(), createdAt: try row(), updatedAt: try row())
    }
}
