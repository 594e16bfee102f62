import SQL

/// The result of looking up an id that a client sent.
public enum SellableFit: Sendable, Hashable {
    /// A product without variants, or a variant of its product.
    case valid
    /// There is no such product.
    case unknownProduct
    /// There is no such variant, or it is another product's.
    case unknownVariant
    /// A product that is sold by its variants, named without one.
    case needsVariant
}

/// Looks up a `SellableID` in one statement. Throws `SQLError`.
public typealias SellableCheck = @Sendable (SellableID, Connection) throws -> SellableFit

extension SellableFit {
    /// Returns the refusal of an id that is not sound, on the field that is to blame; nil where it is sound.
    public func error(for id: SellableID) -> ValidationError? {
        switch self {
        case .valid: nil
        case .unknownProduct:
            ValidationError("product_id", "Invalid pk \"\(id.product)\" - object does not exist.")
        case .unknownVariant:
            ValidationError("variant_id", "Invalid pk \"\(id.variantKey)\" - object does not exist.")
        case .needsVariant:
            ValidationError("variant_id", "This product has variants; name the one that is meant.")
        }
    }
}
