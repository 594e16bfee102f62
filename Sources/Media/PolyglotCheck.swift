import CImage

/// A check for pictures that are something else as well: a file that a browser could run as a page, or a program open
/// as an archive.
///
/// Stored pictures are encoded anew, so nothing of this would survive; such a file is refused because it is sent with
/// intent. The check reads what precedes a picture's compressed data and what follows its end, where such files have to
/// show themselves, and never the data: by chance they hold any short word. Bytes after a picture's end are common in
/// photographs of phones (a film, a second picture) and are not refused by themselves.
public enum PolyglotCheck {
    /// Returns whether `bytes` hold a page's or a script's markup, a ZIP archive or a PDF beside the picture.
    public static func isPolyglot(_ bytes: [UInt8]) -> Bool {
        let extent = kimage_extent(bytes, bytes.count)
        return hasMarkup(bytes.prefix(min(extent.header, headerLength))) || beginsAsPage(bytes[extent.end...])
            || endsAsArchive(bytes) || startsAsPDF(bytes)
    }

    /// The number of bytes by which a browser guesses the type of a file.
    private static let headerLength = 1_445

    private static let markup = ["<script", "<html", "<!doctype html", "<?php", "<svg", "<iframe"].map {
        Array($0.utf8)
    }

    private static func hasMarkup(_ header: ArraySlice<UInt8>) -> Bool {
        header.indices.contains { isMarkup(header[$0...]) }
    }

    /// Returns whether markup follows, after white space at most.
    private static func beginsAsPage(_ rest: ArraySlice<UInt8>) -> Bool {
        isMarkup(rest.drop { $0 == 0 || $0 == 0x20 || (0x09...0x0D).contains($0) })
    }

    private static func isMarkup(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first == UInt8(ascii: "<") && markup.contains { begins(bytes, with: $0) }
    }

    /// Compares letters in either case.
    private static func begins(_ bytes: ArraySlice<UInt8>, with word: [UInt8]) -> Bool {
        bytes.count >= word.count
            && zip(bytes, word).allSatisfy { byte, letter in
                let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                return (isCapital ? byte | 0x20 : byte) == letter
            }
    }

    /// Returns whether a ZIP archive ends the file. It is read from its end: a record of 22 bytes and a comment whose
    /// length it gives (APPNOTE.TXT 4.3.16). The record has the number of the first disk twice and the offset of a
    /// directory before it; four bytes alone stand in any file.
    private static func endsAsArchive(_ bytes: [UInt8]) -> Bool {
        let (mark, record): ([UInt8], Int) = ([0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0], 22)
        guard bytes.count >= record else { return false }
        let first = max(0, bytes.count - record - Int(UInt16.max))
        return (first...bytes.count - record).contains { start in
            bytes[start] == mark[0] && bytes[start..<start + mark.count].elementsEqual(mark)
                && number(bytes[(start + 12)..<(start + 16)]) + number(bytes[(start + 16)..<(start + 20)]) <= start
                && start + record + number(bytes[(start + 20)..<(start + 22)]) <= bytes.count
        }
    }

    /// Reads a little-endian number.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }

    /// Returns whether a PDF's head is in the first kilobyte, where its readers look for it.
    private static func startsAsPDF(_ bytes: [UInt8]) -> Bool {
        let head = Array("%PDF-".utf8)
        let start = bytes.prefix(1_024)
        return start.indices.contains { start[$0] == head[0] && start[$0...].starts(with: head) }
    }
}
