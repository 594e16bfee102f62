import Commerce
import Primitives
import Vendors

/// A payout as the bank is told of it.
struct CreditTransfer: Sendable {
    let payout: Payout
    /// Nil where it is not known.
    let account: BankAccount?
}

/// A file of credit transfers, as ISO 20022 has it: pain.001.001.09.
struct CreditTransferFile: Sendable {
    let transfers: [CreditTransfer]
    let shopName: String
    let iban: String
    let bic: String
    let currency: Currency
    let now: Timestamp
    /// The day on which the bank is to pay.
    let day: CivilDate

    /// The id of the message: the same for the same payouts, so that a bank takes it once.
    var messageID: String {
        let ids = transfers.map { String($0.payout.id.rawValue) }.joined(separator: ",")
        return "KONTOR-" + String(decoding: Digest.hex(ids).utf8.prefix(24), as: UTF8.self)
    }

    /// Writes the file.
    ///
    /// - Throws: `OutOfRange`.
    func bytes() throws(OutOfRange) -> [UInt8] {
        var xml = XMLText()
        let sum = currency.text(try transfers.map(\.payout.amount).total())
        xml.open("Document", namespace: "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09")
        xml.open("CstmrCdtTrfInitn")
        xml.open("GrpHdr")
        xml.leaf("MsgId", messageID)
        xml.leaf("CreDtTm", Timestamp(seconds: now.seconds).description)
        xml.leaf("NbOfTxs", String(transfers.count))
        xml.leaf("CtrlSum", sum)
        xml.party("InitgPty", shopName)
        xml.close("GrpHdr")
        xml.open("PmtInf")
        xml.leaf("PmtInfId", messageID)
        xml.leaf("PmtMtd", "TRF")
        xml.leaf("NbOfTxs", String(transfers.count))
        xml.leaf("CtrlSum", sum)
        if currency.code == "EUR" { xml.nested("SEPA", "PmtTpInf", "SvcLvl", "Cd") }
        xml.nested(day.description, "ReqdExctnDt", "Dt")
        xml.party("Dbtr", shopName)
        xml.nested(iban, "DbtrAcct", "Id", "IBAN")
        xml.agent("DbtrAgt", bic)
        if currency.code == "EUR" { xml.leaf("ChrgBr", "SLEV") }
        for transfer in transfers { xml.append(transfer, currency) }
        xml.close("PmtInf")
        xml.close("CstmrCdtTrfInitn")
        xml.close("Document")
        return xml.bytes
    }
}

extension XMLText {
    fileprivate mutating func append(_ transfer: CreditTransfer, _ currency: Currency) {
        guard let account = transfer.account else { return }
        let payout = transfer.payout
        open("CdtTrfTxInf")
        nested(payout.endToEnd, "PmtId", "EndToEndId")
        open("Amt")
        leaf("InstdAmt", currency.text(payout.amount), currency: payout.currency)
        close("Amt")
        if !account.swift.isEmpty { agent("CdtrAgt", account.swift) }
        party("Cdtr", account.accountHolder.isEmpty ? payout.vendorName : account.accountHolder)
        if account.iban.isEmpty {
            nested(account.accountNumber, "CdtrAcct", "Id", "Othr", "Id")
        } else {
            nested(account.iban, "CdtrAcct", "Id", "IBAN")
        }
        nested("Payout \(payout.id) for \(payout.start) to \(payout.end)", "RmtInf", "Ustrd")
        close("CdtTrfTxInf")
    }

    fileprivate mutating func party(_ name: String, _ text: String) {
        open(name)
        leaf("Nm", text, limit: 140)
        close(name)
    }

    fileprivate mutating func agent(_ name: String, _ bic: String) {
        if bic.isEmpty {
            nested("NOTPROVIDED", name, "FinInstnId", "Othr", "Id")
        } else {
            nested(bic, name, "FinInstnId", "BICFI")
        }
    }
}

/// XML text as it is written: names are the program's own, texts are escaped byte by byte.
struct XMLText: Sendable {
    private(set) var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)

    mutating func open(_ name: String, namespace: String? = nil) {
        write("<\(name)")
        if let namespace { write(" xmlns=\"\(namespace)\"") }
        write(">")
    }

    mutating func close(_ name: String) { write("</\(name)>") }

    /// Writes an element of text, of at most so many characters; what XML cannot hold is left out.
    mutating func leaf(_ name: String, _ text: String, limit: Int = 140, currency: String? = nil) {
        write("<\(name)")
        if let currency { write(" Ccy=\"\(currency)\"") }
        write(">")
        for scalar in text.unicodeScalars.filter(Self.isAllowed).prefix(limit) { escape(scalar) }
        write("</\(name)>")
    }

    /// Writes a text within elements that stand in each other.
    mutating func nested(_ text: String, _ path: String...) {
        for name in path.dropLast() { open(name) }
        if let last = path.last { leaf(last, text) }
        for name in path.dropLast().reversed() { close(name) }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0xFFFE && scalar.value != 0xFFFF
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "&": write("&amp;")
        case "<": write("&lt;")
        case ">": write("&gt;")
        case "\"": write("&quot;")
        case "'": write("&apos;")
        default: bytes.append(contentsOf: Array(String(scalar).utf8))
        }
    }

    private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
