/// The types of keys that are data: those of dictionaries and of JSON that is held as values.
enum DataKeys {
    static func contain(_ type: (some CodingKey).Type) -> Bool {
        ObjectIdentifier(type) == dictionaries || ObjectIdentifier(type) == ObjectIdentifier(JSONName.self)
    }

    /// The key type of the standard library's dictionaries, which has no public name.
    private static let dictionaries: ObjectIdentifier? = {
        let finder = Finder()
        try? ["": 0].encode(to: finder)
        return finder.found
    }()

    /// Sees what key type a value asks for.
    private final class Finder: Encoder {
        private(set) var found: ObjectIdentifier?
        private let sink = JSONSink(keys: .asDeclared)
        var codingPath: [any CodingKey] { [] }
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
            found = ObjectIdentifier(type)
            sink.open(object: true)
            return KeyedEncodingContainer(JSONMembers(sink: sink, depth: 1, isSnakeCase: false, codingPath: []))
        }

        func unkeyedContainer() -> any UnkeyedEncodingContainer {
            JSONBytesEncoder(sink: sink, codingPath: []).unkeyedContainer()
        }

        func singleValueContainer() -> any SingleValueEncodingContainer {
            JSONBytesEncoder(sink: sink, codingPath: []).singleValueContainer()
        }
    }
}
