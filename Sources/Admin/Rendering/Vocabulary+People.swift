import AdminPages

/// Words about people, vendors, their money, coupons and reports.
extension Vocabulary {
    static let people: [String: Phrase] = [
        "individual": Phrase("Sole trader", "Einzelunternehmen"),
        "company": Phrase("Company", "Gesellschaft"),
        "id_proof": Phrase("Proof of identity", "Identitätsnachweis"),
        "address_proof": Phrase("Proof of address", "Adressnachweis"),
        "business_license": Phrase("Business license", "Gewerbenachweis"),
        "all": Phrase("Everything", "Alles"),
        "specific_categories": Phrase("Some categories", "Bestimmte Kategorien"),
        "specific_products": Phrase("Some products", "Bestimmte Produkte"),
        "day": Phrase("Day", "Tag"),
        "week": Phrase("Week", "Woche"),
        "month": Phrase("Month", "Monat"),
        "product": Phrase("Product", "Produkt"),
        "category": Phrase("Category", "Kategorie"),
        "coupon": Phrase("Coupon", "Gutschein"),
        "public": Phrase("Public", "Öffentlich"),
        "en": Phrase("English", "Englisch"),
        "de": Phrase("German", "Deutsch"),
        "private": Phrase("Private", "Privat"),
    ]
}
