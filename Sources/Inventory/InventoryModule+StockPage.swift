import AdminPages
import Primitives

/// The page of a product's stock, and what can be done there.
extension InventoryModule {
    static let rows = AdminSection(
        Phrase("By warehouse", "Nach Lager"),
        .table(
            member: "stock",
            [
                .code("sku", Phrase("SKU", "Artikelnummer")), variant, .text("warehouse.name", warehouse),
                .number("quantity", Phrase("On hand", "Vorhanden")),
                .number("reserved_quantity", Phrase("Reserved", "Reserviert")),
                .number("available_quantity", Phrase("Available", "Verfügbar")),
                .number("reorder_level", Phrase("Reorder at", "Nachbestellen ab")),
                .number("suggested_quantity", Phrase("To order", "Zu bestellen")),
            ])
    ).with { $0.actions = [adjust, transfer, receiveOne, levels] }

    private static let goods = ["product_id": "row.product_id", "variant_id": "row.variant_id"]

    private static let adjust = AdminAction(
        "adjust", Phrase("Correct", "Korrigieren"), .post, "/api/inventory/stock/adjust/"
    ).with {
        $0.fields = [
            AdminField(
                "quantity", Phrase("More or less", "Mehr oder weniger"), .text, isRequired: true,
                help: Phrase(
                    "The change: 5 adds five, -2 takes two away.",
                    "Die Änderung: 5 fügt fünf hinzu, -2 nimmt zwei weg.")),
            AdminField(
                "movement_type", Phrase("Kind", "Art"), .choice(["adjustment", "purchase", "return"]), isRequired: true,
                help: Phrase(
                    "Purchases and returns only add; to take away, choose the adjustment.",
                    "Einkauf und Rückgabe fügen nur hinzu; zum Wegnehmen wählen Sie die Korrektur.")
            ).with { $0.standard = "adjustment" },
            AdminField("notes", Phrase("Reason", "Grund"), .text),
        ]
        $0.sends = goods.merging(["warehouse_id": "row.warehouse.id"]) { $1 }
    }

    private static let transfer = AdminAction(
        "transfer", Phrase("Move", "Umlagern"), .post, "/api/inventory/stock/transfer/"
    ).with {
        $0.fields = [
            AdminField("quantity", quantity, .integer, isRequired: true),
            AdminField(
                "to_warehouse_id", Phrase("To warehouse", "In das Lager"), .row(screen: "warehouses", value: "id"),
                isRequired: true),
            AdminField("notes", Phrase("Note", "Anmerkung"), .text),
        ]
        $0.sends = goods.merging(["from_warehouse_id": "row.warehouse.id"]) { $1 }
        $0.condition = .holds("available_quantity")
    }

    private static let receiveOne = AdminAction(
        "receive-one", Phrase("Receive", "Eingang buchen"), .post, "/api/inventory/stock/adjust/"
    ).with {
        $0.fields = [
            AdminField("quantity", quantity, .integer, isRequired: true),
            AdminField("reference", Phrase("Number of the delivery", "Nummer der Lieferung"), .text),
            AdminField("notes", Phrase("Note", "Anmerkung"), .text),
        ]
        $0.body = ["movement_type": .string("purchase")]
        $0.sends = goods.merging(["warehouse_id": "row.warehouse.id"]) { $1 }
    }

    private static let levels = AdminAction(
        "levels", Phrase("Levels", "Schwellen"), .patch, "/api/inventory/levels/{row.id}/"
    ).with {
        $0.fields = [
            AdminField(
                "reorder_level", Phrase("Reorder at", "Nachbestellen ab"), .integer,
                help: Phrase(
                    "The available units at or below which stock is low; 0 for never.",
                    "So viele verfügbare Stück oder weniger gelten als wenig; 0 für nie."),
                source: "reorder_level"),
            AdminField(
                "reorder_quantity", Phrase("Reorder quantity", "Bestellmenge"), .integer, source: "reorder_quantity"),
            AdminField(
                "overstock_level", Phrase("Overstock above", "Überbestand über"), .integer,
                help: Phrase("0 for never.", "0 für nie."), source: "overstock_level"),
        ]
    }

    static let receive = AdminAction(
        "receive", Phrase("Receive goods", "Wareneingang buchen"), .post, "/api/inventory/receipts/"
    ).with {
        $0.fields = [
            AdminField(
                "reference", Phrase("Number of the delivery", "Nummer der Lieferung"), .text, isRequired: true,
                help: Phrase("The delivery note’s or your order’s.", "Die des Lieferscheins oder Ihrer Bestellung.")),
            AdminField(
                "warehouse_id", Phrase("Warehouse", "Lager"), .row(screen: "warehouses", value: "id"),
                help: Phrase("Blank for the default one.", "Leer für das Standardlager.")),
            AdminField(
                "lines", Phrase("Goods", "Waren"), .records(["sku", "quantity"]), isRequired: true,
                help: Phrase(
                    "One a line: SKU, then the quantity. A scanner or a spreadsheet may fill it.",
                    "Je Zeile einer: Artikelnummer, dann die Menge. Ein Scanner oder eine Tabelle kann das ausfüllen.")),
            AdminField("notes", Phrase("Note", "Anmerkung"), .text),
        ]
        $0.explanation = Phrase(
            "A delivery is booked whole or not at all.", "Ein Wareneingang wird ganz gebucht oder gar nicht.")
    }

    static func resolve(_ id: String) -> AdminAction {
        AdminAction("resolve", Phrase("Resolve", "Erledigen"), .put, "/api/inventory/alerts/\(id)/resolve/")
    }

    static let alertsOfProduct = AdminSection(
        Phrase("Open alerts", "Offene Warnungen"),
        .related(
            path: "/api/inventory/alerts/?product={product_id}&is_resolved=false",
            [
                .status("alert_type", Phrase("Alert", "Warnung")), .code("sku", Phrase("SKU", "Artikelnummer")),
                .text("warehouse_name", warehouse), .number("threshold_quantity", Phrase("Level", "Schwelle")),
                .moment("created_at", Phrase("Since", "Seit")),
            ])
    ).with {
        $0.actions = [resolve("{row.id}")]
        $0.hidesEmpty = true
    }

    static let movementsOfProduct = AdminSection(
        Phrase("Last movements", "Letzte Bewegungen"),
        .related(
            path: "/api/inventory/movements/?product={product_id}&page_size=20",
            [
                .moment("created_at", Phrase("Time", "Zeit")), .status("movement_type", Phrase("Kind", "Art")),
                .code("sku", Phrase("SKU", "Artikelnummer")), .text("warehouse_name", warehouse),
                .number("quantity", quantity), .text("reference", Phrase("Delivery", "Lieferung")),
                .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "reference_id"),
                AdminColumn("notes", Phrase("Note", "Anmerkung"), .note),
            ])
    ).with { $0.listing = ("movements", "product={product_id}") }
}
