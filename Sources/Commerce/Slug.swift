import Primitives
import SQL

/// The part of a URL that names a product, category or vendor: `a` to `z`, digits and single hyphens, with at least one
/// letter, so that it is never taken for an id.
public struct Slug: Sendable, Hashable, CustomStringConvertible {
    /// The slug itself, at most 200 characters.
    public let description: String

    /// The maximum length of a slug made from a name, so that a number still fits behind it.
    static let maxLength = 180

    /// Makes the slug of `name`: accents off, Greek and Cyrillic in Latin letters; a name without letters is put behind
    /// `kind`.
    public init(_ name: String, kind: String) {
        var slug = ""
        var pending = false
        for scalar in TextFolding.fold(name).unicodeScalars {
            let letters = Self.latin(scalar)
            guard let letters else {
                pending = true
                continue
            }
            if pending, !slug.isEmpty, !letters.isEmpty { slug += "-" }
            if !letters.isEmpty { pending = false }
            slug += letters
            if slug.utf8.count >= Self.maxLength { break }
        }
        if !slug.utf8.contains(where: { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) {
            slug = slug.isEmpty ? kind : kind + "-" + slug
        }
        let cut = slug.prefix(Self.maxLength)
        self.description = String(cut.before("-") ?? cut)
    }

    /// Takes a slug as it stands; nil where `text` is none: words of lower-case letters and digits between single
    /// hyphens, with a letter among them and no more than 200 characters.
    public init?(exact text: String) {
        let words = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isLetter = { (byte: UInt8) in (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard text.utf8.count <= 200, text.utf8.contains(where: isLetter),
            words.allSatisfy({ !$0.isEmpty && $0.allSatisfy { isLetter($0) || isDigit($0) } })
        else { return nil }
        self.description = text
    }

    /// Returns this slug where `taken` does not hold it, else the first free one with a number behind it, from 2.
    public func firstFree(besides taken: Set<String>) -> String {
        guard taken.contains(description) else { return description }
        var number = 2
        while taken.contains("\(description)-\(number)") { number += 1 }
        return "\(description)-\(number)"
    }

    /// The condition that finds this slug and those with something behind it, by the index on `slug`.
    public var family: Query {
        "(slug = \(description) OR (slug > \(description + "-") AND slug < \(description + ".")))"
    }

    /// Runs `insert` with a free slug of those that `taken` does not hold, again with the next where another
    /// transaction takes it first.
    ///
    /// - Throws: whatever `insert` throws; `SQLError` of kind `.unique` only after twenty tries.
    public func claim<Value>(
        in tx: Transaction, taken: (Transaction) throws -> Set<String>, _ insert: (String) throws -> Value
    ) throws -> Value {
        var seen = try taken(tx)
        for _ in 0..<20 {
            let slug = firstFree(besides: seen)
            do {
                return try insert(slug)
            } catch let error as SQLError where error.kind == .unique {
                seen.formUnion(try taken(tx))
                seen.insert(slug)
            }
        }
        return try insert(firstFree(besides: seen))
    }

    private static func latin(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "a"..."z", "0"..."9": String(scalar)
        case "'", "\u{2019}": ""
        default: FoldingTable.latin[scalar]
        }
    }
}
