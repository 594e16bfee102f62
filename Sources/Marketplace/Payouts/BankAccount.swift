import Commerce
import Primitives
import SQL
import Web

/// A vendor's account at a bank, as its room unseals it.
public struct BankAccount: Sendable, Hashable {
    /// Whom it belongs to.
    public let holder: String
    /// The name of the bank; may be empty.
    public let bankName: String
    /// The IBAN without spaces; empty where the country has none.
    public let iban: String
    /// The number where there is no IBAN.
    public let accountNumber: String
    /// The bank's national code where there is no IBAN.
    public let routingNumber: String
    /// The bank's BIC; may be empty.
    public let bic: String

    /// Describes an account; what is not known is empty.
    public init(
        holder: String, bankName: String = "", iban: String = "", accountNumber: String = "",
        routingNumber: String = "", bic: String = ""
    ) {
        self.holder = holder
        self.bankName = bankName
        self.iban = Self.normal(iban)
        self.accountNumber = accountNumber
        self.routingNumber = routingNumber
        self.bic = Self.normal(bic)
    }

    /// Whether a bank can find it.
    var isComplete: Bool { !iban.isEmpty || !accountNumber.isEmpty }

    /// Returns the code in capitals, without spaces.
    static func normal(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self).uppercased()
    }

    /// Whether a code without spaces is an IBAN with the right check digits (ISO 13616, ISO 7064 MOD 97-10).
    static func isIBAN(_ iban: String) -> Bool {
        let bytes = Array(iban.utf8)
        guard (15...34).contains(bytes.count), bytes.prefix(2).allSatisfy(isLetter),
            bytes[2...3].allSatisfy(isDigit), bytes.allSatisfy({ isLetter($0) || isDigit($0) })
        else { return false }
        let rest = (bytes.dropFirst(4) + bytes.prefix(4)).reduce(0) { rest, byte in
            isDigit(byte)
                ? (rest * 10 + Int(byte - UInt8(ascii: "0"))) % 97
                : (rest * 100 + Int(byte - UInt8(ascii: "A")) + 10) % 97
        }
        return rest == 1
    }

    /// Whether a code is formed as a BIC (ISO 9362).
    static func isBIC(_ bic: String) -> Bool {
        let bytes = Array(bic.utf8)
        return [8, 11].contains(bytes.count) && bytes.allSatisfy { isLetter($0) || isDigit($0) }
            && bytes[4...5].allSatisfy(isLetter)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

/// The way in which a vendor is paid.
public enum PayoutMethod: String, WireEnum {
    case bankTransfer = "bank_transfer"
    case paypal
    case manual
}

/// Where a vendor's money goes.
public struct Payee: Sendable, Hashable {
    /// The way that the vendor has chosen.
    public let method: PayoutMethod
    /// The account at a bank; nil where none is known.
    public let account: BankAccount?

    /// Pays by `method`, to `account` where it is by a bank.
    public init(method: PayoutMethod = .bankTransfer, account: BankAccount? = nil) {
        self.method = method
        self.account = account
    }
}

/// Where the money of these vendors goes; whoever is left out is paid by hand.
public typealias PayeeReader = @Sendable ([VendorID], Connection) throws -> [VendorID: Payee]
