import AdminPages

/// The permissions of staff in short words, and the parts of the shop that they are about.
extension Vocabulary {
    /// Returns what a part of the shop is called whose permissions begin with a word.
    static func area(_ word: String) -> Phrase { areas[word] ?? phrase(for: word) ?? Phrase(word, word) }

    static let permissions: [String: Phrase] = [
        "audit.view": Phrase("Read the audit", "Protokoll lesen"),
        "coupons.edit": Phrase("Manage coupons", "Gutscheine verwalten"),
        "customers.view": Phrase("See customers", "Kunden sehen"),
        "inventory.edit": Phrase("Manage stock", "Bestände verwalten"),
        "jobs.edit": Phrase("Retry jobs", "Jobs wiederholen"),
        "jobs.view": Phrase("See jobs", "Jobs sehen"),
        "mailbox.view": Phrase("Read the mailbox", "Postkasten lesen"),
        "notifications.edit": Phrase("Manage mails", "E-Mails verwalten"),
        "notifications.view": Phrase("See mails", "E-Mails sehen"),
        "orders.edit": Phrase("Change orders", "Bestellungen ändern"),
        "orders.refund": Phrase("Refund", "Erstatten"),
        "orders.view": Phrase("See orders", "Bestellungen sehen"),
        "payments.edit": Phrase("Manage payments", "Zahlungen verwalten"),
        "payments.view": Phrase("See payments", "Zahlungen sehen"),
        "payouts.edit": Phrase("Pay vendors out", "Händler auszahlen"),
        "products.edit": Phrase("Manage products", "Produkte verwalten"),
        "reports.view": Phrase("See reports", "Berichte sehen"),
        "reviews.moderate": Phrase("Moderate reviews", "Bewertungen prüfen"),
        "settings.edit": Phrase("Change taxes and shipping", "Steuern und Versand ändern"),
        "shop.edit": Phrase("Change the settings", "Einstellungen ändern"),
        "vendors.edit": Phrase("Manage vendors", "Händler verwalten"),
        "webhooks.edit": Phrase("Manage webhooks", "Webhooks verwalten"),
    ]

    private static let areas: [String: Phrase] = [
        "audit": Phrase("Audit", "Protokoll"),
        "coupons": Phrase("Coupons", "Gutscheine"),
        "customers": Phrase("Customers", "Kunden"),
        "inventory": Phrase("Stock", "Lager"),
        "jobs": Phrase("Jobs", "Jobs"),
        "mailbox": Phrase("Mailbox", "Postkasten"),
        "notifications": Phrase("Mails", "E-Mails"),
        "orders": Phrase("Orders", "Bestellungen"),
        "payments": Phrase("Payments", "Zahlungen"),
        "payouts": Phrase("Payouts", "Auszahlungen"),
        "products": Phrase("Products", "Produkte"),
        "reports": Phrase("Reports", "Berichte"),
        "reviews": Phrase("Reviews", "Bewertungen"),
        "settings": Phrase("Taxes and shipping", "Steuern und Versand"),
        "shop": Phrase("Settings", "Einstellungen"),
        "vendors": Phrase("Vendors", "Händler"),
        "webhooks": Phrase("Webhooks", "Webhooks"),
    ]
}
