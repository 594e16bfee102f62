import Primitives

/// What has been counted so far in a warehouse. It is kept in the form itself, so that a stocktake needs neither a script nor a
/// place on the server; nothing is booked by it, so that it need not be sealed.
struct StocktakeSheet: Sendable {
    /// What was counted of one product or variant.
    struct Line: Sendable {
        let product: String
        /// Blank for a product without variants.
        let variant: String
        let sku: String
        let name: String
        /// What was on hand when its counting began.
        var expected: Int
        var counted: Int

        /// Tells it from the other lines.
        var key: String { variant.isEmpty ? product : product + "." + variant }
        /// What is to be booked.
        var difference: Int { counted - expected }
    }

    /// The most lines: more are counted in another sheet.
    static let limit = 1_000
    /// What can be counted.
    static let quantities = 0...1_000_000_000

    /// Stands in the keys by which a difference is booked once, however often the form is sent.
    let token: String
    var warehouse: String
    /// The last counted first.
    var lines: [Line] = []

    init(token: String, warehouse: String) {
        self.token = token
        self.warehouse = warehouse
    }

    /// The lines whose count is not what was expected.
    var differing: [Line] { lines.filter { $0.difference != 0 } }

    /// Counts one more of what a scan has found, or with `quantity` so many in all, and returns its line; nil where there is no
    /// room for another line. A count in all begins anew with what is on hand now.
    mutating func count(_ found: JSONValue, _ quantity: Int?) -> Line? {
        guard let product = found.text("product_id"), let onHand = found.text("quantity").flatMap({ Int($0) }) else {
            return nil
        }
        let variant = found.text("variant_id") ?? ""
        var line = Line(
            product: product, variant: variant, sku: Self.plain(found.text("sku") ?? ""), name: Self.name(of: found),
            expected: onHand, counted: 0)
        if let place = lines.firstIndex(where: { $0.key == line.key }) {
            line = lines.remove(at: place)
        } else if lines.count >= Self.limit {
            return nil
        }
        if let quantity {
            (line.expected, line.counted) = (onHand, quantity)
        } else {
            line.counted = min(line.counted + 1, Self.quantities.upperBound)
        }
        lines.insert(line, at: 0)
        return line
    }

    private static func name(of found: JSONValue) -> String {
        let names = ["product_name", "variant_name"].compactMap { found.text($0) }
        return plain(names.filter { !$0.isEmpty }.joined(separator: ", "))
    }

    /// Returns a text that fits between two tabs.
    private static func plain(_ text: String) -> String {
        text.replacing(scalars: { $0.value < 0x20 ? " " : nil }).prefix(scalars: 100)
    }
}

/// A sheet as text: a line about the whole, then one for each thing that was counted, with tabs between the cells.
extension StocktakeSheet {
    private static let version = "1"

    var text: String {
        let head = [Self.version, token, warehouse].joined(separator: "\t")
        let rows = lines.map { line in
            [line.product, line.variant, String(line.expected), String(line.counted), line.sku, line.name]
                .joined(separator: "\t")
        }
        return ([head] + rows).joined(separator: "\n")
    }

    /// Reads a sheet; nil for any other text. Lines that are none are left out.
    init?(_ text: String) {
        let rows = text.keeping { $0 != "\r" }.cut(at: "\n").map { $0.cut(at: "\t").map { String($0) } }
        guard let head = rows.first, head.count == 3, head[0].isSame(as: Self.version), Self.isDigits(head[2]) else {
            return nil
        }
        let token = head[1]
        guard (1...60).contains(token.utf8.count), token.unicodeScalars.allSatisfy(\.isPlainWord) else { return nil }
        self.init(token: token, warehouse: head[2])
        lines = Array(rows.dropFirst().compactMap { Self.line($0) }.prefix(Self.limit))
    }

    private static func line(_ cells: [String]) -> Line? {
        guard cells.count == 6, isDigits(cells[0]), cells[1].isEmpty || isDigits(cells[1]),
            let expected = Int(cells[2]), let counted = Int(cells[3]), quantities.contains(expected),
            quantities.contains(counted)
        else { return nil }
        return Line(
            product: cells[0], variant: cells[1], sku: cells[4], name: cells[5], expected: expected, counted: counted)
    }

    /// Returns whether a text is an id.
    static func isDigits(_ text: String) -> Bool {
        (1...19).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
