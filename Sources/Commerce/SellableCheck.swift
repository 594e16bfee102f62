import SQL

/// What an id that a client sent stands for.
public enum SellableFit: Sendable, Hashable {
    /// A product without variants, or a variant of its product.
    case sound
    case unknownProduct
    case unknownVariant
    /// A product that is sold by its variants, named without one.
    case needsVariant
}

/// Says what a `SellableID` stands for, in one statement.
public typealias SellableCheck = @Sendable (SellableID, Connection) throws -> SellableFit

extension SellableFit {
    /// The refusal of what is not sound, on the field that is to blame.
    public func error(for id: SellableID) -> ValidationError? {
        switch self {
        case .sound: nil
        case .unknownProduct:
            ValidationError("product_id", "Invalid pk \"\(id.product)\" - object does not exist.")
        case .unknownVariant:
            ValidationError("variant_id", "Invalid pk \"\(id.variantKey)\" - object does not exist.")
        case .needsVariant:
            ValidationError("variant_id", "This product has variants; name the one that is meant.")
        }
    }
}
