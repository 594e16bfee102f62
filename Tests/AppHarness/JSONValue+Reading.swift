import Primitives

/// Short ways to what an answer says.
extension JSONValue {
    /// The text that this is; nil for another value.
    package var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The whole number that this is; nil for another value.
    package var number: Int64? { if case .number(let text) = self { Int64(text) } else { nil } }

    /// The elements of the array that this is; nil for another value.
    package var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }

    /// The elements of the array that this is; none for another value.
    package var elements: [JSONValue] { array ?? [] }

    /// Returns the number of member `name`, -1 where there is none.
    package func int(_ name: String) -> Int {
        if case .number(let text)? = self[name], let number = Int(text) { number } else { -1 }
    }

    /// Returns the text of member `name`, empty where there is none.
    package func text(_ name: String) -> String { self[name]?.text ?? "" }
}
