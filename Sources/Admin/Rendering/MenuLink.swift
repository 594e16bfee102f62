import AdminPages

/// An entry of the menu.
struct MenuLink: Sendable {
    let area: AdminArea
    let title: Phrase
    let path: String

    init(_ area: AdminArea, _ title: Phrase, _ path: String) {
        self.area = area
        self.title = title
        self.path = path
    }

    /// Pages that are no screen's, behind the screens of their part; everybody who works here may see them.
    private static let pages = [
        MenuLink(.system, APIPage.title, "/admin/api/")
    ]

    static func others(in area: AdminArea) -> [MenuLink] { pages.filter { $0.area == area } }
}
