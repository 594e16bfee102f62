import Commerce
import HTTPTypes
import Messages
import Primitives
import SQL
import Web

/// The endpoints that links in mails lead to. Nobody is logged in there: the link's signature says whose mail it was.
struct LinkRoutes: Sendable {
    private static let unsubscribing = "/api/notifications/unsubscribe/{token}/"

    let database: any Database
    let links: MailLinks
    let preferences: PreferenceService
    let shopName: String
    /// The language of the shop.
    let language: String

    var group: EndpointGroup {
        EndpointGroup(
            "Notifications",
            [
                Endpoint(
                    .get, Self.unsubscribing, "Shows a page with a button that ends mails of a kind.", access: .anyone,
                    use: ask
                ).refusing(.notFound).producing("text/html"),
                Endpoint(
                    .post, Self.unsubscribing, "Ends mails of a kind, by one click (RFC 8058).", access: .anyone,
                    in: database, use: unsubscribe
                ).refusing(.notFound).producing("text/html"),
                Endpoint(
                    .get, "/api/notifications/track/open/{token}/", "Notes that a mail was opened; answers a picture.",
                    access: .anyone, use: open
                ).refusing(.notFound).producing("image/gif"),
                Endpoint(
                    .get, "/api/notifications/track/click/{token}/", "Notes that a link was followed, and leads on.",
                    access: .anyone, status: .found, use: click
                ).refusing(.notFound),
            ])
    }

    private func ask(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        let (user, _) = try list(of: call)
        return page(for: try await database.read { try preferences.readers.find(user, $0) }).question
    }

    private func unsubscribe(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> Reply<RawBody> {
        let (user, purpose) = try list(of: call)
        let reader = try preferences.readers.find(user, tx)
        if reader != nil { try preferences.refuse(purpose, of: user, in: tx) }
        return page(for: reader).done
    }

    /// Returns the pages in the language in which the mail was that led here.
    private func page(for reader: MailReader?) -> UnsubscribePage {
        UnsubscribePage(shopName: shopName, languages: LanguageTag.candidates(reader?.language ?? "", language))
    }

    private func list(of call: APIRequest) throws -> (UserID, MailKind) {
        guard case .unsubscribe(let user, let purpose)? = links.target(of: try call.text("token")) else {
            throw NotFound()
        }
        return (user, purpose)
    }

    private func open(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        guard case .open(let job)? = links.target(of: try call.text("token")) else { throw NotFound() }
        try await note(job, isClick: false, call)
        return Reply(RawBody(contentType: "image/gif", bytes: Self.dot), headers: [.cacheControl: "no-store"])
    }

    private func click(_ call: APIRequest, _: NoInput) async throws -> Reply<NoBody> {
        guard case .click(let job, let url)? = links.target(of: try call.text("token")) else { throw NotFound() }
        try await note(job, isClick: true, call)
        return Reply(NoBody(), headers: [.location: url, .cacheControl: "no-store"])
    }

    private func note(_ job: String, isClick: Bool, _ call: APIRequest) async throws {
        guard TrackingRules.isPerson(call) else { return }
        let now = preferences.time.now
        try await database.write {
            try EmailLogQueries.note(job, isClick: isClick, at: now, after: TrackingRules.least, $0)
        }
    }

    /// A GIF of one pixel that is not seen.
    private static let dot = Base64.decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7") ?? []
}

/// An answer without a body.
struct NoBody: EndpointOutput {
    static var bodySchema: JSONSchema? { nil }
    static var mediaType: String? { nil }

    func response(_ status: HTTPResponse.Status) -> APIResponse { APIResponse(status: status) }
}
