import CHaru

/// A document that is being drawn, page by page. Used by one thread.
final class PDFPage {
    /// The width of a page in points.
    static let width: Float = 595.28
    static let height: Float = 841.89
    static let margin: Float = 50

    enum Weight: Int32 {
        case regular = 0
        case bold = 1
    }

    private let document: OpaquePointer
    private(set) var pageCount = 0

    /// Creates a document with one empty page.
    ///
    /// - Throws: `DocumentError.unavailable`.
    init(title: String, author: String, _ moment: CommercialDocument.Moment) throws(DocumentError) {
        let made = kharu_new(
            title.ascii, author.ascii, Int32(moment.year), Int32(moment.month), Int32(moment.day),
            Int32(moment.hour), Int32(moment.minute), Int32(moment.second))
        guard let made else { throw .unavailable }
        document = made
        addPage()
    }

    deinit { kharu_free(document) }

    func addPage() {
        kharu_add_page(document)
        pageCount += 1
    }

    func selectPage(_ index: Int) { kharu_select_page(document, index) }

    func width(of text: String, _ size: Float, _ weight: Weight = .regular) -> Float {
        kharu_width(document, weight.rawValue, size, text.printable)
    }

    /// Draws text that starts at `x`.
    func text(_ text: String, x: Float, y: Float, _ size: Float, _ weight: Weight = .regular, gray: Float = 0.1) {
        kharu_text(document, weight.rawValue, size, gray, x, y, text.printable)
    }

    /// Draws text that ends at `right`.
    func figure(_ text: String, right: Float, y: Float, _ size: Float, _ weight: Weight = .regular, gray: Float = 0.1) {
        self.text(text, x: right - width(of: text, size, weight), y: y, size, weight, gray: gray)
    }

    func line(y: Float, from left: Float, to right: Float, width: Float = 0.5, gray: Float = 0.7) {
        kharu_line(document, left, y, right, y, width, gray)
    }

    func fill(x: Float, y: Float, width: Float, height: Float, gray: Float) {
        kharu_fill(document, x, y, width, height, gray)
    }

    /// Draws the bars of a code from `x` on, standing on `y`; its quiet zones are the caller's to keep.
    func bars(_ code: Barcode, x: Float, y: Float, module: Float, height: Float) {
        var place = x
        for (index, count) in code.widths.enumerated() {
            let width = Float(count) * module
            if index.isMultiple(of: 2) { fill(x: place, y: y, width: width, height: height, gray: 0) }
            place += width
        }
    }

    /// Breaks `text` into lines of at most `width`, between words, and within a word that is too long.
    func wrapped(_ text: String, to width: Float, _ size: Float, _ weight: Weight = .regular) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.printable.split(separator: " ") {
            for piece in pieces(of: String(word), width, size, weight) {
                let longer = line.isEmpty ? piece : line + " " + piece
                if !line.isEmpty, self.width(of: longer, size, weight) > width {
                    lines.append(line)
                    line = piece
                } else {
                    line = longer
                }
            }
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }

    private func pieces(of word: String, _ width: Float, _ size: Float, _ weight: Weight) -> [String] {
        guard self.width(of: word, size, weight) > width else { return [word] }
        var pieces: [String] = []
        var piece = ""
        for character in word {
            if !piece.isEmpty, self.width(of: piece + String(character), size, weight) > width {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        return pieces + [piece]
    }

    /// Returns the bytes of the finished document.
    ///
    /// - Throws: `DocumentError.failed`.
    func bytes() throws(DocumentError) -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        var length = 0
        let code = kharu_save(document, &bytes, &length)
        guard code == 0 else { throw .failed(code: Int(code)) }
        defer { kharu_free_bytes(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: length))
    }
}

extension String {
    /// The ASCII characters alone, for the document's properties, which libharu writes byte by byte.
    fileprivate var ascii: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { (0x20..<0x7F).contains($0.value) }))
    }

    /// The part of this text that the fonts can draw: white space as spaces, characters beyond Unicode's first plane as
    /// a box.
    var printable: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2028, 0x2029: text.append(" ")
            case 0...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: break
            case 0x1_0000...: text.append("\u{25A1}")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
