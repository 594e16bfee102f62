import Templates

/// A value of a row as templates show it: its text, and how that is dressed.
///
/// The dress names a template of its own. One template that asks for each dress there is would be plainer, but a name that is not
/// there is looked up in everything around, and a list has two hundred cells.
struct CellView: PageObject {
    enum Dress: Sendable {
        case text, code, long, json
        /// A dash in place of nothing.
        case nothing
        /// A word of the wire in its tone.
        case badge(String)
        /// A moment as the API writes it.
        case moment(String)
        case flag(Bool)
        /// Stars as they are drawn.
        case stars(String)
        /// The depth in a tree.
        case indented(String)
        /// The address that the text leads to, elsewhere on the web.
        case address(String)
        case addresses([Entry])
        /// The address of a small picture.
        case picture(String)
        /// The addresses of a photo, small and whole.
        case photo(small: String, whole: String)
    }

    /// One of several addresses: a link where it is one of the web.
    struct Entry: Sendable {
        let text: String
        let isLink: Bool
    }

    var text = ""
    var dress = Dress.text
    /// The page of the admin that the text leads to.
    var link: String?
    var heading = ""
    /// Class names of the cell around.
    var classes: String?

    /// A dash.
    static let nothing = CellView(dress: .nothing)

    var isNothing: Bool { if case .nothing = dress { true } else { false } }

    func member(_ name: String) -> PageValue? {
        switch name {
        case "text": .text(text)
        case "shape": .text(shape)
        case "heading": .text(heading)
        case "classes": classes.map { .text($0) } ?? .flag(false)
        case "link": link.map { .text($0) } ?? .flag(false)
        default: dressed(name)
        }
    }

    private func dressed(_ name: String) -> PageValue? {
        switch (dress, name) {
        case (.badge(let tone), "badge"): .text(tone)
        case (.moment(let moment), "moment"): .text(moment)
        case (.flag(let isOn), "isOn"): .flag(isOn)
        case (.stars(let drawn), "stars"): .text(drawn)
        case (.indented(let depth), "depth"): .text(depth)
        case (.address(let address), "address"): .text(address)
        case (.addresses(let entries), "addresses"):
            .list(entries.map { .object(PageMembers([$0.isLink ? "address" : "other": $0.text])) })
        case (.picture(let address), "picture"), (.photo(let address, _), "picture"): .text(address)
        case (.photo(_, let whole), "whole"): .text(whole)
        default: nil
        }
    }

    /// The name of the template that draws it.
    private var shape: String {
        switch dress {
        case .nothing: "cell-nothing"
        case .picture: "cell-picture"
        case .photo: "cell-photo"
        case .indented: "cell-indented"
        case _ where link != nil: "cell-link"
        case .text: "cell-text"
        case .code: "cell-code"
        case .long: "cell-long"
        case .json: "cell-json"
        case .badge: "cell-badge"
        case .moment: "cell-moment"
        case .flag: "cell-flag"
        case .stars: "cell-stars"
        case .address: "cell-address"
        case .addresses: "cell-addresses"
        }
    }
}
