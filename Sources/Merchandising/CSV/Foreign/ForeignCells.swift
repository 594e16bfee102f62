import Commerce
import Primitives

/// What cells of other shop systems come to.
enum ForeignCells {
    /// The most addresses of pictures that one product is given.
    static let maxPictures = 20

    /// Returns the number with a point before its decimals; what is no number stays as it is, for the table to refuse.
    static func number(_ cell: String) -> String {
        let (whole, decimals) = cell.halves(at: ",")
        guard let decimals, !whole.holds("."), decimals.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return cell
        }
        return String(whole) + "." + String(decimals)
    }

    /// Returns a measure in another unit, rounded to `places` decimals: the number times `factor` over 10^9. What is no
    /// number stays as it is.
    static func measure(_ cell: String, times factor: Int64, places: Int) -> String {
        let text = number(cell)
        guard let millionths = Int64(decimal: text, scale: 6), millionths >= 0 else { return text }
        let (product, isTooMuch) = millionths.multipliedReportingOverflow(by: factor)
        let unit = (0..<15 - places).reduce(Int64(1)) { size, _ in size * 10 }
        let (sum, isBeyond) = product.addingReportingOverflow(unit / 2)
        guard !isTooMuch, !isBeyond else { return text }
        return (sum / unit).decimalText(scale: places)
    }

    /// Returns the units on hand; empty where the cell names none or fewer than none.
    static func stock(_ cell: String) -> String {
        let text = number(cell)
        guard let units = Int64(decimal: text, scale: 4), units >= 0, units % 10_000 == 0 else { return "" }
        return String(units / 10_000)
    }

    /// Returns `true` or `false`.
    static func flag(_ isSet: Bool) -> String { isSet ? "true" : "false" }

    /// Returns the addresses of `texts` for the column `pictures`: each once, those of the web alone.
    static func pictures(_ texts: [String]) -> String {
        var seen: [String] = []
        for text in texts {
            let lower = text.lowercased()
            let isOfWeb = lower.begins(with: "http://") || lower.begins(with: "https://")
            if isOfWeb, !seen.contains(text), seen.count < maxPictures { seen.append(text) }
        }
        return seen.joined(separator: " ")
    }

    /// Returns the path with most levels, the first of several, with `>` between them.
    static func deepest(_ paths: [[String]]) -> String {
        var deepest: [String] = []
        for path in paths {
            let levels = path.map(\.trimmed).filter { !$0.isEmpty }
            if levels.count > deepest.count { deepest = levels }
        }
        return deepest.joined(separator: " > ")
    }

    /// Returns the handle as a slug; empty where the shop would not take it for one.
    static func slug(_ cell: String) -> String { Slug(exact: cell.lowercased())?.description ?? "" }
}
