import HTTPTypes
import SQL

/// One endpoint as a value: the same array registers the routes, prints the OpenAPI document and drives the tests that
/// walk every route.
public struct Endpoint: Sendable {
    /// The way a repeated request with the same `Idempotency-Key` is recognized.
    public enum Idempotency: Sendable, Equatable {
        /// The header is ignored.
        case none
        /// Key, effect and answer are written in one transaction.
        case transaction
        /// The key is leased in a transaction before the handler: for handlers that call other services.
        case lease
    }

    /// Whether an answer is cached while nothing that it shows has changed.
    public enum Caching: Sendable, Equatable {
        /// The answer is made anew each time.
        case never
        /// The answer is cached as bytes until the catalog's revision changes, with a strong ETag.
        case untilRevision
        /// The answer is made anew each time and has a strong ETag, although it says something of the caller.
        case tagged
    }

    enum Work: Sendable {
        case plain(@Sendable (APIRequest, InputReader) async throws -> APIResponse)
        case transaction(
            any Database, @Sendable (APIRequest, InputReader) throws -> @Sendable (Transaction) throws -> APIResponse)
    }

    /// The HTTP method.
    public let method: HTTPRequest.Method
    /// The path with parameters in braces and a final slash: `/api/cart/items/{id}/`.
    public let template: String
    /// One sentence for the document of the API.
    public let summary: String
    /// The callers whom it admits.
    public let access: Access
    /// The status of success.
    public let status: HTTPResponse.Status
    /// The way repeated requests are recognized; a POST that is one transaction has `.transaction`.
    public private(set) var idempotency: Idempotency
    /// Whether answers may be cached; `.never` unless ``cached()`` or ``tagged()`` says otherwise.
    public private(set) var caching = Caching.never
    /// The statuses of refusal that its handler returns, for the document of the API.
    public private(set) var refusals: [HTTPResponse.Status] = []
    /// Whether the body is a multipart form.
    public private(set) var isForm = false
    /// The most bytes its body may have; nil for the general limit.
    public private(set) var bodyLimit: Int?
    /// Whether a body above the general limit is read of whoever sent these headers; nil where it is of everybody.
    public private(set) var knows: (@Sendable (HTTPFields) async -> Bool)?
    /// Statuses of success beside its own.
    public private(set) var otherStatuses: [HTTPResponse.Status] = []
    /// The media types of its answer where they are others than its output's own.
    public private(set) var mediaTypes: [String] = []
    /// The rate limits on it, all of which apply.
    public private(set) var limits: [RateLimit] = []
    /// Whether the audit tells of readings by staff too.
    public private(set) var recordsReadings = false
    /// Whether it changes nothing although its method could: the audit does not tell of it.
    public private(set) var changesNothing = false
    /// The source file that declares it, as `Room/File.swift`.
    public var file: String { "\(sourceFile)" }

    private let sourceFile: StaticString
    let inputType: any Input.Type
    let outputType: any EndpointOutput.Type
    let work: Work

    /// Creates an endpoint whose handler may call other services and open transactions of its own.
    ///
    /// A handler is a function with a name, so that it can be found and called: `use: create`.
    public init<In: Input, Out: EndpointOutput>(
        _ method: HTTPRequest.Method, _ template: String, _ summary: String, access: Access,
        status: HTTPResponse.Status = .ok, file: StaticString = #fileID,
        use handler: @escaping @Sendable (APIRequest, In) async throws -> Out
    ) {
        self.init(
            method, template, summary, access, status, In.self, Out.self, file, idempotency: .none,
            .plain { request, reader in
                try await handler(request, try reader.read(In.self, from: request)).response(status)
            })
    }

    /// Creates an endpoint whose whole work is one transaction on `database`; a POST of this kind honors `Idempotency-Key`.
    ///
    /// The handler may run more than once and does nothing but database work.
    public init<In: Input, Out: EndpointOutput>(
        _ method: HTTPRequest.Method, _ template: String, _ summary: String, access: Access,
        status: HTTPResponse.Status = .ok, in database: any Database, file: StaticString = #fileID,
        use handler: @escaping @Sendable (APIRequest, In, Transaction) throws -> Out
    ) {
        self.init(
            method, template, summary, access, status, In.self, Out.self, file,
            idempotency: method == .post ? .transaction : .none,
            .transaction(database) { request, reader in
                let input = try reader.read(In.self, from: request)
                return { tx in try handler(request, input, tx).response(status) }
            })
    }

    private init(
        _ method: HTTPRequest.Method, _ template: String, _ summary: String, _ access: Access,
        _ status: HTTPResponse.Status, _ inputType: any Input.Type, _ outputType: any EndpointOutput.Type,
        _ file: StaticString, idempotency: Idempotency, _ work: Work
    ) {
        self.method = method
        self.template = template
        self.summary = summary
        self.access = access
        self.status = status
        self.inputType = inputType
        self.outputType = outputType
        sourceFile = file
        self.idempotency = idempotency
        self.work = work
    }

    /// Returns this endpoint with answers cached until the catalog's revision changes.
    public func cached() -> Endpoint { changed { $0.caching = .untilRevision } }

    /// Returns this endpoint with a strong ETag on its answers, for what everybody may see and callers see with words of
    /// their own; an endpoint for anyone has one without it.
    public func tagged() -> Endpoint { changed { $0.caching = .tagged } }

    /// Returns this endpoint with a multipart form of at most `limit` bytes for a body.
    public func form(limit: Int) -> Endpoint {
        changed {
            $0.isForm = true
            $0.bodyLimit = limit
        }
    }

    /// Returns this endpoint with a multipart form of at most `limit` bytes for a body; of requests whose headers `knows` does
    /// not know, no more is read than of any other body.
    public func form(limit: Int, where knows: @escaping @Sendable (HTTPFields) async -> Bool) -> Endpoint {
        form(limit: limit).changed { $0.knows = knows }
    }

    /// Returns this endpoint with its statuses of refusal named, for the document of the API.
    public func refusing(_ statuses: HTTPResponse.Status...) -> Endpoint { changed { $0.refusals = statuses } }

    /// Returns this endpoint with other statuses of success named, for the document of the API.
    public func answering(_ statuses: HTTPResponse.Status...) -> Endpoint { changed { $0.otherStatuses = statuses } }

    /// Returns this endpoint with answers of these media types, for the document of the API.
    public func producing(_ types: String...) -> Endpoint { changed { $0.mediaTypes = types } }

    /// Returns this endpoint with no more requests than `limit` allows, beside the limits that it has.
    public func limited(_ limit: RateLimit) -> Endpoint { changed { $0.limits.append(limit) } }

    /// Returns this endpoint with readings by staff in the audit, for what shows secrets in bulk. Its handler says by
    /// `APIRequest.recordAfter(_:)` what was given out.
    public func recordingReadings() -> Endpoint { changed { $0.recordsReadings = true } }

    /// Returns this endpoint as one that changes nothing, for what is asked with a body and kept nowhere, such as a preview.
    public func changingNothing() -> Endpoint { changed { $0.changesNothing = true } }

    /// Returns this endpoint with `Idempotency-Key` honored through a lease.
    public func leased() -> Endpoint { changed { $0.idempotency = .lease } }

    private func changed(_ change: (inout Endpoint) -> Void) -> Endpoint {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A group of endpoints: a tag of the document of the API. Groups of one name are one tag.
public struct EndpointGroup: Sendable {
    /// The tag, as the document of the API shows it.
    public let name: String
    /// What the endpoints are for, in one sentence; empty where another group of the name says it.
    public let description: String
    /// The endpoints, in the order of the document.
    public let endpoints: [Endpoint]
    /// Whether they are pages for people, which the document of the API leaves out.
    public var arePages = false

    /// Creates a group with a tag and a sentence about it.
    public init(_ name: String, _ description: String, _ endpoints: [Endpoint]) {
        self.name = name
        self.description = description
        self.endpoints = endpoints
    }

    /// Creates a group whose tag another group of the same name describes.
    public init(_ name: String, _ endpoints: [Endpoint]) {
        self.init(name, "", endpoints)
    }
}
