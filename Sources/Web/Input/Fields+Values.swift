import Commerce
import Primitives

extension Fields {
    /// Reads an object of any values by their names, which may be left out or null.
    public func values(_ name: String) -> [String: JSONValue] {
        let schema = JSONSchema.type("object", ["additionalProperties": .object([:])])
        return read(name, .optional([:]), schema, standIn: [:]) { sent in
            guard case .object(let members) = sent else {
                return .refused("Expected a dictionary of items but got type \"\(sent.pythonTypeName)\".")
            }
            return .value(members)
        }
    }
}
