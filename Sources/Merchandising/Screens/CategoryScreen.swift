import AdminPages
import Primitives

/// Categories in the admin: their tree as a list, each with its own page.
enum CategoryScreen {
    static let screen = AdminScreen(
        "categories", in: .catalog, Phrase("Categories", "Kategorien"), one: Phrase("category", "Kategorie"),
        list: "/api/admin/category-tree/", item: "/api/admin/categories/{category}/", columns: columns,
        filters: [AdminFilter("is_active", Phrase("Active", "Aktiv"), .flag)], search: Phrase("Name", "Name"),
        form: form, sections: [facts, subcategories, products], actions: actions,
        hint: Phrase(
            "Every product is in a category. Make the first one, or import a table.",
            "Jedes Produkt steht in einer Kategorie. Legen Sie die erste an, oder importieren Sie eine Tabelle.")
    ).with {
        $0.place = -1
        $0.choiceLabel = "path"
        $0.keysParameter = "ids"
        $0.commands = [ImportScreens.command(of: .categories)]
        $0.exports = [ImportScreens.export(of: .categories)]
        $0.neighbors = ["products", ImportScreens.name(of: .categories)]
    }

    private static let path = "/api/categories/{id}/"

    private static let columns: [AdminColumn] = [
        AdminColumn("name", Phrase("Name", "Name"), .indented(depth: "depth")),
        .number("product_count", Phrase("Products", "Produkte")),
        .number("total_count", Phrase("With those below", "Mit darunter")),
        .flag("is_active", Phrase("Active", "Aktiv")),
        .flag("is_visible", Phrase("In the shop", "Im Shop")),
        .picture("thumbnail", Phrase("Picture", "Bild")),
        .number("display_order", Phrase("Place", "Platz")).hidden,
        .code("slug", Phrase("Slug", "Slug")).hidden,
        .text("path", Phrase("Path", "Pfad")).hidden,
        .moment("created_at", Phrase("Created", "Angelegt")).hidden,
        .moment("updated_at", Phrase("Changed", "Geändert")).hidden,
        .number("id", Phrase("ID", "ID")).hidden,
    ]

    private static let parent = AdminField(
        "parent", Phrase("Below", "Unterhalb von"), .row(screen: "categories", value: "id"),
        help: Phrase("None for the highest level.", "Keine für die oberste Ebene."))

    private static let place = AdminField(
        "display_order", Phrase("Place", "Platz"), .integer,
        help: Phrase(
            "The lowest comes first; categories of one place go by name.",
            "Der niedrigste steht vorn; bei gleichem Platz entscheidet der Name.")
    ).with { $0.standard = "0" }

    private static let isActive = AdminField("is_active", Phrase("Active", "Aktiv"), .flag).with {
        $0.standard = "true"
    }

    private static let form = AdminForm([
        AdminField("name", Phrase("Name", "Name"), .text, isRequired: true), parent,
        AdminField("description", Phrase("Description", "Beschreibung"), .longText), place, isActive,
        AdminField(
            "slug", Phrase("Slug", "Slug"), .text,
            help: Phrase(
                "The name in the address of the category's page. Blank: it is made of the name, or stays.",
                "Der Name in der Adresse der Kategorieseite. Leer: Er entsteht aus dem Namen oder bleibt.")),
    ]).with {
        $0.create = AdminCall(.post, "/api/categories/")
        $0.update = AdminCall(.patch, path)
        $0.delete = AdminCall(.delete, path)
    }

    private static let facts = AdminSection(
        Phrase("At a glance", "Auf einen Blick"),
        .facts([
            .picture("image", Phrase("Picture", "Bild")), .moment("created_at", Phrase("Created", "Angelegt")),
            .moment("updated_at", Phrase("Changed", "Geändert")),
        ]))

    private static let subcategories = AdminSection(
        Phrase("Categories below", "Kategorien darunter"),
        .grid(
            AdminGrid(
                "subcategories", label: "name",
                [
                    .entered(AdminField("name", Phrase("Name", "Name"), .text, isRequired: true)), .entered(place),
                    .entered(isActive),
                    .shown(.link("slug", Phrase("Page", "Seite"), to: "categories", key: "id")),
                ]
            ).with {
                $0.create = AdminCall(.post, "/api/categories/")
                $0.update = AdminCall(.patch, "/api/categories/{row.id}/")
                $0.delete = AdminCall(.delete, "/api/categories/{row.id}/")
                $0.inherited = ["parent": "id"]
                $0.blankRows = 2
            })
    ).with { $0.standsBelow = true }

    private static let products = AdminSection(
        Phrase("Products", "Produkte"),
        .related(
            path: "/api/admin/products/?category={id}&page_size=10",
            [
                .picture("thumbnail", Phrase("Picture", "Bild")), .text("name", Phrase("Name", "Name")),
                .code("sku", Phrase("SKU", "Artikelnummer")), .money("price", Phrase("Price", "Preis")),
                .flag("is_listed", Phrase("In the shop", "Im Shop")),
            ])
    ).with {
        $0.standsBelow = true
        $0.screen = ("products", "id")
        $0.listing = ("products", "category={id}")
    }

    private static let actions = steps + AdminAction.activating(path)

    private static let steps: [AdminAction] = [
        step("up", Phrase("Move up", "Nach oben"), "↑"), step("down", Phrase("Move down", "Nach unten"), "↓"),
        AdminAction("image", Phrase("Set the picture", "Bild setzen"), .post, path + "image/").with {
            $0.fields = [
                AdminField(
                    "image", Phrase("Picture", "Bild"), .file(["image/jpeg", "image/png", "image/webp"]),
                    isRequired: true, help: Phrase("JPEG, PNG or WebP.", "JPEG, PNG oder WebP."))
            ]
        },
        AdminAction("remove-image", Phrase("Remove the picture", "Bild entfernen"), .delete, path + "image/").with {
            $0.condition = .holds("image")
            $0.weight = .danger
        },
        AdminAction("move", Phrase("Move below another", "Unter eine andere verschieben"), .patch, path).with {
            $0.fields = [parent]
            // A row's page has its parent in its form.
            $0.condition = .not(.always)
            $0.isBulk = true
        },
    ]

    private static func step(_ name: String, _ title: Phrase, _ sign: String) -> AdminAction {
        AdminAction(name, title, .put, path + "move/").with {
            $0.body = ["direction": .string(name)]
            $0.isInList = true
            $0.sign = sign
        }
    }
}
