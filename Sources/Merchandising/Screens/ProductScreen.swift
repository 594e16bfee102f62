import AdminPages

/// Products in the admin.
enum ProductScreen {
    static let screen = AdminScreen(
        "products", in: .catalog, Phrase("Products", "Produkte"), one: Phrase("product", "Produkt"),
        list: "/api/admin/products/", item: "/api/admin/products/{product}/", columns: columns, filters: filters,
        search: Phrase("Name or SKU", "Name oder Artikelnummer"), form: ProductForm.form,
        sections: ProductSections.sections, actions: actions,
        hint: Phrase(
            "Make a category first, then the first product; or import a table.",
            "Legen Sie zuerst eine Kategorie an, dann das erste Produkt; oder importieren Sie eine Tabelle.")
    ).with {
        $0.place = -2
        $0.keysParameter = "ids"
        $0.commands = [ImportScreens.command(of: .products)]
        $0.exports = [ImportScreens.export(of: .products)]
        $0.neighbors = ["categories", ImportScreens.name(of: .products)]
    }

    private static let columns: [AdminColumn] = [
        .picture("thumbnail", Phrase("Picture", "Bild")),
        .text("name", Phrase("Name", "Name"), sort: "name"),
        .code("sku", Phrase("SKU", "Artikelnummer")),
        .text("category.name", Phrase("Category", "Kategorie")),
        .money("price", Phrase("Price", "Preis"), sort: "price"),
        .number("stock_quantity", Phrase("Available", "Verfügbar")),
        .status("approval_status", Phrase("Approval", "Freigabe")),
        .flag("is_active", Phrase("Active", "Aktiv")),
        .flag("is_listed", Phrase("In the shop", "Im Shop")).hidden,
        .link("vendor.name", Phrase("Vendor", "Händler"), to: "vendors", key: "vendor.id"),
        .moment("created_at", Phrase("Created", "Angelegt"), sort: "created_at"),
        .moment("updated_at", Phrase("Changed", "Geändert"), sort: "updated_at").hidden,
        .money("base_price", Phrase("Own price", "Eigener Preis")).hidden,
        .money("price_max", Phrase("Highest price", "Höchster Preis")).hidden,
        .money("compare_at_price", Phrase("Former price", "Früherer Preis")).hidden,
        .flag("is_featured", Phrase("Featured", "Empfohlen")).hidden,
        .number("rating_average", Phrase("Rating", "Bewertung")).hidden,
        .number("rating_count", Phrase("Ratings", "Bewertungen")).hidden,
        .code("slug", Phrase("Slug", "Slug")).hidden,
        .number("id", Phrase("ID", "ID")).hidden,
    ]

    private static let filters = [
        AdminFilter("category", Phrase("Category", "Kategorie"), .row(screen: "categories", value: "id")),
        AdminFilter(
            "approval_status", Phrase("Approval", "Freigabe"), .choice(["pending", "approved", "rejected"])),
        AdminFilter("is_active", Phrase("Active", "Aktiv"), .flag),
        AdminFilter("is_listed", Phrase("In the shop", "Im Shop"), .flag),
        AdminFilter("is_featured", Phrase("Featured", "Empfohlen"), .flag),
        AdminFilter("vendor", Phrase("Vendor", "Händler"), .row(screen: "vendors", value: "id")),
    ]

    private static let path = "/api/products/{id}/"

    private static let actions =
        decisions + AdminAction.activating(path)
        + AdminAction.switching(
            "is_featured", path, on: ("feature", Phrase("Feature", "Empfehlen")),
            off: ("unfeature", Phrase("No longer feature", "Nicht mehr empfehlen"))) + [deletion]

    private static let decisions: [AdminAction] = [
        AdminAction("approve", Phrase("Approve", "Freigeben"), .put, "/api/admin/products/{id}/approve/").with {
            $0.condition = .oneOf("approval_status", ["pending", "rejected"])
            $0.effects = [.mailsVendor.on(.holds("vendor"))]
            $0.weight = .primary
            $0.isBulk = true
        },
        AdminAction("reject", Phrase("Reject", "Ablehnen"), .put, "/api/admin/products/{id}/reject/").with {
            $0.condition = .oneOf("approval_status", ["pending", "approved"])
            $0.fields = [
                AdminField(
                    "reason", Phrase("Reason", "Grund"), .longText,
                    help: Phrase("The vendor is told.", "Der Händler erfährt ihn."))
            ]
            $0.isBulk = true
        },
    ]

    private static let deletion = AdminAction("delete", Phrase("Delete", "Löschen"), .delete, path).with {
        // A row's page deletes by its form.
        $0.condition = .not(.always)
        $0.weight = .danger
        $0.isBulk = true
        $0.explanation = Phrase(
            "The products leave the shop; orders keep them. This cannot be undone.",
            "Die Produkte verschwinden aus dem Shop; Bestellungen behalten sie. "
                + "Das lässt sich nicht rückgängig machen.")
    }
}

/// The form of a product.
enum ProductForm {
    static let form = AdminForm(groups: [basics, prices, stock, shipping, visibility, addresses]).with {
        $0.create = AdminCall(.post, "/api/products/")
        $0.update = AdminCall(.patch, "/api/products/{id}/")
        $0.delete = AdminCall(.delete, "/api/products/{id}/")
    }

    private static let basics = AdminForm.Group(
        nil,
        [
            AdminField("name", Phrase("Name", "Name"), .text, isRequired: true),
            AdminField(
                "sku", Phrase("SKU", "Artikelnummer"), .text, isRequired: true,
                help: Phrase(
                    "One of a kind in the shop, its variants' included.",
                    "Im ganzen Shop einmalig, auch unter den Varianten.")),
            AdminField(
                "category", Phrase("Category", "Kategorie"), .row(screen: "categories", value: "id"), isRequired: true,
                source: "category.id"),
            AdminField(
                "short_description", Phrase("Short description", "Kurzbeschreibung"), .longText,
                help: Phrase("For lists, at most 500 characters.", "Für Listen, höchstens 500 Zeichen.")),
            AdminField("description", Phrase("Description", "Beschreibung"), .longText),
        ])

    private static let prices = AdminForm.Group(
        Phrase("Price", "Preis"),
        [
            AdminField(
                "price", Phrase("Price", "Preis"), .money, isRequired: true,
                help: Phrase(
                    "What it costs without variants; variants follow it unless they have one of their own.",
                    "Was es ohne Varianten kostet; Varianten folgen ihm, sofern sie keinen eigenen haben."),
                source: "base_price"),
            AdminField(
                "compare_at_price", Phrase("Former price", "Früherer Preis"), .money,
                help: Phrase(
                    "Shown crossed out beside a reduced price.",
                    "Steht durchgestrichen neben einem gesenkten Preis.")),
            taxClass,
        ])

    private static let taxClass = AdminField(
        "tax_class", Phrase("Tax class", "Steuerklasse"), .text, isRequired: true,
        help: Phrase(
            "One of the classes that tax rates name, such as “standard”.",
            "Eine der Klassen, die Steuersätze nennen, etwa „standard“.")
    ).with { $0.standard = "standard" }

    private static let stock = AdminForm.Group(
        Phrase("Stock", "Bestand"),
        [
            AdminField(
                "stock_quantity", Phrase("Units in stock", "Stück auf Lager"), .integer,
                help: Phrase(
                    "In the default warehouse. A product with variants has its stock by variant.",
                    "Im Standardlager. Ein Produkt mit Varianten hat seinen Bestand je Variante.")
            ).with {
                $0.use = .creating
                $0.standard = "0"
            }
        ])

    private static let shipping = AdminForm.Group(
        Phrase("Shipping", "Versand"),
        [
            AdminField("weight", Phrase("Weight in kg", "Gewicht in kg"), .decimal),
            AdminField("dimensions.length", Phrase("Length in cm", "Länge in cm"), .decimal),
            AdminField("dimensions.width", Phrase("Width in cm", "Breite in cm"), .decimal),
            AdminField("dimensions.height", Phrase("Height in cm", "Höhe in cm"), .decimal),
        ])

    private static let visibility = AdminForm.Group(
        Phrase("Visibility", "Sichtbarkeit"),
        [
            AdminField("is_active", Phrase("Active", "Aktiv"), .flag).with { $0.standard = "true" },
            AdminField(
                "is_featured", Phrase("Featured", "Empfohlen"), .flag,
                help: Phrase("Lists can be ordered by it.", "Listen lassen sich danach ordnen.")),
            AdminField(
                "approval_status", Phrase("Approval", "Freigabe"), .choice(["approved", "pending", "rejected"]),
                isRequired: true,
                help: Phrase(
                    "Only approved products are shown. “Approve” and “Reject” above also tell the vendor.",
                    "Nur freigegebene Produkte werden gezeigt. „Freigeben“ und „Ablehnen“ oben sagen es auch dem "
                        + "Händler.")
            ).with { $0.standard = "approved" },
            AdminField(
                "vendor", Phrase("Vendor", "Händler"), .row(screen: "vendors", value: "id"),
                help: Phrase("None for the shop's own goods.", "Keiner bei eigener Ware des Shops."),
                source: "vendor.id"),
        ])

    private static let addresses = AdminForm.Group(
        Phrase("Search engines", "Suchmaschinen"),
        [
            AdminField(
                "slug", Phrase("Slug", "Slug"), .text,
                help: Phrase(
                    "The name in the address of the product's page. Blank: it is made of the name, or stays. "
                        + "Links to a former one lead nowhere.",
                    "Der Name in der Adresse der Produktseite. Leer: Er entsteht aus dem Namen oder bleibt. "
                        + "Links auf einen früheren führen ins Leere."))
        ])
}
