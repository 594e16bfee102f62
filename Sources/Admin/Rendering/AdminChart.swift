import AdminPages
import Commerce

/// A chart of named values: bars or a line over an axis with round ticks, drawn as SVG by the partial `chart`.
///
/// The drawing stretches to the width that there is, and its texts stand around it as HTML, so that they keep their size. Each
/// value shows on hover; a page puts a table of them beside the chart for who cannot see it.
///
///     view["chart"] = AdminChart(title, .bars, points, in: .amounts(visit.format)).view(in: visit.language)
struct AdminChart: Sendable {
    /// The ways to draw.
    enum Shape: Sendable {
        /// A bar for each value: up to some sixty.
        case bars
        /// A line through all values: for many, in the order of time.
        case line
    }

    /// A value.
    struct Point: Sendable {
        /// What the axis says of it; not every point's is shown where there are many.
        let label: String
        /// What it is called on hover.
        let name: String
        /// A whole number: a count, or minor units.
        let value: Int64

        init(_ label: String, name: String? = nil, _ value: Int64) {
            self.label = label
            self.name = name ?? label
            self.value = value
        }
    }

    /// The way in which values are written.
    struct Unit: Sendable {
        /// Writes a value.
        let value: @Sendable (Int64) -> String
        /// Writes the value of a tick.
        let tick: @Sendable (Int64) -> String
        /// The least distance of two ticks: 1, 2 or 5 times a power of ten.
        let least: Int64

        init(
            _ value: @escaping @Sendable (Int64) -> String, tick: (@Sendable (Int64) -> String)? = nil, least: Int64 = 1
        ) {
            self.value = value
            self.tick = tick ?? value
            self.least = least
        }

        /// Returns what writes counts.
        static func counts(_ format: AdminFormat) -> Unit { Unit({ format.number(String($0)) }) }

        /// Returns what writes amounts of the shop's currency, given in its minor units.
        static func amounts(_ format: AdminFormat) -> Unit {
            let currency = format.shop.currency
            let text: @Sendable (Int64) -> String = { currency.text(Money(minorUnits: $0)) }
            return Unit(
                { format.money(text($0)) },
                tick: { value in
                    let written = text(value)
                    return format.money(Int64(decimal: written, scale: 0).map { String($0) } ?? written)
                }, least: (0..<currency.decimals).reduce(Int64(1)) { unit, _ in unit * 10 })
        }
    }

    let title: String
    let shape: Shape
    let points: [Point]
    let unit: Unit

    init(_ title: String, _ shape: Shape, _ points: [Point], in unit: Unit) {
        self.title = title
        self.shape = shape
        self.points = points
        self.unit = unit
    }

    /// The height of the drawing in its own units, which are stretched.
    private static let height: Int64 = 1_000
    /// The width of a point in these units; a bar leaves a sixth free on either side.
    private static let slot: Int64 = 12
    /// The most points that the axis names.
    private static let named = 8

    /// Returns the chart as its partial shows it.
    func view(in language: AdminLanguage) -> [String: Any] {
        let axis = AdminAxis(points.map(\.value), least: unit.least)
        return [
            "caption": title, "summary": summary(language), "width": Int64(points.count) * Self.slot,
            "height": Self.height, "ticks": axis.ticks.map(unit.tick),
            "grid": axis.ticks.map { axis.place(of: $0, in: Self.height) },
            "zero": axis.place(of: 0, in: Self.height), "isLine": shape == .line, "line": line(axis),
            "slots": slots(axis), "labels": labels, "isSparse": step > 1,
        ]
    }

    private func summary(_ language: AdminLanguage) -> String {
        let values = points.map(\.value)
        guard let least = values.min(), let most = values.max() else { return "" }
        return Words.chartSummary.text(in: language, String(values.count), unit.value(least), unit.value(most))
    }

    private func slots(_ axis: AdminAxis) -> [[String: Any]] {
        let zero = axis.place(of: 0, in: Self.height)
        return points.enumerated().map { place, point in
            let (left, end) = (Int64(place) * Self.slot, axis.place(of: point.value, in: Self.height))
            return [
                "hint": "\(point.name): \(unit.value(point.value))", "left": left, "wide": Self.slot,
                "isBar": shape == .bars, "barLeft": left + Self.slot / 6, "barWide": Self.slot - Self.slot / 3,
                "barTop": min(zero, end), "tall": max(zero, end) - min(zero, end), "middle": left + Self.slot / 2,
            ]
        }
    }

    private func line(_ axis: AdminAxis) -> String {
        guard shape == .line else { return "" }
        return points.enumerated().map { place, point in
            "\(Int64(place) * Self.slot + Self.slot / 2),\(axis.place(of: point.value, in: Self.height))"
        }.joined(separator: " ")
    }

    /// Of how many points the axis names one.
    private var step: Int { max(1, (points.count + Self.named - 1) / Self.named) }

    /// A text for each point, blank where the axis does not name it; narrow screens leave out every other one.
    private var labels: [[String: Any]] {
        points.enumerated().map { place, point in
            ["text": place % step == 0 ? point.label : "", "isMinor": step > 1 && place / step % 2 == 1]
        }
    }
}

/// An axis that begins at zero or below: its ticks are 1, 2 or 5 times a power of ten apart.
struct AdminAxis: Sendable {
    /// The ticks, ascending, all the same distance apart; one of them is zero.
    let ticks: [Int64]

    /// The most stretches between ticks.
    private static let most: Int64 = 5
    /// What is beyond is drawn as if it were this.
    private static let limit: Int64 = 4_000_000_000_000_000_000

    /// Creates an axis that all of the values lie on; its ticks are no less than `least` apart.
    init(_ values: [Int64], least: Int64 = 1) {
        let high = min(max(values.max() ?? 0, 0), Self.limit)
        let low = max(min(values.min() ?? 0, 0), -Self.limit)
        let fitting = Self.steps.first { step in
            step >= least && Self.stretches(high, step) + Self.stretches(-low, step) <= Self.most
        }
        let step = fitting ?? Self.limit
        let down = Self.stretches(-low, step)
        let up = max(Self.stretches(high, step), down == 0 ? 1 : 0)
        ticks = (-down...up).map { $0 * step }
    }

    /// Returns where a value stands, counted from the top of a drawing of that height.
    func place(of value: Int64, in height: Int64) -> Int64 {
        guard let bottom = ticks.first, let top = ticks.last else { return height }
        let offset = top - min(max(value, bottom), top)
        return Int64(Int128(offset) * Int128(height) / Int128(top - bottom))
    }

    private static let steps: [Int64] = (0...18).flatMap { power -> [Int64] in
        let unit = (0..<power).reduce(Int64(1)) { unit, _ in unit * 10 }
        return [unit, 2 * unit, 5 * unit]
    }

    /// Returns how many steps reach a size.
    private static func stretches(_ size: Int64, _ step: Int64) -> Int64 { size / step + (size % step == 0 ? 0 : 1) }
}
