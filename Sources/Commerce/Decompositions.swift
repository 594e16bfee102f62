import CResources
import Primitives

/// Unicode's compatibility decomposition (NFKD) of single characters: `ﬁ` is `fi`, `Ｗ` is `W`, `é` is `e`
/// with an accent behind it. Made by `scripts/make-decompositions`.
struct Decompositions: Sendable {
    static let shared = Decompositions()

    private static let voicing: ClosedRange<UInt32> = 0x3099...0x309A

    /// Characters in ascending order, and where in `parts` theirs end.
    private let keys: [UInt32]
    private let ends: [Int32]
    private let parts: [Unicode.Scalar]
    /// Kana by what they are without their sound mark, which stay whole: `が` is another letter than `か`.
    private let voiced: [[UInt32]: Unicode.Scalar]

    private init() {
        let bytes = UnsafeBufferPointer(start: kontor_decompositions_bytes(), count: kontor_decompositions_length)
        var (keys, ends, parts, voiced) = ([UInt32](), [Int32](), [Unicode.Scalar](), [[UInt32]: Unicode.Scalar]())
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let codes = line.split(separator: UInt8(ascii: " ")).map(Self.code)
            if codes.count == 3, Self.voicing.contains(codes[2]) {
                voiced[[codes[1], codes[2]]] = Unicode.Scalar(codes[0])
                continue
            }
            keys.append(codes[0])
            parts += codes.dropFirst().compactMap { Unicode.Scalar($0) }
            ends.append(Int32(parts.count))
        }
        (self.keys, self.ends, self.parts, self.voiced) = (keys, ends, parts, voiced)
    }

    /// Returns the scalars that `scalar` stands for; nil where it stands for itself.
    func parts(of scalar: Unicode.Scalar) -> ArraySlice<Unicode.Scalar>? {
        let place = keys.partitioningIndex { $0 >= scalar.value }
        guard place < keys.count, keys[place] == scalar.value else { return nil }
        return parts[(place == 0 ? 0 : Int(ends[place - 1]))..<Int(ends[place])]
    }

    /// Returns the one character that two in a row form: kana with their sound mark, Hangul by its parts.
    func composed(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        if Self.voicing.contains(second.value) { return voiced[[first.value, second.value]] }
        return Hangul.composed(first.value, second.value).flatMap { Unicode.Scalar($0) }
    }

    private static func code(_ digits: some Sequence<UInt8>) -> UInt32 {
        var code: UInt32 = 0
        for digit in digits { code = code << 4 | UInt32(digit < 0x40 ? digit - 0x30 : digit - 0x37) }
        return code
    }
}

/// Syllables of Hangul, which Unicode counts by their parts.
private enum Hangul {
    static func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if (0x1100...0x1112).contains(first), (0x1161...0x1175).contains(second) {
            return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
        }
        let isOpen = (0xAC00...0xD7A3).contains(first) && (first - 0xAC00) % 28 == 0
        return isOpen && (0x11A8...0x11C2).contains(second) ? first + second - 0x11A7 : nil
    }
}
