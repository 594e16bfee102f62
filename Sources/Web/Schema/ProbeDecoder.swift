import Primitives

/// A decoder over nothing: gives zeros and empty texts, and records what it is asked for.
struct ProbeDecoder: Decoder {
    let record: SchemaRecord
    let session: SchemaSession
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        record.becomeObject()
        return KeyedDecodingContainer(ProbeMembers(record: record, session: session))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        let element = SchemaRecord()
        record.becomeArray(of: element)
        return ProbeElements(element: element, session: session)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        ProbeSingle(record: record, session: session)
    }
}

private struct ProbeMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let record: SchemaRecord
    let session: SchemaSession
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let schema = session.schema(of: type)
        record.add(SnakeCase.name(of: key.stringValue), schema)
        return try session.example(of: type)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) -> Value? { missing(type, key) }

    // The protocol has each of these beside the generic one, and synthesised code calls them.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { missing(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { missing(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { missing(type, key) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) -> Float? { missing(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { missing(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) -> Int8? { missing(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) -> Int16? { missing(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) -> Int32? { missing(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) -> Int64? { missing(type, key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) -> UInt? { missing(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) -> UInt8? { missing(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) -> UInt16? { missing(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) -> UInt32? { missing(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) -> UInt64? { missing(type, key) }

    private func missing<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        let schema = session.schema(of: type)
        record.add(SnakeCase.name(of: key.stringValue), isNullable: true, schema)
        return nil
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedDecodingContainer<Nested> {
        nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer { nested(key).unkeyedContainer() }

    func superDecoder() -> any Decoder { ProbeDecoder(record: record, session: session) }

    func superDecoder(forKey key: Key) -> any Decoder { nested(key) }

    private func nested(_ key: Key) -> ProbeDecoder {
        let inner = SchemaRecord()
        record.add(SnakeCase.name(of: key.stringValue), inner.schema(of: SnakeCase.name(of: key.stringValue)))
        return ProbeDecoder(record: inner, session: session)
    }
}

/// One element, so that what is decoded in a loop is seen once.
private struct ProbeElements: UnkeyedDecodingContainer {
    let element: SchemaRecord
    let session: SchemaSession
    var codingPath: [any CodingKey] { [] }
    private(set) var currentIndex = 0
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }

    init(element: SchemaRecord, session: SchemaSession) {
        self.element = element
        self.session = session
    }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        currentIndex += 1
        element.becomeSingle(session.schema(of: type))
        return try session.example(of: type)
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { next().unkeyedContainer() }

    mutating func superDecoder() -> any Decoder { next() }

    private mutating func next() -> ProbeDecoder {
        currentIndex += 1
        return ProbeDecoder(record: element, session: session)
    }
}

private struct ProbeSingle: SingleValueDecodingContainer {
    let record: SchemaRecord
    let session: SchemaSession
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        record.becomeSingle(session.schema(of: type))
        return try session.example(of: type)
    }
}
