import Commerce
import Primitives
import Web

/// A saved payment method, as its user sees it.
public struct SavedMethodBody: ResponseBody {
    let id: SavedMethodID
    let gateway: GatewayCode
    let methodType: String
    let last4: String
    let cardBrand: String
    let expiryMonth: Int?
    let expiryYear: Int?
    let isDefault: Bool
    let createdAt: Timestamp

    /// Shows a method.
    public init(_ method: SavedMethod) {
        id = method.id
        gateway = method.gateway
        methodType = method.type
        last4 = method.last4
        cardBrand = method.brand
        expiryMonth = method.expiryMonth
        expiryYear = method.expiryYear
        isDefault = method.isDefault
        createdAt = method.createdAt
    }
}
