/// What permissions let staff do.
extension Messages {
    static let duties: [String: String] = [
        "See sales reports.": "Umsatzberichte sehen.",
        "See what runs by itself: jobs that wait, run or have failed, and the schedule.":
            "Sehen, was von selbst läuft: wartende, laufende und gescheiterte Jobs und den Zeitplan.",
        "Have failed jobs tried again, and discard jobs.": "Gescheiterte Jobs wiederholen und Jobs verwerfen.",
        "Change what the shop is set to, and try its mail server.":
            "Die Einstellungen des Shops ändern und seinen Mailserver ausprobieren.",
        "Make vendors, see them with their papers, and decide about them.":
            "Händler anlegen, mit ihren Unterlagen sehen und über sie entscheiden.",
        "Pay vendors out, keep their accounts and commission.":
            "Händler auszahlen, ihre Konten und Provisionen führen.",
        "Set up payment gateways, capture and cancel payments, replay webhooks.":
            "Zahlungsanbieter einrichten, Zahlungen einziehen und abbrechen, Webhooks wiederholen.",
        "See all payments, refunds, disputes, webhooks and the ledger.":
            "Alle Zahlungen, Erstattungen, Rückbuchungen, Webhooks und das Hauptbuch sehen.",
        "Refund payments, and decide refunds that customers ask for.":
            "Zahlungen erstatten und über Erstattungswünsche von Kunden entscheiden.",
        "Approve, reject and delete reviews, and respond to them.":
            "Bewertungen freigeben, ablehnen, löschen und beantworten.",
        "Read the audit of what staff have done.": "Das Protokoll dessen lesen, was das Personal getan hat.",
        "Read and empty the built-in mailbox.": "Den eingebauten Postkasten lesen und leeren.",
        "Read the log of mails and the addresses that get none.":
            "Das Protokoll der E-Mails und die gesperrten Adressen lesen.",
        "Change mail templates, send mails again, and keep addresses from mail.":
            "E-Mail-Vorlagen ändern, E-Mails erneut senden und Adressen sperren.",
        "Change orders: status, parcels, returns, notes and payments that were seen.":
            "Bestellungen ändern: Status, Pakete, Rücksendungen, Notizen und gesehene Zahlungen.",
        "See all orders, their returns, notes and papers.":
            "Alle Bestellungen mit Rücksendungen, Notizen und Belegen sehen.",
        "Make, change and delete coupons, and see how they are used.":
            "Gutscheine anlegen, ändern, löschen und ihre Nutzung sehen.",
        "Set up webhooks that the shop sends, see and replay what was sent.":
            "Webhooks des Shops einrichten, Gesendetes sehen und wiederholen.",
        "Make, change and delete products, categories and their pictures; bring tables in and out.":
            "Produkte, Kategorien und ihre Bilder anlegen, ändern und löschen; Tabellen ein- und auslesen.",
        "Change tax rates and shipping methods.": "Steuersätze und Versandarten ändern.",
        "See customers, their addresses and what became of their accounts.":
            "Kunden, ihre Adressen und den Stand ihrer Konten sehen.",
        "See and change stock, warehouses, deliveries and alerts.":
            "Bestände, Lager, Lieferungen und Warnungen sehen und ändern.",
    ]
}
