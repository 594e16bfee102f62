import AdminPages

extension InventoryModule {
    /// The form of a warehouse.
    static let warehouseForm = AdminForm(groups: [
        AdminForm.Group(
            nil,
            [
                AdminField("name", Phrase("Name", "Name"), .text, isRequired: true),
                AdminField(
                    "code", Phrase("Code", "Kürzel"), .text, isRequired: true,
                    help: Phrase(
                        "Short and unique, as tables of stock name it.",
                        "Kurz und eindeutig, wie Bestandstabellen es nennen.")),
                AdminField(
                    "priority", Phrase("Priority", "Rang"), .integer,
                    help: Phrase(
                        "Parcels leave the warehouse with the smaller number first.",
                        "Pakete gehen zuerst aus dem Lager mit der kleineren Zahl.")
                ).with { $0.standard = "0" },
                AdminField(
                    "is_default", Phrase("Default warehouse", "Standardlager"), .flag,
                    help: Phrase(
                        "Where goods go for which none is named.", "Wohin Ware kommt, für die keines genannt ist.")),
                AdminField(
                    "is_active", Phrase("Active", "Aktiv"), .flag,
                    help: Phrase(
                        "What lies in an inactive warehouse cannot be bought.",
                        "Was in einem inaktiven Lager liegt, kann nicht gekauft werden.")
                ).with { $0.standard = "true" },
            ]),
        AdminForm.Group(
            Phrase("Address", "Anschrift"),
            [
                AdminField("address_line1", Phrase("Street and number", "Straße und Hausnummer"), .text),
                AdminField("address_line2", Phrase("Addition", "Zusatz"), .text),
                AdminField("postal_code", Phrase("Postal code", "Postleitzahl"), .text),
                AdminField("city", Phrase("City", "Ort"), .text),
                AdminField("state", Phrase("State", "Region"), .text),
                AdminField("country", Phrase("Country", "Land"), .country),
            ]),
    ]).with { $0.deletesWhere = .not(.holds("is_default")) }
}
