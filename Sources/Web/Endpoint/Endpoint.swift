import HTTPTypes
import SQL

/// One endpoint as a value: the same array registers the routes, prints the OpenAPI document and drives the tests that walk
/// every route.
public struct Endpoint: Sendable {
    /// How a repeated request with the same `Idempotency-Key` is recognized.
    public enum Idempotency: Sendable, Equatable {
        /// The header is ignored.
        case none
        /// Key, effect and answer are written in one transaction.
        case transaction
        /// The key is marked as running in a transaction before the handler, with a lease: for handlers that wait for others.
        case lease
    }

    /// Whether an answer may be kept and served again while nothing it shows has changed.
    public enum Caching: Sendable, Equatable {
        case never
        /// Resource as bytes until the catalog's revision moves; with a strong ETag.
        case untilRevision
    }

    enum Work: Sendable {
        case plain(@Sendable (APIRequest, InputReader) async throws -> APIResponse)
        case transaction(
            any Database, @Sendable (APIRequest, InputReader) throws -> @Sendable (Transaction) throws -> APIResponse)
    }

    public let method: HTTPRequest.Method
    /// With parameters in braces and a final slash: `/api/cart/items/{id}/`.
    public let template: String
    /// One sentence for the document of the API.
    public let summary: String
    public let access: Access
    public let status: HTTPResponse.Status
    public private(set) var idempotency: Idempotency
    public private(set) var caching = Caching.never
    /// Statuses beside success that its handler gives, for the document of the API.
    public private(set) var refusals: [HTTPResponse.Status] = []
    /// Whether the body is a multipart form.
    public private(set) var isForm = false
    /// The most bytes its body may have; nil for the general limit.
    public private(set) var bodyLimit: Int?
    /// Statuses beside its own under which it gives an output.
    public private(set) var otherStatuses: [HTTPResponse.Status] = []
    /// The media types of its answer where they are others than its output's own.
    public private(set) var mediaTypes: [String] = []
    /// How often it may be called.
    public private(set) var limits: [RateLimit] = []
    /// The file that says what it is, as `Room/File.swift`.
    public var file: String { "\(sourceFile)" }

    private let sourceFile: StaticString
    let inputType: any Input.Type
    let outputType: any EndpointOutput.Type
    let work: Work

    /// An endpoint whose handler may wait for others.
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

    /// An endpoint whose whole work is one transaction on `database`; a POST of this kind honors `Idempotency-Key`.
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

    /// This endpoint with answers kept until the catalog's revision moves.
    public func cached() -> Endpoint { changed { $0.caching = .untilRevision } }

    /// This endpoint with a multipart form of at most `limit` bytes for a body.
    public func form(limit: Int) -> Endpoint {
        changed {
            $0.isForm = true
            $0.bodyLimit = limit
        }
    }

    /// This endpoint with the other statuses that it answers named.
    public func refusing(_ statuses: HTTPResponse.Status...) -> Endpoint { changed { $0.refusals = statuses } }

    /// This endpoint with the other statuses named under which it gives an output, for the document of the API.
    public func answering(_ statuses: HTTPResponse.Status...) -> Endpoint { changed { $0.otherStatuses = statuses } }

    /// This endpoint with answers of these media types, for the document of the API.
    public func producing(_ types: String...) -> Endpoint { changed { $0.mediaTypes = types } }

    /// This endpoint with no more requests than `limit` allows, beside the limits that it has.
    public func limited(_ limit: RateLimit) -> Endpoint { changed { $0.limits.append(limit) } }

    /// This endpoint with `Idempotency-Key` honored through a lease.
    public func leased() -> Endpoint { changed { $0.idempotency = .lease } }

    private func changed(_ change: (inout Endpoint) -> Void) -> Endpoint {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A group of endpoints: a tag of the document of the API. Groups of one name are one tag.
public struct EndpointGroup: Sendable {
    public let name: String
    /// What the endpoints are for, in one sentence; empty where another group of the name says it.
    public let description: String
    public let endpoints: [Endpoint]

    /// Names `endpoints` and says what they are for.
    public init(_ name: String, _ description: String, _ endpoints: [Endpoint]) {
        self.name = name
        self.description = description
        self.endpoints = endpoints
    }

    /// Names `endpoints`.
    public init(_ name: String, _ endpoints: [Endpoint]) {
        self.init(name, "", endpoints)
    }
}
