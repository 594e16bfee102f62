import Commerce
import SQL

/// The gateways that a payment can go through; the stable codes of the API.
public enum GatewayCode: String, WireEnum {
    case stripe
    case paypal
    case razorpay
    /// Cash on delivery.
    case cashOnDelivery = "cod"
    /// Money that staff have seen by themselves: a transfer, cash, a terminal.
    case manual
    /// A gateway of the shop's own, which moves no money.
    case sandbox
}
