import Commerce
import Primitives
import SQL

/// One of the forms in which a product is sold, with a SKU and stock of its own.
public struct ProductVariant: Sendable, Hashable {
    /// The primary key, which stays with the row when the variant is deleted.
    public let id: VariantID
    /// The product that is sold in this form.
    public let productID: ProductID
    /// Counts changes of the row, for `If-Match`.
    public let version: Int
    /// What it cost when staff last approved its price; nil before they did.
    let approvedPrice: Money?
    /// The properties that staff choose.
    public let draft: VariantDraft

    /// The pair of ids under which the variant is sold and stocked.
    public var sellable: SellableID { SellableID(productID, id) }
}

/// The properties of a variant that staff choose.
public struct VariantDraft: Sendable, Hashable {
    /// The variant's own SKU, 1 to 100 characters; compared without regard to case.
    public var sku = ""
    /// The options that tell it from its siblings, in the order shown.
    public var options: [VariantOption] = []
    /// The price, on its own or as a difference from the product's.
    public var price = VariantPrice.adjusted(by: .zero)
    /// Whether the variant is offered, as far as its product is.
    public var isActive = true

    /// Creates an active draft without SKU or options, at the product's price.
    public init() {}

    /// Creates a draft of the values given.
    public init(sku: String, options: [VariantOption], price: VariantPrice, isActive: Bool = true) {
        self.sku = sku
        self.options = options
        self.price = price
        self.isActive = isActive
    }
}

/// The two ways of stating a variant's price.
public enum VariantPrice: Sendable, Hashable {
    /// A price of its own.
    case own(Money)
    /// The product's price plus this difference, which may be negative.
    case adjusted(by: Money)

    /// Returns the price where the product costs `base`; never below zero.
    ///
    /// - Throws: `OutOfRange`.
    public func amount(base: Money) throws(OutOfRange) -> Money {
        switch self {
        case .own(let price): price
        case .adjusted(let difference): max(.zero, try base + difference)
        }
    }

    /// Returns whether the variant can be sold where the product costs `base`: a reduction that leaves nothing to pay
    /// is taken for a mistake.
    public func isPayable(base: Money) -> Bool {
        switch self {
        case .own: true
        case .adjusted(let difference): difference >= .zero || base.minorUnits > difference.minorUnits.magnitude
        }
    }

    /// Reads the columns `price` and `price_adjustment`, of which the first wins.
    public init(price: Money?, adjustment: Money) {
        self = price.map { .own($0) } ?? .adjusted(by: adjustment)
    }

    /// The variant's own price; nil where it follows the product's.
    public var own: Money? { if case .own(let price) = self { price } else { nil } }
    /// The difference from the product's price; zero where the variant has a price of its own.
    public var adjustment: Money { if case .adjusted(let difference) = self { difference } else { .zero } }
}

extension ProductVariant: RowDecodable {
    static let columns: Query = "id, product_id, version, approved_price, \(VariantDraft.columns)"

    /// Decodes id, product, version and approved price, then the columns of the draft.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        self.id = try row()
        self.productID = try row()
        self.version = try row()
        self.approvedPrice = try row()
        self.draft = try VariantDraft(row: &row)
    }
}

extension VariantDraft: Record {
    /// The columns of `product_variants` that a draft is read from and written to.
    public static let columns = Columns<VariantDraft>(
        .column("sku", \.sku),
        .column("options", \.options, read: VariantOption.list, write: VariantOption.text),
        .columns(
            ["price", "price_adjustment"], \.price,
            read: { VariantPrice(price: try $0(), adjustment: try $0()) }, write: { [$0.own, $0.adjustment] }),
        .column("is_active", \.isActive))
}

extension VariantOption {
    /// Parses the JSON of the column `options`; elements without type or value are left out.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public static func list(_ text: String) throws -> [VariantOption] {
        guard case .array(let elements)? = try? JSONValue(parsing: text.utf8) else {
            throw SQLError(.decoding, message: "options are not a list")
        }
        return elements.compactMap { element in
            guard case .string(let type)? = element["type"], case .string(let value)? = element["value"] else {
                return nil
            }
            return VariantOption(type: type, value: value)
        }
    }

    /// Returns `options` as the JSON that the column holds.
    ///
    /// - Throws: `EncodingError`.
    static func text(_ options: [VariantOption]) throws -> String {
        String(decoding: try JSONBytes.encode(options), as: UTF8.self)
    }
}
