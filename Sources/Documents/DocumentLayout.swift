/// Lays a document out on A4 pages, from the one that was added last on: head and addresses on the first, the table with its
/// titles on each, the totals together.
struct DocumentLayout {
    private static let left = PDFPage.margin
    private static let right = PDFPage.width - PDFPage.margin
    private static let bottom: Float = 70
    private static let top = PDFPage.height - 60
    private static let body: Float = 8.5
    private static let leading: Float = 11.5
    private static let gap: Float = 8
    /// A module of bar codes: 0.35 mm.
    private static let module: Float = 1
    private static let barHeight: Float = 20
    /// The height that a row's bar code adds to it.
    private static let band: Float = 27

    let document: CommercialDocument
    let pdf: PDFPage
    private let first: Int
    private var y = Self.top

    init(_ document: CommercialDocument, on pdf: PDFPage) {
        self.document = document
        self.pdf = pdf
        first = pdf.pageCount - 1
    }

    mutating func draw() {
        head()
        addresses()
        table()
        totals()
        remarks()
        numbers()
    }

    private mutating func head() {
        for line in pdf.wrapped(document.title, to: 300, 18, .bold) {
            pdf.text(line, x: Self.left, y: y - 14, 18, .bold)
            y -= 22
        }
        var issuer = Self.top - 8
        pdf.figure(document.issuer, right: Self.right, y: issuer, 11, .bold)
        for line in document.issuerLines {
            issuer -= Self.leading
            pdf.figure(line, right: Self.right, y: issuer, Self.body, gray: 0.35)
        }
        y = min(y, issuer) - 26
    }

    /// Draws the addresses on the left, dates and numbers on the right.
    private mutating func addresses() {
        let width = (Self.right - Self.left) / 3
        var lowest = y
        for (index, block) in document.blocks.prefix(2).enumerated() {
            let x = Self.left + Float(index) * width
            var line = y
            pdf.text(block.heading, x: x, y: line, 7.5, .bold, gray: 0.45)
            for text in block.lines.flatMap({ pdf.wrapped($0, to: width - Self.gap, Self.body) }) {
                line -= Self.leading
                pdf.text(text, x: x, y: line, Self.body)
            }
            lowest = min(lowest, line)
        }
        var line = y
        for fact in document.facts {
            pdf.text(fact.name, x: Self.left + 2 * width, y: line, Self.body, gray: 0.35)
            pdf.figure(fact.value, right: Self.right, y: line, Self.body, fact.isStrong ? .bold : .regular)
            line -= Self.leading
        }
        if let code = document.barcode { line = draw(code, below: line, within: width) }
        y = min(lowest, line) - 30
    }

    /// Draws a bar code with its text at the right edge, narrower where it would not fit, and returns how far down it
    /// reaches.
    private func draw(_ code: Barcode, below y: Float, within width: Float) -> Float {
        let count = Float(code.widths.reduce(0, +))
        let module = min(Self.module, width / (count + Float(code.quietZone.before)))
        let x = Self.right - count * module
        let base = y - Self.barHeight - 4
        pdf.bars(code, x: x, y: base, module: module, height: Self.barHeight + 8)
        pdf.text(code.text, x: x + (count * module - pdf.width(of: code.text, 7.5)) / 2, y: base - 9, 7.5)
        return base - 9
    }

    /// The left edge and the width of each column, in points.
    private var places: [(x: Float, width: Float)] {
        let whole = document.columns.reduce(0) { $0 + $1.share }
        var x = Self.left
        return document.columns.map { column in
            let width = (Self.right - Self.left) * column.share / whole
            defer { x += width }
            return (x, width)
        }
    }

    private mutating func table() {
        titles()
        for (index, row) in document.rows.enumerated() {
            let code = document.rowBarcodes.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            let cells = zip(row, places).map { pdf.wrapped($0, to: $1.width - Self.gap, Self.body) }
            if code != nil { keepTogether(cells) }
            var rest = cells
            repeat {
                if y - Self.leading < Self.bottom { turn() }
                let room = max(1, Int((y - Self.bottom) / Self.leading))
                let height = min(room, rest.map(\.count).max() ?? 1)
                draw(rest.map { Array($0.prefix(height)) })
                rest = rest.map { Array($0.dropFirst(height)) }
                y -= Float(height) * Self.leading
            } while rest.contains { !$0.isEmpty }
            if let code { draw(code) }
            pdf.line(y: y + 3.5, from: Self.left, to: Self.right, gray: 0.88)
            y -= 4
        }
        y -= 8
    }

    /// Continues on a new page where a row and its bar code would be parted, and fit on one.
    private mutating func keepTogether(_ cells: [[String]]) {
        let height = Float(cells.map(\.count).max() ?? 1) * Self.leading + Self.band
        if y - height < Self.bottom, height < Self.top - Self.bottom - Self.band { turn() }
    }

    /// Draws a row's bar code under its first cell.
    private mutating func draw(_ code: Barcode) {
        if y - Self.band < Self.bottom { turn() }
        let x = Self.left + 4 + Float(code.quietZone.before) * Self.module
        pdf.bars(code, x: x, y: y - Self.barHeight - 1, module: Self.module, height: Self.barHeight)
        y -= Self.band
    }

    private func draw(_ cells: [[String]]) {
        for (cell, (column, place)) in zip(cells, zip(document.columns, places)) {
            for (index, line) in cell.enumerated() {
                let base = y - 6 - Float(index) * Self.leading
                if column.isFigure {
                    pdf.figure(line, right: place.x + place.width - 4, y: base, Self.body)
                } else {
                    pdf.text(line, x: place.x + 4, y: base, Self.body)
                }
            }
        }
    }

    private mutating func titles() {
        pdf.fill(x: Self.left, y: y - 4, width: Self.right - Self.left, height: 17, gray: 0.93)
        for (column, place) in zip(document.columns, places) {
            if column.isFigure {
                pdf.figure(column.title, right: place.x + place.width - 4, y: y + 1.5, 7.5, .bold)
            } else {
                pdf.text(column.title, x: place.x + 4, y: y + 1.5, 7.5, .bold)
            }
        }
        y -= 10
    }

    /// Continues at the top of a new page, under the table's titles.
    private mutating func turn() {
        pdf.addPage()
        y = Self.top
        titles()
    }

    private mutating func totals() {
        breakPage(unlessLeft: Float(document.totals.count) * 15 + 10)
        for total in document.totals {
            if total.isStrong { pdf.line(y: y + 6, from: 320, to: Self.right, gray: 0.5) }
            let size: Float = total.isStrong ? 11 : 9
            y -= total.isStrong ? 6 : 0
            pdf.text(total.name, x: 320, y: y - 3, size, total.isStrong ? .bold : .regular)
            pdf.figure(total.value, right: Self.right - 4, y: y - 3, size, total.isStrong ? .bold : .regular)
            y -= 15
        }
    }

    private mutating func remarks() {
        y -= 14
        for line in document.remarks.flatMap({ pdf.wrapped($0, to: Self.right - Self.left, Self.body) }) {
            breakPage(unlessLeft: Self.leading)
            pdf.text(line, x: Self.left, y: y, Self.body, gray: 0.35)
            y -= Self.leading
        }
    }

    /// Starts a new page where less than `height` is left.
    private mutating func breakPage(unlessLeft height: Float) {
        guard y - height < Self.bottom else { return }
        pdf.addPage()
        y = Self.top
    }

    private func numbers() {
        for page in first..<pdf.pageCount {
            pdf.selectPage(page)
            pdf.text(document.title, x: Self.left, y: 36, 7.5, gray: 0.45)
            let number = "Page \(page - first + 1) of \(pdf.pageCount - first)"
            pdf.figure(number, right: Self.right, y: 36, 7.5, gray: 0.45)
        }
    }
}

extension CommercialDocument {
    /// Returns this document as a PDF. Computes on the caller's thread: some milliseconds for a page.
    ///
    /// - Throws: `DocumentError`.
    public func pdf() throws(DocumentError) -> [UInt8] { try Self.pdf(of: [self], title: title) }

    /// Returns documents as one PDF of this title, each of them on pages of its own that are numbered by themselves. Computes on
    /// the caller's thread.
    ///
    /// - Throws: `DocumentError`, `.unavailable` also where there is no document.
    public static func pdf(of documents: [CommercialDocument], title: String) throws(DocumentError) -> [UInt8] {
        guard let first = documents.first else { throw .unavailable }
        let page = try PDFPage(title: title, author: first.issuer, first.issuedAt)
        for (index, document) in documents.enumerated() {
            if index > 0 { page.addPage() }
            var layout = DocumentLayout(document, on: page)
            layout.draw()
        }
        return try page.bytes()
    }
}
