/// Lays a document out on A4 pages: head and addresses on the first, the table with its titles on each, the totals
/// together.
struct DocumentLayout {
    private static let left = PDFPage.margin
    private static let right = PDFPage.width - PDFPage.margin
    private static let bottom: Float = 70
    private static let top = PDFPage.height - 60
    private static let body: Float = 8.5
    private static let leading: Float = 11.5
    private static let gap: Float = 8

    let document: CommercialDocument
    let pdf: PDFPage
    private var y = Self.top

    init(_ document: CommercialDocument) throws(DocumentError) {
        self.document = document
        pdf = try PDFPage(title: document.title, author: document.issuer, document.issuedAt)
    }

    mutating func draw() throws(DocumentError) -> [UInt8] {
        head()
        addresses()
        table()
        totals()
        remarks()
        numbers()
        return try pdf.bytes()
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
        y = min(lowest, line) - 30
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
        for row in document.rows {
            let cells = zip(row, places).map { pdf.wrapped($0, to: $1.width - Self.gap, Self.body) }
            var rest = cells
            repeat {
                if y - Self.leading < Self.bottom { turn() }
                let room = max(1, Int((y - Self.bottom) / Self.leading))
                let height = min(room, rest.map(\.count).max() ?? 1)
                draw(rest.map { Array($0.prefix(height)) })
                rest = rest.map { Array($0.dropFirst(height)) }
                y -= Float(height) * Self.leading
            } while rest.contains { !$0.isEmpty }
            pdf.line(y: y + 3.5, from: Self.left, to: Self.right, gray: 0.88)
            y -= 4
        }
        y -= 8
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
        for page in 0..<pdf.pageCount {
            pdf.selectPage(page)
            pdf.text(document.title, x: Self.left, y: 36, 7.5, gray: 0.45)
            pdf.figure("Page \(page + 1) of \(pdf.pageCount)", right: Self.right, y: 36, 7.5, gray: 0.45)
        }
    }
}

extension CommercialDocument {
    /// Returns this document as a PDF. Computes on the caller's thread: some milliseconds for a page.
    ///
    /// - Throws: `DocumentError`.
    public func pdf() throws(DocumentError) -> [UInt8] {
        var layout = try DocumentLayout(self)
        return try layout.draw()
    }
}
