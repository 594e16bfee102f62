import CMariaDB
import SQL

/// Memory for the values of one statement while it is sent; a session has one and reuses it.
///
/// All bytes lie in one block that is laid out anew for each statement, so a statement costs no allocation once the
/// block has grown to its usual size.
final class ParameterBuffer {
    private(set) var binds: UnsafeMutablePointer<MYSQL_BIND>
    private var bindCapacity = 16
    private var bytes: UnsafeMutableRawPointer
    private var byteCapacity = 4_096

    /// The size in bytes beyond which a block that grew for one large value is freed afterwards.
    private static let cachedCapacity = 1 << 20

    init() {
        binds = .allocate(capacity: bindCapacity)
        bytes = .allocate(byteCount: byteCapacity, alignment: 8)
    }

    deinit {
        binds.deallocate()
        bytes.deallocate()
    }

    /// Lays `values` out and returns the number of bytes that they take.
    func load(_ values: [SQLValue]) -> Int {
        let size = values.reduce(0) { $0 + Self.size(of: $1) }
        reserve(values.count, size)
        var offset = 0
        for (index, value) in values.enumerated() {
            (binds + index).initialize(to: MYSQL_BIND())
            store(value, in: binds + index, at: offset)
            offset += Self.size(of: value)
        }
        return size
    }

    /// Frees the memory of an unusually large statement.
    func shrink() {
        guard byteCapacity > Self.cachedCapacity else { return }
        bytes.deallocate()
        byteCapacity = 4_096
        bytes = .allocate(byteCount: byteCapacity, alignment: 8)
    }

    /// Returns the bytes that `value` takes, rounded up so that the next number is aligned.
    private static func size(of value: SQLValue) -> Int {
        switch value {
        case .null: 0
        case .integer, .real: 8
        case .text(let text): (text.utf8.count + 7) & ~7
        case .blob(let blob): (blob.count + 7) & ~7
        }
    }

    private func reserve(_ count: Int, _ size: Int) {
        if count > bindCapacity {
            binds.deallocate()
            bindCapacity = count
            binds = .allocate(capacity: count)
        }
        if size > byteCapacity {
            bytes.deallocate()
            byteCapacity = max(size, byteCapacity * 2)
            bytes = .allocate(byteCount: byteCapacity, alignment: 8)
        }
    }

    private func store(_ value: SQLValue, in bind: UnsafeMutablePointer<MYSQL_BIND>, at offset: Int) {
        let place = bytes + offset
        bind.pointee.buffer = place
        switch value {
        case .null:
            bind.pointee.buffer_type = MYSQL_TYPE_NULL
        case .integer(let number):
            place.storeBytes(of: number, as: Int64.self)
            bind.pointee.buffer_type = MYSQL_TYPE_LONGLONG
        case .real(let number):
            place.storeBytes(of: number, as: Double.self)
            bind.pointee.buffer_type = MYSQL_TYPE_DOUBLE
        case .text(var text):
            bind.pointee.buffer_length = UInt(text.utf8.count)
            text.withUTF8 { Self.copy(UnsafeRawBufferPointer($0), to: place) }
            bind.pointee.buffer_type = MYSQL_TYPE_STRING
        case .blob(let blob):
            bind.pointee.buffer_length = UInt(blob.count)
            blob.withUnsafeBytes { Self.copy($0, to: place) }
            bind.pointee.buffer_type = MYSQL_TYPE_BLOB
        }
    }

    private static func copy(_ source: UnsafeRawBufferPointer, to place: UnsafeMutableRawPointer) {
        guard let start = source.baseAddress else { return }
        place.copyMemory(from: start, byteCount: source.count)
    }
}
