import Primitives

/// The currencies that Razorpay takes and how it counts in them.
///
/// Codes and exponents are those of https://razorpay.com/docs/payments/international-payments/#supported-currencies
/// (April 2026), without HRK and SLL, which ISO 4217 has withdrawn. The last digit of three is to be 0 by
/// https://razorpay.com/docs/api/orders/create/, parameter `amount`: 99.991 KWD cannot be charged, 99.990 can.
public enum RazorpayAmounts {
    /// The table; a shop's account takes foreign currencies only once Razorpay has allowed it to.
    public static let table = GatewayAmounts(
        rules(withoutDecimals, GatewayAmounts.Rule(decimals: 0))
            .merging(rules(withTwoDecimals, GatewayAmounts.Rule(decimals: 2))) { first, _ in first }
            .merging(rules(withThreeDecimals, GatewayAmounts.Rule(decimals: 3, step: 10))) { first, _ in first })

    private static func rules(_ codes: String, _ rule: GatewayAmounts.Rule) -> [String: GatewayAmounts.Rule] {
        Dictionary(codes.words.map { (String($0), rule) }) { first, _ in first }
    }

    private static let withoutDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
    private static let withThreeDecimals = "BHD IQD JOD KWD OMR TND"
    private static let withTwoDecimals = """
        AED ALL AMD AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BZD CAD CHF CNY COP CRC CUP CVE CZK DKK \
        DOP DZD EGP ETB EUR FJD GBP GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT LAK LKR \
        LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PEN PGK PHP PKR PLN QAR \
        RON RSD RUB SAR SCR SEK SGD SOS SVC SZL THB TRY TTD TWD TZS UAH USD UYU UZS XCD YER ZAR ZMW
        """
}
