/// Money with its currency, as responses show it: encoded as the decimal text of the currency.
public struct Price: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The amount in minor units of `currency`.
    public let amount: Money
    /// The currency that names the number of decimals.
    public let currency: Currency

    /// Creates a price of `amount` in `currency`; nothing is converted.
    public init(_ amount: Money, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    /// Decimal text without the currency: `19.99`.
    public var description: String { currency.text(amount) }

    /// Writes ``description`` as a string.
    ///
    /// - Throws: `EncodingError` where the encoder takes no single value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Reads decimal text as US dollars, whatever its currency was; responses are only read back by tests and by the
    /// OpenAPI document.
    ///
    /// - Throws: `DecodingError` where the text is no amount with at most two decimals.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let amount = Currency.usd.amount(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an amount"))
        }
        self.init(amount, .usd)
    }
}

extension Currency {
    /// Returns `amount` as a response shows it.
    public func price(_ amount: Money) -> Price { Price(amount, self) }
}
