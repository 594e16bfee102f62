import AdminPages
import Primitives

/// The accounts of the ledger.
extension Vocabulary {
    /// Returns what an account is called; nil for a word that is none.
    static func account(_ name: String) -> Phrase? {
        if let code = name.after("clearing:") {
            let gateway = phrase(for: String(code)) ?? Phrase(String(code), String(code))
            return Phrase("Held by: \(gateway.english)", "Guthaben bei: \(gateway.german)")
        }
        if let vendor = name.after("payable:") {
            return Phrase("Owed to vendor \(vendor)", "Schuld bei Händler \(vendor)")
        }
        return accounts[name]
    }

    private static let accounts: [String: Phrase] = [
        "receivable": Phrase("Receivable", "Forderungen"),
        "sales": Phrase("Sales", "Umsätze"),
        "refunds": Phrase("Refunds", "Erstattungen"),
        "tax": Phrase("Tax", "Steuern"),
        "shipping": Phrase("Shipping", "Versand"),
        "fees": Phrase("Fees", "Gebühren"),
        "disputes": Phrase("Disputes", "Rückbuchungen"),
        "vendor_shares": Phrase("Shares of vendors", "Anteile der Händler"),
        "vendor_adjustments": Phrase("Adjustments of vendors", "Korrekturen bei Händlern"),
        "payouts": Phrase("Payouts", "Auszahlungen"),
    ]
}
