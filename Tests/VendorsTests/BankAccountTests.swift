import Commerce
import Testing

@testable import Vendors

/// Account numbers as banks write them.
@Suite struct BankAccountTests {
    @Test(arguments: [
        "DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606", "NO9386011117947",
        "MT84MALT011000012345MTLCAST001S", "SE4550000000058398257466", "XK051212012345678906",
        "BR1800360305000010009795493C1",
    ])
    func `numbers of the registry are taken`(_ text: String) { #expect(IBAN.isValid(text)) }

    @Test(arguments: [
        "", "DE", "DE89370400440532013001", "DE98370400440532013000", "DE8937040044053201300", "GB29NWBK6016133192681",
        "XX89370400440532013000", "D189370400440532013000", "DEAA370400440532013000", "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000", "DE8937040044053201300é", "00000000000000000000",
    ])
    func `other texts are no such numbers`(_ text: String) { #expect(!IBAN.isValid(text)) }

    @Test func `a wrong digit or two that are swapped are always seen`() {
        let right = Array("DE89370400440532013000".utf8)
        for index in 4..<right.count {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != right[index] {
                var wrong = right
                wrong[index] = digit
                #expect(!IBAN.isValid(String(decoding: wrong, as: UTF8.self)))
            }
            guard index + 1 < right.count, right[index] != right[index + 1] else { continue }
            var swapped = right
            swapped.swapAt(index, index + 1)
            #expect(!IBAN.isValid(String(decoding: swapped, as: UTF8.self)))
        }
    }

    @Test func `spaces that people group by do not count`() throws {
        let account = try BankAccount(
            accountHolder: "A", bankName: "B", iban: "de89 3704 0044 0532 0130 00", swift: "cobadeff"
        ).checked()
        #expect(account.iban == "DE89370400440532013000" && account.swift == "COBADEFF")
    }

    @Test(arguments: ["DEUTDEFF", "DEUTDEFF500", "COBADEFFXXX", "1234DE12"])
    func `identifiers of banks are taken`(_ text: String) { #expect(BIC.isValid(text)) }

    @Test(arguments: ["", "DEUTDEF", "DEUTDEFF5", "DEUTXXFF", "deutdeff", "DEUTDEFF50É"])
    func `other texts are no such identifiers`(_ text: String) { #expect(!BIC.isValid(text)) }

    @Test func `no more than half of a number is shown`() {
        #expect(BankAccount.masked("DE89370400440532013000") == "•••• 3000")
        #expect(BankAccount.masked("1234") == "•••• 34")
        #expect(BankAccount.masked("1") == "•••• ")
        #expect(BankAccount.masked("").isEmpty)
    }
}
