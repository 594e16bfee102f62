/// Writes JSON straight into bytes; containers close themselves when an outer one is written to again.
final class JSONSink {
    private struct Frame {
        let isObject: Bool
        var isEmpty = true
    }

    // One encoding owns its sink from beginning to end; checking that at each byte cost a fifth of its time.
    @exclusivity(unchecked) private(set) var bytes: [UInt8] = []
    @exclusivity(unchecked) private var frames: [Frame] = []

    let keys: JSONBytes.KeyStyle

    init(keys: JSONBytes.KeyStyle) {
        self.keys = keys
        bytes.reserveCapacity(1_024)
    }

    /// The number of containers that are open.
    var depth: Int { frames.count }

    func open(object: Bool) {
        bytes.append(object ? UInt8(ascii: "{") : UInt8(ascii: "["))
        frames.append(Frame(isObject: object))
    }

    func close(to depth: Int) {
        while frames.count > depth, let frame = frames.popLast() {
            bytes.append(frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        }
    }

    /// Starts the next element of the container that is the `depth`th open one.
    func element(in depth: Int) {
        close(to: depth)
        guard !frames.isEmpty else { return }
        if frames[depth - 1].isEmpty {
            frames[depth - 1].isEmpty = false
        } else {
            bytes.append(UInt8(ascii: ","))
        }
    }

    func member(_ key: String, in depth: Int) {
        element(in: depth)
        write(key)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Starts a member under the name of a property, which holds nothing that JSON escapes.
    func member(snakeCase name: String, in depth: Int) {
        element(in: depth)
        var name = name
        name.withUTF8 { utf8 in
            // Written in one go: as many small ones cost a tenth of an answer's time.
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: utf8.count * 2 + 3) { buffer in
                buffer[0] = UInt8(ascii: "\"")
                var end = 1
                SnakeCase.scan(utf8) {
                    buffer[end] = $0; end += 1
                }
                buffer[end] = UInt8(ascii: "\"")
                buffer[end + 1] = UInt8(ascii: ":")
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<(end + 2)]))
            }
        }
    }

    func writeNull() { write(literal: "null") }

    func write(_ value: Bool) { write(literal: value ? "true" : "false") }

    func write(_ number: some BinaryInteger) { write(raw: String(number)) }

    func write(literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes a whole value that is JSON already.
    func write(encoded json: [UInt8]) { bytes.append(contentsOf: json) }

    func write(raw text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    func write(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            var clean = 0
            for index in 0..<utf8.count {
                let byte = utf8[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean..<index]))
                escape(byte)
                clean = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): write(literal: "\\\"")
        case UInt8(ascii: "\\"): write(literal: "\\\\")
        case 0x0A: write(literal: "\\n")
        case 0x0D: write(literal: "\\r")
        case 0x09: write(literal: "\\t")
        default: bytes.append(contentsOf: ("\\u00" + Hex.encode([byte])).utf8)
        }
    }
}
