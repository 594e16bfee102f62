import Commerce
import Documents
import Primitives

/// The issuer's data that invoices, credit notes and delivery slips print.
public struct DocumentIssuer: Sendable {
    /// The name of the shop or its company.
    public let name: String
    /// The lines below the name: address and registrations.
    public let lines: [String]

    /// Creates an issuer whose `lines` are printed in their order below `name`.
    public init(name: String, lines: [String]) {
        self.name = name
        self.lines = lines
    }
}

/// Composes the documents of an order. Everything on them was copied onto the order when it was placed.
struct OrderDocuments {
    let order: Order
    let currency: Currency
    let issuer: DocumentIssuer
    let zone: TimeZoneRules

    /// Composes the invoice, or before it is due a pro forma without a number.
    func invoice(_ invoice: Invoice?) throws -> CommercialDocument {
        let moment = invoice?.issuedAt ?? order.createdAt
        return document(
            invoice.map { "Invoice \($0.number)" } ?? "Pro forma invoice", at: moment,
            // What has a number was issued when it was paid, whatever became of the money since.
            facts: [
                .init("Payment", order.paymentMethod.words),
                .init("Status", (invoice == nil ? order.paymentStatus : .paid).words),
            ],
            columns: Self.priced, rows: try lines,
            totals: totals,
            remarks: [
                order.isTaxInclusive ? "All prices include tax." : "",
                invoice == nil ? noInvoice : "",
            ].filter { !$0.isEmpty })
    }

    /// The reason, in words, for which there is no number.
    private var noInvoice: String {
        if order.total == .zero { return "This is not an invoice: there is nothing to pay." }
        return order.paymentStatus.isSettled
            ? "This is not an invoice: the order was canceled before its payment came."
            : "This is not an invoice: the order has not been paid yet."
    }

    /// Composes the credit note of an order that was canceled after it had been paid, over all of its invoice.
    func creditNote(_ note: Invoice, invoice: Invoice?) throws -> CommercialDocument {
        document(
            "Credit note \(note.number)", at: note.issuedAt, facts: [.init("Invoice", invoice?.number ?? "")],
            columns: Self.priced, rows: try lines,
            totals: totals, remarks: ["Credited in full against invoice \(invoice?.number ?? "")."])
    }

    /// Composes the credit note of a return, or of a cancellation before shipping.
    func creditNote(_ note: Invoice, of found: Return, invoice: Invoice?) throws -> CommercialDocument {
        let items = Dictionary(order.items.map { ($0.id, $0) }) { first, _ in first }
        let parts = found.parts.filter { $0.received > 0 }
        let rows = parts.compactMap { part in
            items[part.item].map { [$0.name, $0.sku, String(part.received), percent($0), text(part.refund)] }
        }
        let shipping =
            found.shippingRefund == .zero
            ? [] : [["Shipping", "", "1", try order.shippingTax()?.rate.percentText ?? "", text(found.shippingRefund)]]
        return document(
            "Credit note \(note.number)", at: note.issuedAt,
            facts: [.init("Invoice", invoice?.number ?? "")]
                + (found.kind == .goods ? [.init("Return", String(found.id.rawValue))] : []),
            columns: [
                .init("Description", share: 46), .init("SKU", share: 20), .init("Quantity", share: 11, isFigure: true),
                .init("Tax", share: 9, isFigure: true), .init("Credit", share: 14, isFigure: true),
            ], rows: rows + shipping,
            totals: try order.taxLines(of: found).map { taxPair($0, "Including ") }
                + [.init("Credit", "\(text(found.refund)) \(order.currency)", isStrong: true)],
            remarks: [
                (found.kind == .goods ? "Credited" : "Canceled before it was sent, and credited")
                    + " against invoice \(invoice?.number ?? "")."
            ])
    }

    /// Composes the slip that goes into a parcel.
    func deliverySlip(_ shipment: Shipment) -> CommercialDocument {
        let lines: [(item: OrderItem, quantity: Int)] = shipment.parts.compactMap { part in
            order.items.first { $0.id == part.item }.map { (item: $0, quantity: part.quantity) }
        }
        return slip(
            "Delivery slip \(shipment.id)", at: shipment.createdAt,
            facts: [.init("Carrier", shipment.carrier), .init("Tracking", shipment.trackingNumber)], lines)
    }

    /// Composes the list by which what has not left yet is packed; nil where nothing is to be sent.
    func packingList() -> CommercialDocument? {
        let lines: [(item: OrderItem, quantity: Int)] = order.items.filter { $0.unshipped > 0 }.map { item in
            (item: item, quantity: item.unshipped)
        }
        guard !lines.isEmpty else { return nil }
        return slip(
            "Packing list", at: order.createdAt, facts: [.init("Shipping", order.shippingMethod)], lines,
            remarks: order.notes.isEmpty ? [] : ["The customer's remark: \(order.notes)"])
    }

    /// The slips of all parcels, the first first, and the list of what is still to be sent.
    var slips: [CommercialDocument] {
        order.shipments.map(deliverySlip) + [packingList()].compactMap { $0 }
    }

    /// Returns a list of goods without prices, with bar codes of the order's number and of SKUs that are EANs.
    private func slip(
        _ title: String, at moment: Timestamp, facts: [CommercialDocument.Pair],
        _ lines: [(item: OrderItem, quantity: Int)], remarks: [String] = []
    ) -> CommercialDocument {
        document(
            title, at: moment, facts: facts.filter { !$0.value.isEmpty },
            columns: [
                .init("SKU", share: 25), .init("Description", share: 57), .init("Quantity", share: 18, isFigure: true),
            ], rows: lines.map { [$0.item.sku, name($0.item), "\($0.quantity) of \($0.item.live)"] }, totals: [],
            remarks: remarks, barcode: Barcode(code128: order.number),
            rowBarcodes: lines.map { Barcode(ean13: $0.item.sku) })
    }

    private func document(
        _ title: String, at moment: Timestamp, facts: [CommercialDocument.Pair],
        columns: [CommercialDocument.Column], rows: [[String]], totals: [CommercialDocument.Pair],
        remarks: [String] = [], barcode: Barcode? = nil, rowBarcodes: [Barcode?]? = nil
    ) -> CommercialDocument {
        CommercialDocument(
            title: title, issuer: issuer.name, issuerLines: issuer.lines, issuedAt: .init(moment),
            blocks: [
                .init("BILL TO", order.billingAddress.letterLines()),
                .init("SHIP TO", order.shippingAddress.letterLines()),
            ],
            facts: [.init("Date", zone.day(of: moment).description), .init("Order", order.number, isStrong: true)]
                + facts,
            columns: columns, rows: rows, totals: totals, remarks: remarks, barcode: barcode, rowBarcodes: rowBarcodes)
    }

    private static let priced: [CommercialDocument.Column] = [
        .init("Description", share: 32), .init("SKU", share: 16), .init("Qty", share: 8, isFigure: true),
        .init("Price", share: 13, isFigure: true), .init("Discount", share: 11, isFigure: true),
        .init("Tax", share: 8, isFigure: true), .init("Amount", share: 14, isFigure: true),
    ]

    /// The order's lines, less their discounts.
    private var lines: [[String]] {
        get throws {
            try order.items.map { item in
                [
                    name(item), item.sku, String(item.quantity), text(item.price),
                    item.discount == .zero ? "" : "-" + text(item.discount), percent(item),
                    text(try item.subtotal - item.discount),
                ]
            }
        }
    }

    private var totals: [CommercialDocument.Pair] {
        var pairs: [CommercialDocument.Pair] = [.init("Subtotal", text(order.subtotal))]
        if order.discount > .zero {
            let code = order.couponCode.isEmpty ? "" : " (\(order.couponCode))"
            pairs.append(.init("Discount" + code, "-" + text(order.discount)))
        }
        pairs.append(.init("Shipping", text(order.shipping)))
        for line in order.taxLines {
            pairs.append(taxPair(line, order.isTaxInclusive ? "Including " : ""))
        }
        pairs.append(.init("Total", "\(text(order.total)) \(order.currency)", isStrong: true))
        return pairs
    }

    private func taxPair(_ line: TaxLine, _ before: String) -> CommercialDocument.Pair {
        .init(
            "\(before)\(line.rate.name), \(line.rate.percentText) of \(text(line.taxable))", text(line.amount))
    }

    private func name(_ item: OrderItem) -> String {
        item.options.isEmpty ? item.name : item.name + " (" + item.options.map(\.value).joined(separator: ", ") + ")"
    }

    private func percent(_ item: OrderItem) -> String { item.taxRate?.percentText ?? "" }

    private func text(_ amount: Money) -> String { currency.text(amount) }
}

extension TaxRate {
    /// `19 %`.
    var percentText: String { millionths.decimalText(scale: 4) + " %" }
}

extension PaymentMethod {
    fileprivate var words: String { self == .cashOnDelivery ? "Cash on delivery" : rawValue.asWords }
}

extension PaymentStatus {
    fileprivate var words: String { rawValue.asWords }
}

extension String {
    /// `Bank transfer` for `bank_transfer`.
    fileprivate var asWords: String {
        let words = map { $0 == "_" ? " " : String($0) }.joined()
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
