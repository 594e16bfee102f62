import Commerce
import Primitives

/// Where a vendor's money goes.
public struct BankAccount: Sendable, Hashable, Codable {
    /// The holder's name, 1 to 150 characters.
    public var accountHolder: String
    /// The name of the bank, 1 to 150 characters.
    public var bankName: String
    /// ISO 13616, without spaces; empty where there is none.
    public var iban: String
    /// The number of an account without an IBAN; empty where there is one.
    public var accountNumber: String
    /// The number of the bank within its country: an ABA number, a sort code; may be empty.
    public var routingNumber: String
    /// The bank's identifier of ISO 9362; may be empty.
    public var swift: String

    /// An account of these parts, unchecked.
    public init(
        accountHolder: String, bankName: String, iban: String = "", accountNumber: String = "",
        routingNumber: String = "", swift: String = ""
    ) {
        self.accountHolder = accountHolder
        self.bankName = bankName
        self.iban = iban
        self.accountNumber = accountNumber
        self.routingNumber = routingNumber
        self.swift = swift
    }

    /// The account with the ends of its numbers alone, as it is shown.
    var masked: BankAccount {
        var shown = self
        shown.iban = Self.masked(iban)
        shown.accountNumber = Self.masked(accountNumber)
        shown.routingNumber = Self.masked(routingNumber)
        return shown
    }

    /// Returns `•••• 1234` of a number; less of a short one, empty where there is none.
    static func masked(_ number: String) -> String {
        guard !number.isEmpty else { return "" }
        return "•••• " + String(number.unicodeScalars.suffix(min(4, number.unicodeScalars.count / 2)))
    }

    /// Returns the account with the numbers of `known` where they came back as they had been shown.
    func completed(by known: BankAccount?) -> BankAccount {
        guard let known else { return self }
        let shown = known.masked
        var whole = self
        if iban == shown.iban { whole.iban = known.iban }
        if accountNumber == shown.accountNumber { whole.accountNumber = known.accountNumber }
        if routingNumber == shown.routingNumber { whole.routingNumber = known.routingNumber }
        return whole
    }

    /// Returns the account with its numbers written without spaces.
    ///
    /// - Throws: `ValidationError` on the fields that cannot be, as members of `profile.bank_account`.
    func checked() throws(ValidationError) -> BankAccount {
        var (account, wrong) = (self, [String: FieldErrors]())
        account.iban = IBAN.compact(iban)
        account.swift = IBAN.compact(swift)
        if !account.iban.isEmpty, !IBAN.isValid(account.iban) { wrong["iban"] = .messages(["Enter a valid IBAN."]) }
        if !account.swift.isEmpty, !BIC.isValid(account.swift) {
            wrong["swift"] = .messages(["Enter a valid BIC of 8 or 11 characters."])
        }
        if !Self.isNumber(accountNumber) { wrong["account_number"] = .messages(["Enter a valid account number."]) }
        if !Self.isNumber(routingNumber) { wrong["routing_number"] = .messages(["Enter a valid routing number."]) }
        if iban.isEmpty, accountNumber.isEmpty {
            wrong["iban"] = .messages(["An IBAN or an account number is needed."])
        }
        guard wrong.isEmpty else {
            throw ValidationError(.members(["profile": .members(["bank_account": .members(wrong)])]))
        }
        return account
    }

    /// Returns whether a text is made of Latin letters, digits, spaces and hyphens.
    private static func isNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: " "), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}

/// Account numbers of ISO 13616.
public enum IBAN {
    /// Returns the text in capitals without the spaces that people group it by.
    public static func compact(_ text: String) -> String { text.uppercased().keeping { $0 != " " && $0 != "\u{A0}" } }

    /// Returns whether a text is a country's code with check digits that are right (ISO 7064, MOD 97-10) and as long as
    /// the registry says for that country; for countries that it does not have, 15 to 34 characters.
    public static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (15...34).contains(bytes.count), bytes.allSatisfy({ value(of: $0) != nil }),
            bytes[..<2].allSatisfy({ isLetter($0) }), bytes[2..<4].allSatisfy({ !isLetter($0) })
        else { return false }
        let country = String(decoding: bytes[..<2], as: UTF8.self)
        guard Country.code(country) != nil else { return false }
        if let length = lengths[country], length != bytes.count { return false }
        return remainder(bytes[4...] + bytes[..<4]) == 1
    }

    private static func remainder(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { rest, byte in
            let value = value(of: byte) ?? 0
            return (rest * (value > 9 ? 100 : 10) + value) % 97
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    /// Digits count as themselves, letters from 10 on.
    private static func value(of byte: UInt8) -> Int? {
        if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { return Int(byte - UInt8(ascii: "0")) }
        return isLetter(byte) ? Int(byte - UInt8(ascii: "A")) + 10 : nil
    }

    /// The lengths of the SWIFT IBAN registry, release 99.
    private static let lengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29,
        "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
        "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
        "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20,
        "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19,
        "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29,
        "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24,
        "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
        "YE": 30,
    ]
}

/// Identifiers of banks of ISO 9362.
public enum BIC {
    /// Returns whether a text has the form: four letters or digits, a country, two letters or digits, and three more
    /// for a branch.
    public static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 8 || bytes.count == 11 else { return false }
        let isWord = bytes.allSatisfy { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        let country = String(decoding: bytes[4..<6], as: UTF8.self)
        return isWord && Country.code(country) != nil
    }
}
