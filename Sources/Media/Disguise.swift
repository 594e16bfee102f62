/// Pictures that are something else as well: a file that a browser could run as a page, or a program open as an archive.
///
/// Kept pictures are encoded anew, so nothing of this would survive; who sends such a file means no good and is told no.
/// Bytes after a picture's end are common in photographs of phones and are not refused by themselves.
public enum Disguise {
    /// Whether `bytes` hold a page's or a script's markup, a ZIP archive or a PDF beside the picture.
    public static func isWorn(by bytes: [UInt8]) -> Bool {
        hasMarkup(bytes) || endsAsArchive(bytes) || startsAsPDF(bytes)
    }

    private static let markup = ["<script", "<html", "<!doctype html", "<?php", "<svg", "<iframe"].map {
        Array($0.utf8)
    }

    private static func hasMarkup(_ bytes: [UInt8]) -> Bool {
        let open = UInt8(ascii: "<")
        var start = 0
        while let found = bytes[start...].firstIndex(of: open) {
            if markup.contains(where: { begins(bytes, at: found, with: $0) }) { return true }
            start = found + 1
        }
        return false
    }

    /// In either case.
    private static func begins(_ bytes: [UInt8], at start: Int, with word: [UInt8]) -> Bool {
        guard bytes.count - start >= word.count else { return false }
        return word.indices.allSatisfy { index in
            let byte = bytes[start + index]
            let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            return (isCapital ? byte | 0x20 : byte) == word[index]
        }
    }

    /// A ZIP archive is read from its end: a record of 22 bytes and a comment whose length it tells (APPNOTE.TXT 4.3.16).
    private static func endsAsArchive(_ bytes: [UInt8]) -> Bool {
        let (mark, record): ([UInt8], Int) = ([0x50, 0x4B, 0x05, 0x06], 22)
        guard bytes.count >= record else { return false }
        let first = max(0, bytes.count - record - Int(UInt16.max))
        return (first...bytes.count - record).contains { start in
            bytes[start] == mark[0] && bytes[start..<start + 4].elementsEqual(mark)
                && start + record + Int(bytes[start + 20]) + Int(bytes[start + 21]) << 8 <= bytes.count
        }
    }

    /// Readers of PDF look for its head in the first kilobyte.
    private static func startsAsPDF(_ bytes: [UInt8]) -> Bool {
        let head = Array("%pdf-".utf8)
        return bytes.prefix(1_024).indices.contains { begins(bytes, at: $0, with: head) }
    }
}
