/// Sentences about vendors, their papers, their bank and their commission.
extension Messages {
    static let vendors: [String: String] = [
        "This user has a vendor already.": "Dieses Konto hat bereits einen Händler.",
        "The vendor is {} and cannot become {}.":
            "Der Händler hat den Status „{1:word}“ und kann nicht „{2:word}“ werden.",
        "The vendor is suspended.": "Der Händler ist gesperrt.",
        "The shop has not decided about this vendor yet.": "Über diesen Händler ist noch nicht entschieden.",
        "The shop has rejected this vendor.": "Dieser Händler ist abgelehnt.",
        "The shop has suspended this vendor.": "Dieser Händler ist gesperrt.",
        "A vendor may have {} documents at most.": "Ein Händler kann höchstens {1} Unterlagen haben.",
        "Ensure that no name has more than 50 characters.": "Ein Name hat höchstens 50 Zeichen.",
        "Enter a valid IBAN.": "Bitte geben Sie eine gültige IBAN ein.",
        "Enter a valid BIC of 8 or 11 characters.": "Bitte geben Sie eine gültige BIC mit 8 oder 11 Zeichen ein.",
        "Enter a valid account number.": "Bitte geben Sie eine gültige Kontonummer ein.",
        "Enter a valid routing number.": "Bitte geben Sie eine gültige Bankleitzahl ein.",
        "An IBAN or an account number is needed.": "Eine IBAN oder eine Kontonummer wird gebraucht.",
        "A rule is about a vendor or about a category.":
            "Eine Regel gilt für einen Händler oder für eine Kategorie, nicht für beides.",
        "An adjustment is not zero.": "Eine Korrektur ist nicht null.",
    ]
}
