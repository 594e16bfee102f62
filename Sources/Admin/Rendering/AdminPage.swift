import AdminPages
import HTTPTypes
import Primitives
import Web

/// The answer to a request for a page.
struct AdminPage: Sendable {
    var status = HTTPResponse.Status.ok
    var contentType = "text/html; charset=utf-8"
    var headers: HTTPFields = [:]
    var body: [UInt8] = []
    /// What follows `body` while it is made; nil where that is all.
    var rest: BodyStream?
    var policy = AdminPage.policy

    /// What a page may load: its own style sheet, script and pictures. Pictures of the shop may stand on a server of their own.
    static let policy = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: https:; connect-src 'self'; \
        frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """

    /// Returns an answer that leads to another page after a form.
    static func redirect(_ path: String, cookies: [HTTPField] = []) -> AdminPage {
        var page = AdminPage(status: .seeOther)
        page.headers[.location] = path
        for cookie in cookies { page.headers.append(cookie) }
        return page
    }

    /// Returns a path within the admin; its start for any other text, so that no link leads elsewhere.
    static func inner(_ path: String?) -> String {
        guard let path, path.begins(with: "/admin/"), !path.holds(anyOf: "\\\r\n"), !path.begins(with: "/admin/sign-")
        else {
            return "/admin/"
        }
        return path
    }

    func reply(to call: APIRequest) -> Reply<RawBody> {
        var fields = headers
        fields[.cacheControl] = fields[.cacheControl] ?? "no-store"
        fields[.contentSecurityPolicy] = policy
        if AdminCookie.notice.value(in: call) != nil, status == .ok {
            fields.append(AdminCookie.notice.ending(for: call))
        }
        return Reply(RawBody(contentType: contentType, bytes: body, rest: rest), headers: fields, status: status)
    }
}

extension Visit {
    /// Returns a page of a template within the frame of all pages: menu, search, notices.
    func page(_ template: String, title: Phrase, _ view: [String: Any]) -> AdminPage {
        page(template, title: text(title), view)
    }

    /// Returns a page whose title is in the reader's language already.
    func page(_ template: String, title: String, _ view: [String: Any]) -> AdminPage {
        var frame = site.frame(language)
        frame["title"] = title
        frame["csrf"] = token
        frame["menu"] = menu
        frame["email"] = identity.email
        frame["here"] = call.address
        frame["zone"] = site.shop.zone.name
        frame["isSignedIn"] = true
        if let notice = AdminCookie.notice.value(in: call).flatMap({ Base64URL.decode($0) }) {
            frame["notice"] = String(decoding: notice, as: UTF8.self)
        }
        return site.render(template, frame.merging(view) { $1 })
    }

    /// Returns an answer that leads to another page, which says what was done.
    func redirect(_ path: String, saying notice: String) -> AdminPage {
        .redirect(
            path,
            cookies: [
                AdminCookie.notice.setting(
                    Base64URL.encode(Array(notice.prefix(scalars: 500).utf8)), seconds: 60, for: call)
            ])
    }

    /// The menu: the screens whose lists the reader may see, and pages of other kinds.
    private var menu: [[String: Any]] {
        AdminArea.allCases.compactMap { area in
            let screens = site.screens.filter { $0.area == area && $0.isInMenu && may(.get, $0.list) }
                .enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
            let reports = site.reports.filter { $0.area == area && may(.get, $0.path) }
            var links = screens.map { MenuLink($0.area, $0.title, "/admin/\($0.name)/") }
            links += screens.flatMap(\.links).filter { may($0.call) }.map { MenuLink(area, $0.title, $0.path) }
            links += reports.map { MenuLink($0.area, $0.title, "/admin/reports/\($0.name)/") }
            let lists = (links + MenuLink.others(in: area)).map { link in
                [
                    "title": text(link.title), "path": link.path, "isHere": call.path.begins(with: link.path),
                ] as [String: Any]
            }
            let entries = SettingsPage.menuEntries(in: area, self) + lists
            return entries.isEmpty ? nil : ["title": text(Words.title(of: area)), "entries": entries]
        }
    }
}

extension AdminSite {
    /// Returns a page for readers who have not signed in.
    func bare(_ template: String, title: Phrase, _ view: [String: Any], language: AdminLanguage) -> AdminPage {
        var frame = frame(language)
        frame["title"] = title.text(in: language)
        return render(template, frame.merging(view) { $1 })
    }

    fileprivate func frame(_ language: AdminLanguage) -> [String: Any] {
        [
            "lang": language.rawValue, "shop": shop.name, "icon": AdminAssets.iconPath, "style": AdminAssets.stylePath,
            "script": AdminAssets.scriptPath,
            "w": Words.members(in: language), "isGerman": language == .german,
        ]
    }

    fileprivate func render(_ template: String, _ view: [String: Any]) -> AdminPage {
        var page = AdminPage()
        page.body = templates.render(template, view)
        return page
    }
}
