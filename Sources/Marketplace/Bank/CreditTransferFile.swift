import Commerce
import Primitives

/// A file of credit transfers, as ISO 20022 has it: pain.001.001.09.
struct CreditTransferFile: Sendable {
    let transfers: [CreditTransfer]
    let shopName: String
    let iban: String
    let bic: String
    let currency: Currency
    /// When it was made; whole seconds.
    let now: Timestamp
    /// The day on which the bank is to pay.
    let day: CivilDate

    /// Returns the id of the message, 35 characters: a digest of what is in the file, so that no other file has it.
    ///
    /// - Throws: `OutOfRange`.
    func messageID() throws(OutOfRange) -> String {
        let digest = Digest.hex(String(decoding: try bytes(as: ""), as: UTF8.self))
        return "KONTOR-" + digest.prefix(scalars: 28)
    }

    /// Writes the file under the id of its message.
    ///
    /// - Throws: `OutOfRange`.
    func bytes(as messageID: String) throws(OutOfRange) -> [UInt8] {
        var xml = XMLText()
        let sum = currency.text(try transfers.map(\.payout.amount).total())
        xml.open("Document", namespace: "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09")
        xml.open("CstmrCdtTrfInitn")
        xml.open("GrpHdr")
        xml.leaf("MsgId", messageID)
        xml.leaf("CreDtTm", now.description)
        xml.leaf("NbOfTxs", String(transfers.count))
        xml.leaf("CtrlSum", sum)
        xml.party("InitgPty", ownName)
        xml.close("GrpHdr")
        xml.open("PmtInf")
        writeBatch(messageID, sum, &xml)
        for transfer in transfers { xml.append(transfer, currency) }
        xml.close("PmtInf")
        xml.close("CstmrCdtTrfInitn")
        xml.close("Document")
        return xml.bytes
    }

    private func writeBatch(_ id: String, _ sum: String, _ xml: inout XMLText) {
        let isInEuro = currency.code == "EUR"
        xml.leaf("PmtInfId", id)
        xml.leaf("PmtMtd", "TRF")
        xml.leaf("NbOfTxs", String(transfers.count))
        xml.leaf("CtrlSum", sum)
        if isInEuro { xml.nested("SEPA", "PmtTpInf", "SvcLvl", "Cd") }
        xml.nested(day.description, "ReqdExctnDt", "Dt")
        xml.party("Dbtr", ownName)
        xml.nested(iban, "DbtrAcct", "Id", "IBAN")
        if bic.isEmpty {
            xml.nested("NOTPROVIDED", "DbtrAgt", "FinInstnId", "Othr", "Id")
        } else {
            xml.nested(bic, "DbtrAgt", "FinInstnId", "BICFI")
        }
        if isInEuro { xml.leaf("ChrgBr", "SLEV") }
    }

    private var ownName: String {
        let name = BankText.cleaned(shopName, limit: 70)
        return name.isEmpty ? "NOTPROVIDED" : name
    }
}

extension XMLText {
    fileprivate mutating func append(_ transfer: CreditTransfer, _ currency: Currency) {
        let payout = transfer.payout
        open("CdtTrfTxInf")
        nested(payout.endToEnd, "PmtId", "EndToEndId")
        open("Amt")
        leaf("InstdAmt", currency.text(payout.amount), currency: payout.currency)
        close("Amt")
        bank(of: transfer)
        party("Cdtr", transfer.name)
        switch transfer.account {
        case .iban(let iban): nested(iban, "CdtrAcct", "Id", "IBAN")
        case .number(let number): nested(number, "CdtrAcct", "Id", "Othr", "Id")
        }
        nested("Payout \(payout.id) for \(payout.start) to \(payout.end)", "RmtInf", "Ustrd")
        close("CdtTrfTxInf")
    }

    /// Writes the bank of whom is paid, where it is known beside the IBAN.
    private mutating func bank(of transfer: CreditTransfer) {
        guard !transfer.bic.isEmpty || !transfer.routingNumber.isEmpty else { return }
        open("CdtrAgt")
        open("FinInstnId")
        if !transfer.bic.isEmpty { leaf("BICFI", transfer.bic) }
        if !transfer.routingNumber.isEmpty { nested(transfer.routingNumber, "ClrSysMmbId", "MmbId") }
        close("FinInstnId")
        close("CdtrAgt")
    }

    fileprivate mutating func party(_ name: String, _ text: String) {
        open(name)
        leaf("Nm", text)
        close(name)
    }
}
