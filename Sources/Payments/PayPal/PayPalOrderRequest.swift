import Commerce
import Primitives

/// The body that makes an order (developer.paypal.com/docs/api/orders/v2/#orders_create).
enum PayPalOrderRequest {
    /// Returns the body; the payer sees the order's number, and PayPal asks for no address.
    ///
    /// - Throws: `GatewayError.unsupported` where PayPal does not take the amount.
    static func json(_ draft: GatewayDraft, authorizes: Bool) throws(GatewayError) -> JSONValue {
        .object([
            "intent": .string(authorizes ? "AUTHORIZE" : "CAPTURE"),
            "purchase_units": .array([
                .object([
                    "custom_id": .string(draft.transactionID),
                    "invoice_id": .string(PayPalInvoice.payment(draft)),
                    "description": .string("Order \(draft.orderNumber)".prefix(scalars: 127)),
                    "amount": try PayPalMoney.json(draft.amount, draft.currency),
                ])
            ]),
            "payment_source": .object(["paypal": .object(["experience_context": experience(draft.returnURL)])]),
        ])
    }

    private static func experience(_ returnURL: String) -> JSONValue {
        .object([
            "return_url": .string(returnURL), "cancel_url": .string(returnURL), "user_action": .string("PAY_NOW"),
            "shipping_preference": .string("NO_SHIPPING"),
        ])
    }
}
