import CMariaDB
import SQL

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The memory into which the client library writes one row of a statement's result, column by column.
///
/// Numbers have a fixed place. Of texts and blobs only the length is requested at first; their bytes are then fetched
/// straight into the value that is made of them, whatever their size.
final class ResultBuffer {
    private let statement: UnsafeMutablePointer<MYSQL_STMT>
    private let kinds: [ColumnKind]
    private let binds: UnsafeMutablePointer<MYSQL_BIND>
    private let lengths: UnsafeMutablePointer<UInt>
    private let nulls: UnsafeMutablePointer<my_bool>
    private let errors: UnsafeMutablePointer<my_bool>
    private let numbers: UnsafeMutablePointer<Int64>
    /// The texts of whole decimals.
    private let digits: UnsafeMutablePointer<UInt8>
    /// The description of the piece that is being fetched.
    private let piece: UnsafeMutablePointer<MYSQL_BIND>

    init(_ statement: UnsafeMutablePointer<MYSQL_STMT>, _ fields: UnsafePointer<MYSQL_FIELD>, count: Int) {
        self.statement = statement
        kinds = (0..<count).map { ColumnKind(fields + $0) }
        binds = .allocate(capacity: count)
        lengths = .allocate(capacity: count)
        nulls = .allocate(capacity: count)
        errors = .allocate(capacity: count)
        numbers = .allocate(capacity: count)
        digits = .allocate(capacity: count * Self.maxDigits)
        piece = .allocate(capacity: 1)
        binds.initialize(repeating: MYSQL_BIND(), count: count)
        lengths.initialize(repeating: 0, count: count)
        nulls.initialize(repeating: 0, count: count)
        errors.initialize(repeating: 0, count: count)
        numbers.initialize(repeating: 0, count: count)
        digits.initialize(repeating: 0, count: count * Self.maxDigits)
        piece.initialize(to: MYSQL_BIND())
        for (index, kind) in kinds.enumerated() { prepare(index, kind) }
    }

    deinit {
        binds.deallocate()
        lengths.deallocate()
        nulls.deallocate()
        errors.deallocate()
        numbers.deallocate()
        digits.deallocate()
        piece.deallocate()
    }

    private func prepare(_ index: Int, _ kind: ColumnKind) {
        binds[index].buffer_type = kind.bufferType
        binds[index].length = lengths + index
        binds[index].is_null = nulls + index
        binds[index].error = errors + index
        if kind == .wholeDecimal {
            binds[index].buffer = UnsafeMutableRawPointer(digits + index * Self.maxDigits)
            binds[index].buffer_length = UInt(Self.maxDigits)
        }
        if kind.bufferType == MYSQL_TYPE_STRING { return }
        binds[index].buffer = UnsafeMutableRawPointer(numbers + index)
        binds[index].buffer_length = 8
        binds[index].is_unsigned = kind == .unsigned ? 1 : 0
    }

    /// Returns whether the columns are still those that the buffer was made for.
    func fits(_ fields: UnsafePointer<MYSQL_FIELD>, count: Int) -> Bool {
        count == kinds.count && kinds.indices.allSatisfy { kinds[$0] == ColumnKind(fields + $0) }
    }

    /// Passes the buffer to the client library; returns false where it refuses.
    func bind() -> Bool { mysql_stmt_bind_result(statement, binds) == 0 }

    /// Appends the values of the row that was just fetched.
    ///
    /// - Throws: `SQLError` of kind `.outOfRange` where a number has more than 64 bits.
    func appendRow(to values: inout [SQLValue]) throws(SQLError) {
        for (index, kind) in kinds.enumerated() {
            if nulls[index] != 0 {
                values.append(.null)
                continue
            }
            switch kind {
            case .integer: values.append(.integer(numbers[index]))
            case .unsigned:
                guard numbers[index] >= 0 else { throw Self.tooLarge }
                values.append(.integer(numbers[index]))
            case .real: values.append(.real(Double(bitPattern: UInt64(bitPattern: numbers[index]))))
            case .wholeDecimal:
                guard let number = wholeNumber(index) else { throw Self.tooLarge }
                values.append(.integer(number))
            case .decimal: values.append(.real(strtod(text(index), nil)))
            case .text: values.append(.text(text(index)))
            case .blob: values.append(.blob(blob(index)))
            case .null: values.append(.null)
            }
        }
    }

    private static var tooLarge: SQLError {
        SQLError(.outOfRange, message: "a number in the result has more than 64 bits")
    }

    /// The length in bytes of the longest whole decimal that has 64 bits: a sign and 19 digits.
    private static let maxDigits = 20

    /// Returns the number of a whole decimal; nil where it has more than 64 bits.
    private func wholeNumber(_ index: Int) -> Int64? {
        let text = UnsafeBufferPointer(start: digits + index * Self.maxDigits, count: Self.maxDigits)
        return Int(lengths[index]) <= Self.maxDigits ? Int64(wholeNumber: text.prefix(Int(lengths[index]))) : nil
    }

    private func text(_ index: Int) -> String {
        let count = Int(lengths[index])
        if count == 0 { return "" }
        return String(unsafeUninitializedCapacity: count) { buffer in
            fetch(index, into: buffer.baseAddress, count)
            return count
        }
    }

    private func blob(_ index: Int) -> [UInt8] {
        let count = Int(lengths[index])
        if count == 0 { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            fetch(index, into: buffer.baseAddress, count)
            initialized = count
        }
    }

    private func fetch(_ index: Int, into place: UnsafeMutablePointer<UInt8>?, _ count: Int) {
        piece.pointee.buffer_type = MYSQL_TYPE_STRING
        piece.pointee.buffer = UnsafeMutableRawPointer(place)
        piece.pointee.buffer_length = UInt(count)
        mysql_stmt_fetch_column(statement, piece, UInt32(index), 0)
    }
}

extension Int64 {
    /// Creates the number that these digits write, with or without a `-` before them; nil where it has more than 64
    /// bits.
    fileprivate init?(wholeNumber text: Slice<UnsafeBufferPointer<UInt8>>) {
        let isNegative = text.first == UInt8(ascii: "-")
        var number: Int64 = 0
        for byte in isNegative ? text.dropFirst() : text {
            let digit = Int64(byte) - Int64(UInt8(ascii: "0"))
            let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isSumTooLarge) = tens.addingReportingOverflow(isNegative ? -digit : digit)
            guard (0...9).contains(digit), !isTooLarge, !isSumTooLarge else { return nil }
            number = sum
        }
        self = number
    }
}
