import AdminPages
import Orders
import Primitives

/// What staff do to an order.
extension CheckoutModule {
    static let orderActions = [
        confirm, takeOn, markPaid, latePayment, ship, shipAll, deliverAll, addNote, sendBack, cancelPart, cancelOrder,
    ]

    private static let statusPath = "/api/admin/orders/{id}/status/"

    /// Returns the action that gives an order a status.
    private static func moving(_ name: String, _ title: Phrase, to status: OrderStatus) -> AdminAction {
        AdminAction(name, title, .put, statusPath).with {
            $0.body = ["status": .string(status.rawValue)]
            $0.condition = may(status)
            $0.isBulk = true
        }
    }

    private static func may(_ status: OrderStatus) -> AdminCondition { .oneOf("allowed_statuses", [status.rawValue]) }

    private static func isAt(_ statuses: OrderStatus...) -> AdminCondition {
        .oneOf("status", statuses.map(\.rawValue))
    }

    private static func isPaid(by methods: PaymentMethod...) -> AdminCondition {
        .oneOf("payment_method", methods.map(\.rawValue))
    }

    private static let isUnpaid = AdminCondition.oneOf(
        "payment_status", PaymentStatus.allCases.filter(\.isUnpaid).map(\.rawValue))

    private static let confirm = moving("confirm", Phrase("Confirm", "Bestätigen"), to: .processing).with {
        $0.condition = .all([may(.processing), isAt(.pending)])
        $0.primaryWhere = isPaid(by: .cashOnDelivery)
    }

    private static let takeOn = moving("take-on", Phrase("Take on again", "Wieder aufnehmen"), to: .processing).with {
        $0.condition = .all([may(.processing), isAt(.cancelled)])
        $0.weight = .primary
        $0.isBulk = false
        $0.explanation = Phrase(
            "Money came for this order after it was canceled. Taking it on reserves its goods and redeems its coupon again; otherwise refund the payment.",
            "Für diese Bestellung kam Geld, nachdem sie storniert war. Wenn Sie sie aufnehmen, werden Ware und Gutschein wieder belegt; andernfalls erstatten Sie die Zahlung."
        )
    }

    private static let markPaid = payment("mark-paid", Phrase("Mark as paid", "Als bezahlt vermerken"), "amount_due")
        .with {
            $0.condition = .all([isUnpaid, .not(isAt(.cancelled))])
            // What is on its way is delivered first; the carrier brings the cash.
            $0.primaryWhere = .any([
                .all([isPaid(by: .bankTransfer), .not(isAt(.shipped))]),
                .all([isPaid(by: .cashOnDelivery), isAt(.delivered)]),
            ])
        }

    private static let latePayment = payment(
        "late-payment", Phrase("Note a late payment", "Späte Zahlung vermerken"), "total"
    ).with { $0.condition = .all([isUnpaid, isAt(.cancelled)]) }

    private static func payment(_ name: String, _ title: Phrase, _ source: String) -> AdminAction {
        AdminAction(name, title, .post, "/api/admin/orders/{id}/payment/").with {
            $0.fields = [
                AdminField("amount", Phrase("Amount", "Betrag"), .money, isRequired: true, source: source),
                AdminField(
                    "reference", Phrase("Reference", "Verwendungszweck"), .text,
                    help: Phrase("Of the bank or the terminal.", "Der Bank oder des Terminals.")),
                AdminField("note", Phrase("Note", "Notiz"), .text),
            ]
            $0.explanation = Phrase(
                "For money that did not come through a gateway: a transfer, cash, a terminal. The customer is told by mail.",
                "Für Geld, das nicht über einen Zahlungsanbieter kam: Überweisung, Bargeld, Terminal. Der Kunde erfährt es per E-Mail."
            )
        }
    }

    private static let ship = AdminAction(
        "ship", Phrase("Ship", "Versenden"), .post, "/api/admin/orders/{id}/shipments/"
    ).with {
        $0.effects = [.mailsCustomer, .isFinal]
        $0.fields = [
            goods(
                Phrase("Contents of the parcel", "Inhalt des Pakets"),
                quantities(atMost: "unshipped_quantity", beginning: .most), isRequired: true),
            AdminField(
                "carrier", Phrase("Carrier", "Versanddienst"), .text, help: Phrase("Such as DHL.", "Etwa DHL.")),
            AdminField("tracking_number", Phrase("Tracking number", "Sendungsnummer"), .text),
            AdminField("note", Phrase("Note", "Notiz"), .text),
        ]
        $0.condition = may(.shipped)
        $0.primaryWhere = .any([
            .oneOf("payment_status", PaymentStatus.allCases.filter(\.isSettled).map(\.rawValue)),
            .all([isPaid(by: .cashOnDelivery), .not(isAt(.pending))]),
        ])
    }

    /// A list ships whole orders; the page of one asks what is in the parcel.
    private static let shipAll = moving("ship-all", Phrase("Ship everything", "Alles versenden"), to: .shipped).with {
        $0.condition = .not(.always)
        $0.effects = [.mailsCustomer, .isFinal]
    }

    private static let deliverAll = moving(
        "deliver-all", Phrase("Mark as delivered", "Als zugestellt vermerken"), to: .delivered
    ).with {
        $0.primaryWhere = isAt(.shipped)
        $0.effects = [.mailsCustomer, .isFinal]
    }

    private static let addNote = AdminAction(
        "note", Phrase("Add a note", "Notiz hinzufügen"), .post, "/api/admin/orders/{id}/notes/"
    ).with {
        $0.fields = [
            AdminField("text", Phrase("Note", "Notiz"), .longText, isRequired: true),
            AdminField("is_visible", Phrase("The customer reads it too", "Auch der Kunde liest sie"), .flag),
        ]
    }

    private static let sendBack = AdminAction(
        "return", Phrase("Note a return", "Rücksendung vermerken"), .post, "/api/admin/orders/{id}/returns/"
    ).with {
        $0.fields = [
            goods(
                Phrase("Goods that come back", "Ware, die zurückkommt"),
                quantities(atMost: "returnable_quantity", beginning: .none), isRequired: true),
            AdminField("note", Phrase("Reason", "Grund"), .longText),
        ]
        $0.condition = .holds("shipments")
        $0.effects = [.mailsCustomer]
    }

    private static let cancelPart = AdminAction(
        "cancel-part", Phrase("Cancel a part", "Teil stornieren"), .post, "/api/admin/orders/{id}/cancel-rest/"
    ).with {
        $0.fields = [
            goods(
                Phrase("Goods that will not be sent", "Ware, die nicht versandt wird"),
                quantities(atMost: "cancellable_quantity", beginning: .none), isRequired: true),
            AdminField("reason", Phrase("Reason", "Grund"), .text, help: reasonHelp),
        ]
        $0.condition = isAt(.pending, .processing)
        $0.weight = .danger
        $0.effects = [.mailsCustomer, .isFinal]
    }

    private static let cancelOrder = moving("cancel", Phrase("Cancel order", "Bestellung stornieren"), to: .cancelled)
        .with {
            $0.fields = [AdminField("note", Phrase("Reason", "Grund"), .text, help: reasonHelp)]
            $0.weight = .danger
            $0.effects = [.mailsCustomer]
            $0.explanation = Phrase(
                "Its goods go back into stock. What was paid waits as a refund for your word.",
                "Die Ware geht zurück ins Lager. Was bezahlt wurde, wartet als Erstattung auf Ihre Freigabe.")
        }

    private static let reasonHelp = Phrase("The customer reads it in the mail.", "Der Kunde liest ihn in der E-Mail.")

    /// Returns quantities of the order's lines.
    static func quantities(atMost most: String, beginning: AdminQuantities.Beginning) -> AdminQuantities {
        AdminQuantities(of: "items", as: "order_item_id", atMost: most, labels: ["product_name", "sku"])
            .with { $0.beginning = beginning }
    }

    /// Returns the field for quantities of lines.
    static func goods(_ title: Phrase, _ quantities: AdminQuantities, isRequired: Bool = false) -> AdminField {
        AdminField("items", title, .quantities(quantities), isRequired: isRequired)
    }
}
