import Commerce
import Primitives
import SQL

/// One of the forms in which a product is sold, with a SKU and a stock of its own.
public struct ProductVariant: Sendable, Hashable {
    public let id: VariantID
    public let productID: ProductID
    public let version: Int
    public let draft: VariantDraft

    public var sellable: SellableID { SellableID(productID, id) }
}

/// What staff say of a variant.
public struct VariantDraft: Sendable, Hashable {
    public var sku = ""
    public var options: [VariantOption] = []
    public var price = VariantPrice.adjusted(by: .zero)
    public var isActive = true

    public init() {}

    public init(sku: String, options: [VariantOption], price: VariantPrice, isActive: Bool = true) {
        self.sku = sku
        self.options = options
        self.price = price
        self.isActive = isActive
    }
}

/// How a variant's price is said.
public enum VariantPrice: Sendable, Hashable {
    /// A price of its own.
    case own(Money)
    /// The product's price, moved by so much.
    case adjusted(by: Money)

    /// The price where the product costs `base`; never below zero.
    ///
    /// - Throws: `OutOfRange`.
    public func amount(base: Money) throws(OutOfRange) -> Money {
        switch self {
        case .own(let price): price
        case .adjusted(let difference): max(.zero, try base + difference)
        }
    }

    /// Whether that can be asked for: a reduction that leaves nothing to pay is a mistake, and nothing is sold by it.
    public func isPayable(base: Money) -> Bool {
        switch self {
        case .own: true
        case .adjusted(let difference): difference >= .zero || base.minorUnits > difference.minorUnits.magnitude
        }
    }

    /// As the row has it: `price`, `price_adjustment`.
    public init(price: Money?, adjustment: Money) {
        self = price.map { .own($0) } ?? .adjusted(by: adjustment)
    }

    public var own: Money? { if case .own(let price) = self { price } else { nil } }
    public var adjustment: Money { if case .adjusted(let difference) = self { difference } else { .zero } }
}

extension ProductVariant: RowDecodable {
    static let columns: Query = "id, product_id, version, sku, options, price, price_adjustment, is_active"

    public init(row: Row) throws {
        self.id = try row[0]
        self.productID = try row[1]
        self.version = try row[2]
        self.draft = VariantDraft(
            sku: try row[3], options: try VariantOption.list(row[4]),
            price: VariantPrice(price: try row[5], adjustment: try row[6]), isActive: try row[7])
    }
}

extension VariantOption {
    /// Reads the column `options`.
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

    /// `options` as the column holds them.
    ///
    /// - Throws: an encoding error.
    static func text(_ options: [VariantOption]) throws -> String {
        String(decoding: try JSONBytes.encode(options), as: UTF8.self)
    }
}
