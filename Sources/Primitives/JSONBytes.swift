/// Encodes values as JSON bytes in one pass, without the tree that Foundation's encoder builds first.
///
/// An optional that is nil is written as `null`, as Django REST Framework does, and keys keep the order of the type's
/// declaration.
public enum JSONBytes {
    /// The style of properties' names in the JSON; keys that are data (of dictionaries) stay as they are.
    public enum KeyStyle: Sendable {
        /// `userID` is `user_id`: what goes over the wire.
        case snakeCase
        /// `userID` is `userID`: what Foundation's decoder reads back.
        case asDeclared
    }

    /// Encodes `value` as JSON.
    ///
    /// - Throws: whatever the value's own `encode(to:)` throws, and `EncodingError` for a number that JSON cannot hold.
    public static func encode(_ value: some Encodable, keys: KeyStyle = .snakeCase) throws -> [UInt8] {
        let sink = JSONSink(keys: keys)
        try sink.encode(value, path: [])
        return sink.bytes
    }
}

extension JSONSink {
    func encode(_ value: some Encodable, path: [any CodingKey]) throws {
        let base = depth
        try value.encode(to: JSONBytesEncoder(sink: self, codingPath: path))
        close(to: base)
    }

    func write(_ number: Double, path: [any CodingKey]) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(number, .init(codingPath: path, debugDescription: "not a JSON number"))
        }
        write(raw: number.description)
    }
}

struct JSONBytesEncoder: Encoder {
    let sink: JSONSink
    let codingPath: [any CodingKey]
    /// The number of containers that were open when this value began.
    private let base: Int
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(sink: JSONSink, codingPath: [any CodingKey]) {
        self.sink = sink
        self.codingPath = codingPath
        base = sink.depth
    }

    /// Continues the same object when it is asked for again: a value may be made of parts that write their members into
    /// it.
    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if sink.depth == base { sink.open(object: true) }
        let isSnakeCase = sink.keys == .snakeCase && !DataKeys.contain(type)
        return KeyedEncodingContainer(
            JSONMembers(sink: sink, depth: base + 1, isSnakeCase: isSnakeCase, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        sink.open(object: false)
        return JSONElements(sink: sink, depth: sink.depth, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { JSONSingle(sink: sink, codingPath: codingPath) }
}

struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let sink: JSONSink
    let depth: Int
    let isSnakeCase: Bool
    let codingPath: [any CodingKey]

    private func key(_ key: Key) {
        if isSnakeCase {
            sink.member(snakeCase: key.stringValue, in: depth)
        } else {
            sink.member(key.stringValue, in: depth)
        }
    }

    func encodeNil(forKey name: Key) { key(name); sink.writeNull() }
    func encode(_ value: Bool, forKey name: Key) { key(name); sink.write(value) }
    func encode(_ value: String, forKey name: Key) { key(name); sink.write(value) }
    func encode(_ value: Int, forKey name: Key) { key(name); sink.write(value) }
    func encode(_ value: Int64, forKey name: Key) { key(name); sink.write(value) }
    func encode(_ value: Double, forKey name: Key) throws { key(name); try sink.write(value, path: codingPath) }

    func encode<Value: Encodable>(_ value: Value, forKey name: Key) throws {
        key(name)
        try sink.encode(value, path: codingPath)
    }

    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey name: Key) throws {
        if let value { try encode(value, forKey: name) } else { encodeNil(forKey: name) }
    }

    func encodeIfPresent(_ value: Bool?, forKey name: Key) {
        if let value { encode(value, forKey: name) } else { encodeNil(forKey: name) }
    }

    func encodeIfPresent(_ value: String?, forKey name: Key) {
        if let value { encode(value, forKey: name) } else { encodeNil(forKey: name) }
    }

    func encodeIfPresent(_ value: Int?, forKey name: Key) {
        if let value { encode(value, forKey: name) } else { encodeNil(forKey: name) }
    }

    func encodeIfPresent(_ value: Int64?, forKey name: Key) {
        if let value { encode(value, forKey: name) } else { encodeNil(forKey: name) }
    }

    func encodeIfPresent(_ value: Double?, forKey name: Key) throws {
        if let value { try encode(value, forKey: name) } else { encodeNil(forKey: name) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey name: Key
    ) -> KeyedEncodingContainer<Nested> {
        key(name)
        return JSONBytesEncoder(sink: sink, codingPath: codingPath).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey name: Key) -> any UnkeyedEncodingContainer {
        key(name)
        return JSONBytesEncoder(sink: sink, codingPath: codingPath).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONBytesEncoder(sink: sink, codingPath: codingPath) }

    func superEncoder(forKey name: Key) -> any Encoder {
        key(name)
        return JSONBytesEncoder(sink: sink, codingPath: codingPath)
    }
}

private struct JSONElements: UnkeyedEncodingContainer {
    let sink: JSONSink
    let depth: Int
    let codingPath: [any CodingKey]
    private(set) var count = 0

    private mutating func element() {
        sink.element(in: depth)
        count += 1
    }

    mutating func encodeNil() { element(); sink.writeNull() }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        element()
        try sink.encode(value, path: codingPath)
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        element()
        return JSONBytesEncoder(sink: sink, codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        element()
        return JSONBytesEncoder(sink: sink, codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        element()
        return JSONBytesEncoder(sink: sink, codingPath: codingPath)
    }
}

private struct JSONSingle: SingleValueEncodingContainer {
    let sink: JSONSink
    let codingPath: [any CodingKey]

    func encodeNil() { sink.writeNull() }
    func encode(_ value: Bool) { sink.write(value) }
    func encode(_ value: String) { sink.write(value) }
    func encode(_ value: Double) throws { try sink.write(value, path: codingPath) }
    func encode(_ value: Float) throws { try sink.write(Double(value), path: codingPath) }
    func encode(_ value: Int) { sink.write(value) }
    func encode(_ value: Int8) { sink.write(value) }
    func encode(_ value: Int16) { sink.write(value) }
    func encode(_ value: Int32) { sink.write(value) }
    func encode(_ value: Int64) { sink.write(value) }
    func encode(_ value: UInt) { sink.write(value) }
    func encode(_ value: UInt8) { sink.write(value) }
    func encode(_ value: UInt16) { sink.write(value) }
    func encode(_ value: UInt32) { sink.write(value) }
    func encode(_ value: UInt64) { sink.write(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try sink.encode(value, path: codingPath) }
}
