import Commerce
import Primitives

extension Fields {
    /// Reads a position in degrees as millionths, a tenth of a meter, from -`limit` to `limit` degrees; left out or null it is nil.
    /// Programs say more decimals than anybody can measure: they are rounded.
    public func position(_ name: String, limit: Int64) -> Int64? {
        let most = limit * 1_000_000
        return read(name, .optional(nil), .position(limit), standIn: nil, isBlank: Self.isBlank) { sent in
            guard let text = sent.numeral, let millionths = Int64(rounding: text, scale: 6) else {
                return .refused("A valid number is required.")
            }
            return (-most...most).contains(millionths) ? .value(millionths) : .refused("This value is out of range.")
        }
    }
}

extension JSONSchema {
    fileprivate static func position(_ limit: Int64) -> JSONSchema {
        .type(
            "string",
            [
                "format": .string("decimal"), "pattern": .string(#"^-?\d+(\.\d+)?$"#),
                "minimum": .number(String(-limit)), "maximum": .number(String(limit)),
            ])
    }
}
