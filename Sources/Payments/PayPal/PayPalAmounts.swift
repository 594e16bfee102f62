/// The currencies that PayPal takes, and how it counts in them.
///
/// Source: developer.paypal.com/api/rest/reference/currency-codes ("PayPal account payments"): the forint, the yen and the New Taiwan
/// dollar have no decimals there; BRL, CNY and MYR only between accounts of the same country. No ISK, KWD or UGX.
public enum PayPalAmounts {
    private static let withDecimals = [
        "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "ILS", "MXN", "MYR", "NOK", "NZD", "PHP",
        "PLN", "RUB", "SEK", "SGD", "THB", "USD",
    ]
    private static let whole = ["HUF", "JPY", "TWD"]

    /// The rules by currency.
    public static let table = GatewayAmounts(
        Dictionary(
            uniqueKeysWithValues: withDecimals.map { ($0, GatewayAmounts.Rule(decimals: 2)) }
                + whole.map { ($0, GatewayAmounts.Rule(decimals: 0)) }))
}
