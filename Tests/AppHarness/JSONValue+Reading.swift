import Primitives
import TestSupport

/// Short ways to what an answer says.
extension JSONValue {
    /// The whole number that this is; nil for another value.
    package var integer: Int64? { number.map { Int64($0) } }

    /// The elements of the array that this is; nil for another value.
    package var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }

    /// Returns the number of member `name`, -1 where there is none.
    package func int(_ name: String) -> Int { self[name]?.number ?? -1 }

    /// Returns the text of member `name`, empty where there is none.
    package func text(_ name: String) -> String { self[name]?.text ?? "" }
}
