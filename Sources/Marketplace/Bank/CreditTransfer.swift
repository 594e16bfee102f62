import Commerce
import Primitives
import Vendors

/// The reason why a bank is not told of a payout, as a sentence.
enum TransferProblem: String, Error, Sendable {
    case suspended = "The vendor is suspended."
    case noAccount = "No account at a bank is known."
    case wrongIBAN = "The IBAN is not valid."
    case noIBAN = "Payouts in EUR go to accounts with an IBAN alone."
    case longNumber = "The number of the account has more than 34 characters."
    case noBank = "The bank is not known: a BIC or a routing number is needed."
}

/// A payout as the bank is told of it. Its texts keep to the limits and characters of ISO 20022, so that no transfer has the
/// whole file refused.
struct CreditTransfer: Sendable {
    /// An account at a bank.
    enum Account: Sendable, Hashable {
        case iban(String)
        /// A number of at most 34 characters.
        case number(String)
    }

    let payout: Payout
    /// At most 70 characters, and never empty.
    let name: String
    let account: Account
    /// Empty where it is not known.
    let bic: String
    /// The number of the bank within its country; empty where it is not known or not needed.
    let routingNumber: String

    /// Creates the transfer of a payout. In EUR it goes to an IBAN alone (SEPA); elsewhere a BIC or a number of the bank is needed.
    ///
    /// - Throws: `TransferProblem` where no bank could make it.
    init(_ payout: Payout, to account: BankAccount?) throws(TransferProblem) {
        guard let account, account.isComplete else { throw .noAccount }
        let isInEuro = payout.currency == "EUR"
        let (bic, routingNumber) = (Self.bic(account), isInEuro ? "" : Self.routingNumber(account))
        let own = try Self.account(account, isInEuro: isInEuro)
        guard isInEuro || !bic.isEmpty || !routingNumber.isEmpty else { throw .noBank }
        self.payout = payout
        self.name = Self.name(account, payout)
        self.account = own
        self.bic = bic
        self.routingNumber = routingNumber
    }

    private static func name(_ account: BankAccount, _ payout: Payout) -> String {
        let names = [account.accountHolder, payout.vendorName].map { BankText.cleaned($0, limit: 70) }
        return names.first { !$0.isEmpty } ?? "Vendor \(payout.vendor)"
    }

    private static func bic(_ account: BankAccount) -> String {
        let bic = IBAN.compact(account.swift)
        return BIC.isValid(bic) ? bic : ""
    }

    /// Returns the number of a bank; none where it is longer than the schema takes (`Max35Text`).
    private static func routingNumber(_ account: BankAccount) -> String {
        let number = number(account.routingNumber)
        return number.unicodeScalars.count <= 35 ? number : ""
    }

    private static func account(_ account: BankAccount, isInEuro: Bool) throws(TransferProblem) -> Account {
        let iban = IBAN.compact(account.iban)
        guard iban.isEmpty else {
            guard IBAN.isValid(iban) else { throw .wrongIBAN }
            return .iban(iban)
        }
        guard !isInEuro else { throw .noIBAN }
        let number = number(account.accountNumber)
        guard !number.isEmpty else { throw .noAccount }
        guard number.unicodeScalars.count <= 34 else { throw .longNumber }
        return .number(number)
    }

    /// Returns a number without the spaces that people group it by.
    private static func number(_ text: String) -> String {
        BankText.cleaned(text, limit: 50).keeping { $0 != " " }
    }
}
