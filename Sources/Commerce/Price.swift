/// Money with its currency, as answers show it: encoded as the decimal text of the currency.
public struct Price: Sendable, Hashable, Codable, CustomStringConvertible {
    public let amount: Money
    public let currency: Currency

    public init(_ amount: Money, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    public var description: String { currency.text(amount) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Reads decimal text in the currency with as many decimals as the text has; answers are only read back by tests and
    /// by the document of the API.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let amount = Currency.usd.amount(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an amount"))
        }
        self.init(amount, .usd)
    }
}

extension Currency {
    /// `amount` as an answer shows it.
    public func price(_ amount: Money) -> Price { Price(amount, self) }
}
