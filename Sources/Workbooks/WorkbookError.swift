/// The reason why bytes are no workbook that is read here.
public enum WorkbookError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A workbook of Excel 97 to 2003, or one with a password: both have this form.
    case oldOrLocked
    /// A document of LibreOffice or OpenOffice.
    case openDocument
    /// Neither of these, or broken.
    case unreadable
    /// Beyond what is read: unpacked parts of 64 MiB, 2,000,000 cells, 500 columns.
    case tooLarge

    /// A sentence for people, with a way out.
    public var description: String {
        switch self {
        case .oldOrLocked:
            "This is a workbook of Excel 97-2003 (.xls), or one with a password. "
                + "Save it as \"Excel Workbook (.xlsx)\" without a password, or as \"CSV UTF-8\"."
        case .openDocument:
            "This is a document of LibreOffice or OpenOffice (.ods). Save it as \"Excel 2007-365 (.xlsx)\" or as \"Text CSV\"."
        case .unreadable:
            "This is no workbook that can be read. Save it anew as \"Excel Workbook (.xlsx)\" or as \"CSV UTF-8\"."
        case .tooLarge:
            "This workbook is too large: it may have \(WorkbookLimits.cells) cells in \(WorkbookLimits.columns) columns. "
                + "Take out what is not needed, or send it in parts."
        }
    }
}

/// How much of a workbook is read: a small file may unpack into one that fills the memory.
enum WorkbookLimits {
    /// The bytes of all parts together, unpacked.
    static let bytes = 64 << 20
    /// The parts of a file.
    static let parts = 10_000
    /// The cells of the sheet, with empty ones before filled ones.
    static let cells = 2_000_000
    /// The columns of the sheet.
    static let columns = 500
    /// The rows of the sheet, as Excel has them.
    static let rows = 1_048_576
    /// The bytes of each part that is read as a tree: the list of sheets, their places, the formats.
    static let tree = 4 << 20
}
