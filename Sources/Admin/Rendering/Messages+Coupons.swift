/// Sentences about coupons.
extension Messages {
    static let coupons: [String: String] = [
        "A coupon with this code already exists.": "Einen Gutschein mit diesem Code gibt es schon.",
        "A percentage is more than 0 and at most 100.": "Ein Prozentsatz ist größer als 0 und höchstens 100.",
        "Name the categories that the coupon applies to.": "Wählen Sie die Kategorien, für die der Gutschein gilt.",
        "Name the products that the coupon applies to.": "Wählen Sie die Produkte, für die der Gutschein gilt.",
        "The sum of these discounts": "Die Summe dieser Rabatte",
    ]
}
