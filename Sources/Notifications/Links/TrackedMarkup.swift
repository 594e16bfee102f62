import Primitives

/// HTML whose links lead by way of the shop, and which has a picture at its end that tells of being opened.
struct TrackedMarkup {
    private static let opening = "href=\""

    let links: MailLinks
    let job: String

    /// Returns `html` with every link of the web replaced, but for those in `kept`.
    func tracked(_ html: String, keeping kept: [String]) -> String {
        var (made, rest) = ("", Substring(html))
        while let place = rest.offset(of: Self.opening) {
            let start = place + Self.opening.utf8.count
            made += String(decoding: rest.utf8.prefix(start), as: UTF8.self)
            rest = Substring(rest.utf8.dropFirst(start))
            let value = rest.unicodeScalars.prefix { $0 != "\"" }
            made += replacement(of: String(value), keeping: kept)
            rest = rest[value.endIndex...]
        }
        let parts = (made + rest).halves(before: "</body>")
        return parts.0 + "<img src=\"\(links.open(job))\" width=\"1\" height=\"1\" alt=\"\">" + parts.1
    }

    private func replacement(of value: String, keeping kept: [String]) -> String {
        let url = Self.plain(value)
        let isWeb = url.begins(with: "https://") || url.begins(with: "http://")
        return isWeb && !kept.contains(url) ? links.click(job, to: url) : value
    }

    /// Returns an attribute's value without the references that our escaping makes.
    private static func plain(_ value: String) -> String {
        var (made, rest) = ("", Substring(value))
        let references = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]
        while let place = rest.offset(of: "&") {
            made += String(decoding: rest.utf8.prefix(place), as: UTF8.self)
            rest = Substring(rest.utf8.dropFirst(place))
            let known = references.first { rest.begins(with: $0.key) }
            made += known?.value ?? "&"
            rest = Substring(rest.utf8.dropFirst(known?.key.utf8.count ?? 1))
        }
        return made + rest
    }
}
