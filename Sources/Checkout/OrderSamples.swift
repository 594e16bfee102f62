import Primitives

/// What the mails about orders are made of, as an example for staff who change them.
enum OrderSamples {
    static let all: [String: [String: JSONValue]] = [
        "order_confirmation": confirmation, "order_cancelled": cancelled,
        "order_items_cancelled": cancelled.merging(["items": parts]) { own, _ in own },
        "shipping_update": [
            "order_number": number, "items": parts, "carrier": .string("DHL"),
            "tracking_number": .string("JJD000390007827"), "is_complete": .bool(true),
        ],
        "order_delivered": ["order_number": number, "items": parts],
        "payment_received": [
            "order_number": number, "total": .string("47.90"), "currency": .string("EUR"), "is_parked": .bool(false),
        ],
    ]

    static let number = JSONValue.string("K-2026-0042")

    static let parts = JSONValue.array([
        .object([
            "product_name": .string("Earl Grey, 250 g"), "sku": .string("TEA-EG-250"), "quantity": .number("2"),
        ])
    ])

    private static let cancelled: [String: JSONValue] = [
        "order_number": number, "reason": .string("It is no longer made."), "is_paid": .bool(true),
    ]

    private static let confirmation: [String: JSONValue] = [
        "order_number": number,
        "items": .array([
            .object([
                "product_name": .string("Earl Grey, 250 g"), "sku": .string("TEA-EG-250"), "quantity": .number("2"),
                "price": .string("19.50"), "subtotal": .string("39.00"),
            ])
        ]),
        "subtotal": .string("39.00"), "discount_amount": .string("3.90"), "shipping_cost": .string("4.90"),
        "tax": .string("7.90"), "total": .string("47.90"), "currency": .string("EUR"),
        "payment_method": .string("card"),
        "shipping_address": .object([
            "full_name": .string("Ada Lovelace"), "phone_number": .string("+4915112345678"),
            "address_line1": .string("Lindenstraße 1"), "address_line2": .string("Hinterhof"),
            "city": .string("Berlin"), "state": .string("BE"), "postal_code": .string("10969"),
            "country": .string("DE"),
        ]),
    ]
}
