/// Ids of the shop's things. They live below the apps, so that an app can name a sibling's row without importing it.

/// A user of the accounts app.
public struct UserID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A login session of a user.
public struct SessionID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A group of staff.
public struct StaffGroupID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// An entry of a user's address book.
public struct AddressID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A category of the catalogue.
public struct CategoryID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A product of the catalogue.
public struct ProductID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A variant of a product.
public struct VariantID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// An image of a product.
public struct ImageID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A warehouse.
public struct WarehouseID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A stock row: a product or variant in a warehouse.
public struct StockID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// Stock held for an order.
public struct ReservationID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A cart.
public struct CartID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A line of a cart.
public struct CartItemID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// An order.
public struct OrderID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A line of an order.
public struct OrderItemID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A vendor.
public struct VendorID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A coupon.
public struct CouponID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A tax rate of an area.
public struct TaxRuleID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A shipping method.
public struct ShippingMethodID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// A parcel of an order.
public struct ShipmentID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// What a customer sends back of an order.
public struct ReturnID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}

/// An import of a table into the shop.
public struct ImportID: Identifier {
    public let rawValue: Int64
    public init(_ value: Int64) { self.rawValue = value }
}
