import Primitives

/// A currency of ISO 4217 and its number of decimals.
public struct Currency: Sendable, Hashable {
    /// Three capital letters.
    public let code: String
    /// Decimals of its minor unit: 2 for USD, 0 for JPY, 3 for KWD.
    public let decimals: Int

    /// Creates the currency named `code`; nil where ISO 4217 has none in use by that name.
    public init?(code: String) {
        guard let decimals = Self.decimals(of: code) else { return nil }
        self.code = code
        self.decimals = decimals
    }

    private init(known code: String, decimals: Int) {
        self.code = code
        self.decimals = decimals
    }

    /// The US dollar, with two decimals: the currency of a shop that names none.
    public static let usd = Currency(known: "USD", decimals: 2)

    /// Returns the decimals by ISO 4217's list one (SIX, 2024): currencies not listed with 0 or 3 decimals have 2.
    private static func decimals(of code: String) -> Int? {
        if withoutDecimals.contains(code) { return 0 }
        if withThreeDecimals.contains(code) { return 3 }
        return withTwoDecimals.contains(code) ? 2 : nil
    }

    /// The codes of all currencies in use, in the order of the alphabet.
    public static let allCodes = withoutDecimals.union(withThreeDecimals).union(withTwoDecimals).sorted()

    private static func codes(_ text: String) -> Set<String> { Set(text.words.map { String($0) }) }

    private static let withoutDecimals = codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")
    private static let withThreeDecimals = codes("BHD IQD JOD KWD LYD OMR TND")
    private static let withTwoDecimals = codes(
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP \
        CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR \
        JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN \
        NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP \
        SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST YER ZAR ZMW ZWG
        """)
}
