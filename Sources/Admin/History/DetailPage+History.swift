import AdminPages
import Primitives
import Web

/// What the audit has of a row, on the row's page.
extension DetailPage {
    /// The number of entries that the page shows, the newest; the others are a link away.
    private static let mostEntries = 5

    /// The row as the audit names it: by what it is changed at, where that is not what it is read at.
    private var audited: String? {
        guard let item = screen.item, let read = AuditedRow.path(of: PercentEncoding.decode(path.utf8), item) else {
            return nil
        }
        guard let update = screen.form?.update?.path, let key = read.cut(at: "/", keepsEmpty: false).last else {
            return read
        }
        return AuditedRow.path(of: "\(update.halves(at: "{").0)\(key)/", update) ?? read
    }

    /// The section with what was done to the row; none where the shop has no audit, or the row is part of it.
    var history: [AdminSection] {
        guard let audit = visit.site.audit, audit.name != screen.name, let about = audited else { return [] }
        let query = "about=" + PercentEncoding.encode(about)
        let list = audit.listPath + "?\(query)&page_size=\(Self.mostEntries)"
        let columns = audit.columns.filter { !$0.isHidden }
        return [
            AdminSection(DeedWords.history, .related(path: list, columns)).with {
                $0.standsBelow = true
                $0.screen = (audit.name, audit.key)
                $0.listing = (audit.name, query)
                // What nobody can do anything to has no history.
                $0.hidesEmpty = screen.form == nil && screen.actions.isEmpty
            }
        ]
    }
}

extension AdminSite {
    /// The screen of the audit: the one whose list says what was done.
    var audit: AdminScreen? { screens.first { $0.columns.contains { $0.kind == .deed } } }
}
