/// A path with places for a number that each request has anew: `{n}` for the number itself, `{n:500}` for it from 1 to
/// 500.
struct NumberedPath: Sendable {
    private enum Part {
        case text(String)
        case number
        case turn(of: Int)
    }

    private let parts: [Part]

    init(_ path: String) {
        var parts: [Part] = []
        var rest = path[...]
        while let place = rest.firstMatch(of: #/\{n(?::([1-9]\d{0,8}))?\}/#) {
            parts.append(.text(String(rest[..<place.range.lowerBound])))
            parts.append(place.1.flatMap { Int($0) }.map { .turn(of: $0) } ?? .number)
            rest = rest[place.range.upperBound...]
        }
        self.parts = parts + [.text(String(rest))]
    }

    func text(_ number: Int) -> String {
        parts.reduce(into: "") { path, part in
            switch part {
            case .text(let text): path += text
            case .number: path += String(number)
            case .turn(let count): path += String((number - 1) % count + 1)
            }
        }
    }
}
