import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoint to which mail servers and providers report mails that came back, and the list of addresses that get none.
struct BounceRoutes: Sendable {
    let database: any Database
    let service: BounceService
    /// The SHA-256 of the token that reports are sent with; nil shuts the door.
    let token: [UInt8]?
    let reader: InputReader

    var group: EndpointGroup {
        EndpointGroup(
            "Notifications",
            [
                Endpoint(
                    .post, "/api/notifications/bounces/",
                    "Takes a report on a mail that came back: as a mail (RFC 3464), or as JSON.", access: .anyone,
                    use: take
                ).refusing(.notFound, .unauthorized, .badRequest, .unsupportedMediaType)
            ]
                + ResourceEndpoints(
                    SuppressionResource(time: service.time), at: "/api/admin/suppressions/", "suppression",
                    "addresses that get no mail", permission: TemplateRoutes.permission,
                    reading: .staff(EmailLogRoutes.reading), in: database
                ).endpoints.filter { $0.method != .put && $0.method != .patch })
    }

    private func take(_ call: APIRequest, _: NoInput) async throws -> BounceBody {
        try check(call)
        switch call.headers[.contentType]?.halves(at: ";").0.trimmed.lowercased() {
        case "message/rfc822", "message/global", "multipart/report", "text/plain":
            let report = DeliveryReport(parsing: Self.message(call))
            guard let report else { throw ValidationError.whole("This is no report on a delivery (RFC 3464).") }
            return BounceBody(bounces: try await database.write { try service.take(report, in: $0) })
        case "application/json", nil:
            let bounce = try reader.read(BounceInput.self, cells: Self.texts(call.body), isPartial: false).bounce
            try await database.write { try service.take(bounce, in: $0) }
            return BounceBody(bounces: 1)
        case let other?: throw MalformedRequest.mediaType(other)
        }
    }

    /// A report whose outermost headers were taken for the request's begins with its type.
    private static func message(_ call: APIRequest) -> [UInt8] {
        guard let type = call.headers[.contentType], type.lowercased().begins(with: "multipart/") else {
            return call.body
        }
        return Array("Content-Type: \(type)\r\n\r\n".utf8) + call.body
    }

    private static func texts(_ body: [UInt8]) throws -> [String: String] {
        guard case .object(let members)? = try? JSONValue(parsing: body) else {
            throw ValidationError.whole("Invalid data. Expected a dictionary.")
        }
        return members.compactMapValues { if case .string(let text) = $0 { text } else { nil } }
    }

    private func check(_ call: APIRequest) throws {
        guard let token else { throw NotFound() }
        guard let header = call.headers[.authorization] else { throw AuthenticationError.notAuthenticated }
        let words = header.words
        guard words.count == 2, words[0].lowercased() == "bearer",
            Digest.equal(Digest.sha256(words[1].utf8), token)
        else { throw AuthenticationError.tokenNotValid }
    }
}

/// What a provider says of a mail that came back.
struct BounceInput: Input {
    let bounce: Bounce

    init(_ fields: Fields) {
        bounce = Bounce(
            email: fields.email("email"), kind: fields.choice("type", of: Bounce.Kind.self),
            reason: fields.string("reason", .optional(""), length: 0...500))
    }
}

/// How many addresses a report was about.
struct BounceBody: ResponseBody {
    let bounces: Int
}
