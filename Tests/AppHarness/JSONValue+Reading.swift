import Primitives
import TestSupport

/// Short ways to what an answer says.
extension JSONValue {
    /// The whole number that this is; nil for another value.
    package var integer: Int64? { if case .number(let text) = self { Int64(text) } else { nil } }

    /// The elements of the array that this is; nil for another value.
    package var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }

    /// Returns the number of member `name`, -1 where there is none.
    package func int(_ name: String) -> Int {
        if case .number(let text)? = self[name], let number = Int(text) { number } else { -1 }
    }

    /// Returns the text of member `name`, empty where there is none.
    package func text(_ name: String) -> String { self[name]?.text ?? "" }
}
