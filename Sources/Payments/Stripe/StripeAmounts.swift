import Primitives

/// How Stripe counts in the currencies that it takes: a table of exceptions to two decimals.
///
/// Source: https://docs.stripe.com/currencies (presentment currencies of an account in the USA, zero-decimal
/// currencies, special cases), and for three decimals, which that page shows to accounts of other countries only,
/// https://web.archive.org/web/20221231002856/https://stripe.com/docs/currencies. Accounts of some countries take
/// fewer currencies: those are refused by Stripe when a payment is made. BGN ended with 2025.
public enum StripeAmounts {
    /// The rules by currency, as charges and refunds count.
    public static let table = GatewayAmounts(
        rules(twoDecimals, .init(decimals: 2))
            .merging(rules(withoutDecimals, .init(decimals: 0))) { $1 }
            .merging(rules(wholeAsHundreds, .init(decimals: 2, step: 100))) { $1 }
            .merging(rules(threeDecimals, .init(decimals: 3, step: 10))) { $1 })

    /// The amount is the number of whole units: 500 for 500 JPY. MGA is one of them, although ISO 4217 gives it two
    /// decimals. UGX stands in Stripe's list too, but its special case counts otherwise.
    private static let withoutDecimals = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF"

    /// Currencies that lost their decimals but are still sent with two, which are zero: 500 for 5 ISK. Other amounts
    /// are refused (`invalid_charge_amount_no_decimal_compatible`).
    private static let wholeAsHundreds = "ISK UGX"

    /// The last of three decimals has to be 0, in refunds too: 5.12 KWD is 5120, and 5.124 KWD cannot be charged.
    private static let threeDecimals = "BHD JOD KWD OMR TND"

    /// All others. HUF and TWD are charged with two decimals; whole amounts are asked of payouts only.
    private static let twoDecimals = """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC CVE \
        CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT \
        LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR \
        PLN QAR RON RSD RUB SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TJS TOP TRY TTD TWD TZS UAH USD UYU UZS WST XCD \
        XCG YER ZAR ZMW
        """

    private static func rules(_ codes: String, _ rule: GatewayAmounts.Rule) -> [String: GatewayAmounts.Rule] {
        Dictionary(uniqueKeysWithValues: codes.words.map { (String($0), rule) })
    }
}
