import AdminPages

/// Reviews of products in the admin.
extension ReviewsModule {
    static let screen = AdminScreen(
        "reviews", in: .people, Phrase("Reviews", "Bewertungen"), one: Phrase("review", "Bewertung"),
        list: "/api/admin/reviews/", item: "/api/reviews/{id}/", label: "title", columns: columns, filters: filters,
        search: Phrase("Product, title, or whole e-mail", "Produkt, Titel oder ganze E-Mail-Adresse"),
        form: AdminForm([]).with {
            $0.creates = false
            $0.updates = false
        }, sections: sections, actions: actions,
        hint: Phrase(
            "Who got a product delivered can review it; what waits for your decision stands here.",
            "Bewerten kann, wer ein Produkt erhalten hat; was auf Ihre Entscheidung wartet, steht hier."))

    private static let columns: [AdminColumn] = [
        .picture("images.0.sizes.160", Phrase("Picture", "Bild")),
        AdminColumn("title", Phrase("Title", "Titel"), .text),
        AdminColumn("rating", Phrase("Stars", "Sterne"), .stars, sort: "rating"),
        .status("status", Phrase("Status", "Status")),
        .link("user.display_name", Phrase("By", "Von"), to: "customers", key: "user.id"),
        .link("product_name", Phrase("Product", "Produkt"), to: "products", key: "product_id"),
        .flag("is_verified_purchase", Phrase("Bought here", "Hier gekauft")),
        .number("helpful_count", Phrase("Helpful", "Hilfreich"), sort: "helpful"),
        .moment("created_at", Phrase("Written", "Geschrieben"), sort: "created_at"),
        AdminColumn("review_text", Phrase("Review", "Bewertung"), .longText).hidden,
        .moment("moderated_at", Phrase("Decided", "Entschieden")).hidden,
    ]

    private static let filters = [
        AdminFilter("status", Phrase("Status", "Status"), .choice(["pending", "approved", "rejected"])),
        AdminFilter("rating", Phrase("Stars", "Sterne"), .choice(["5", "4", "3", "2", "1"])),
        AdminFilter("verified", Phrase("Bought here", "Hier gekauft"), .flag),
        AdminFilter("with_images", Phrase("With pictures", "Mit Bildern"), .flag),
        AdminFilter("product", Phrase("Product", "Produkt"), .named(screen: "products", value: "id")),
        AdminFilter("user", Phrase("Customer", "Kunde"), .named(screen: "customers", value: "id")),
    ]

    private static let sections: [AdminSection] = [
        AdminSection(
            Phrase("Review", "Bewertung"),
            .facts([
                AdminColumn("rating", Phrase("Stars", "Sterne"), .stars), .status("status", Phrase("Status", "Status")),
                AdminColumn("review_text", Phrase("Text", "Text"), .longText),
                AdminColumn("pros", Phrase("Pros", "Vorteile"), .longText),
                AdminColumn("cons", Phrase("Cons", "Nachteile"), .longText),
                .link("user.display_name", Phrase("By", "Von"), to: "customers", key: "user.id"),
                .flag("is_verified_purchase", Phrase("Bought here", "Hier gekauft")),
                .number("helpful_count", Phrase("Helpful", "Hilfreich")),
                .number("not_helpful_count", Phrase("Not helpful", "Nicht hilfreich")),
                AdminColumn("rejection_reason", Phrase("Reason of the rejection", "Grund der Ablehnung"), .longText),
                .moment("created_at", Phrase("Written", "Geschrieben")),
                .moment("updated_at", Phrase("Changed", "Geändert")),
            ])),
        AdminSection(
            Phrase("Pictures", "Bilder"),
            .table(
                member: "images",
                [
                    AdminColumn("sizes.480", Phrase("Picture", "Bild"), .photo(full: "image")),
                    .text("caption", Phrase("Caption", "Unterschrift")),
                ])
        ).with { $0.hidesEmpty = true },
        AdminSection(
            Phrase("Product", "Produkt"),
            .relatedFacts(
                path: "/api/admin/products/{product_id}/",
                [
                    .link("name", Phrase("Name", "Name"), to: "products", key: "id"),
                    .code("sku", Phrase("SKU", "Artikelnummer")), .text("vendor.name", Phrase("Vendor", "Händler")),
                    .number("rating_average", Phrase("Rating", "Bewertung")),
                    .number("rating_count", Phrase("Reviews", "Bewertungen")),
                ])),
        AdminSection(
            Phrase("Answer", "Antwort"),
            .facts([
                .status("response.responder", Phrase("By", "Von")),
                AdminColumn("response.response_text", Phrase("Text", "Text"), .longText),
                .moment("response.updated_at", Phrase("Written", "Geschrieben")),
            ])),
    ]
}

/// What staff do to reviews.
extension ReviewsModule {
    private static let actions: [AdminAction] = [
        AdminAction("approve", Phrase("Approve", "Freigeben"), .put, "/api/admin/reviews/{id}/approve/").with {
            $0.condition = .oneOf("status", ["pending", "rejected"])
            $0.weight = .primary
            $0.isBulk = true
            $0.undo = "reopen"
            $0.undoWhere = .oneOf("status", ["pending"])
        },
        AdminAction("reject", Phrase("Reject", "Ablehnen"), .put, "/api/admin/reviews/{id}/reject/").with {
            $0.fields = [
                AdminField(
                    "reason", Phrase("Reason", "Grund"), .longText, isRequired: true,
                    help: Phrase("The author sees it.", "Wer die Bewertung geschrieben hat, sieht ihn."))
            ]
            $0.condition = .oneOf("status", ["pending", "approved"])
            $0.isBulk = true
            $0.undo = "reopen"
            $0.undoWhere = .oneOf("status", ["pending"])
        },
        AdminAction("respond", Phrase("Answer", "Beantworten"), .post, "/api/reviews/{id}/respond/").with {
            $0.fields = [
                AdminField(
                    "response_text", Phrase("Answer", "Antwort"), .longText, isRequired: true,
                    help: Phrase(
                        "Everybody sees it below the review; it takes the place of an earlier one.",
                        "Alle sehen sie unter der Bewertung; sie ersetzt eine frühere."),
                    source: "response.response_text")
            ]
        },
        AdminAction(
            "reopen", Phrase("Take the decision back", "Entscheidung zurücknehmen"), .put,
            "/api/admin/reviews/{id}/reopen/"
        ).with {
            $0.condition = .oneOf("status", ["approved", "rejected"])
            $0.isBulk = true
        },
    ]
}
