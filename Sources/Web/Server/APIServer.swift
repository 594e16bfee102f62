import Commerce
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import Primitives
import SQL

/// Answers every request of the shop: routes it, checks access, reads its input, runs its endpoint, and adds the
/// headers.
///
/// One flat pass instead of a chain of middleware, so that a cached answer costs little more than writing it.
public final class APIServer: Sendable {
    let settings: WebSettings
    let router: Router
    /// The runner of the endpoints, also for callers inside the process, such as a page's form.
    public let runner: EndpointRunner
    let hosts: HostRule
    let proxies: Proxies
    let addresses: AddressRule
    let metrics: MetricsAccess
    let bodies: BodyBudget
    let connections: Connections
    let cors: CORSPolicy
    let ids: RequestIDs
    let date = HTTPDate()
    let cache: ResponseCache
    let revision: (@Sendable () async throws -> Int)?
    let logger: Logger
    let time: TimeSource
    let bare: Outgoing
    /// Requests that no route was found for.
    let unrouted: RouteMeter
    let description: APIDescription
    /// What belongs to the listener; a server that takes the place of this one goes on with it.
    public let listener: ListenerState

    /// Creates a server of these endpoints, and of the operators' own: health, metrics, the document of the API.
    ///
    /// `authenticate` returns the identity behind an access token or throws `AuthenticationError`. `confirm` throws it
    /// where that session has ended since, and otherwise locks it until the endpoint's transaction ends. `database`
    /// holds the idempotency keys, `secret` seals the answers stored with them. `presence` asks callers for a fresh factor.
    /// `revision` is that of everything cached answers show; without it nothing is cached. `problems` returns why the shop is not ready to serve, and nothing
    /// where it is. `pages` makes the pages for people that stand on these endpoints. `listener` is that of the server whose
    /// place this one takes.
    ///
    /// - Throws: what `pages` throws, `RouterError` for routes that clash, `SettingsError`.
    public init(
        _ groups: [EndpointGroup], settings: WebSettings, database: any Database, secret: SecretKey,
        authenticate: @escaping @Sendable (String) async throws -> Identity,
        confirm: @escaping @Sendable (Identity, Transaction) throws -> Void = { _, _ in },
        presence: PresenceCheck? = nil, revision: (@Sendable () async throws -> Int)? = nil,
        problems: @escaping @Sendable () async -> [String] = { [] },
        pages: (LocalAPI) throws -> [EndpointGroup] = { _ in [] }, listener: ListenerState? = nil,
        metrics: PrometheusRegistry = PrometheusRegistry(),
        logger: Logger, time: TimeSource = .machine, random: RandomSource = .system
    ) throws {
        let description = APIDescription(title: settings.title, version: settings.version, server: settings.publicURL)
        let listener = listener ?? ListenerState(settings.connections, time: time)
        let page = MetricsPage(metrics, listener.connections, listener.bodies)
        let operations = Operations(description: description, metrics: page, problems: problems).group
        let runner = try EndpointRunner(
            settings: settings, database: database, secret: secret, authenticate: authenticate, confirm: confirm,
            presence: presence, limiter: listener.limiter, logger: logger, time: time)
        let called = try Router(groups.flatMap { group in group.endpoints.map { Route($0, group: group.name) } })
        let groups = groups + (try pages(LocalAPI(runner, called, settings)))
        let routes = (groups + [operations]).flatMap { group in
            group.endpoints.map {
                Route(
                    $0, group: group.name, door: group.name == operations.name ? Operations.door($0) : .shop,
                    isPage: group.arePages, meter: listener.meter(of: $0))
            }
        }
        description.groups = groups + [operations]
        page.meters = routes.map(\.meter) + [listener.unrouted]
        self.listener = listener
        self.connections = listener.connections
        self.bodies = listener.bodies
        self.unrouted = listener.unrouted
        self.description = description
        self.settings = settings
        self.router = try Router(routes)
        self.runner = runner
        self.hosts = HostRule(settings.allowedHosts, debug: settings.debug)
        self.proxies = try Proxies(settings.trustedProxies)
        self.addresses = runner.addresses
        self.metrics = try MetricsAccess(settings)
        self.cors = CORSPolicy(settings.corsOrigins)
        self.ids = RequestIDs(random)
        self.cache = ResponseCache(limit: settings.cacheBytes)
        self.revision = revision
        self.logger = logger
        self.time = time
        self.bare = Outgoing(
            .ok, [.contentType: "text/plain; charset=utf-8", .contentLength: "5"], ByteBuffer(string: "hello"))
    }

    /// The description names the endpoints, and the one that shows it holds it: it would stay, and they with it.
    deinit { description.groups = [] }

    /// The OpenAPI document of every endpoint of this server, as JSON.
    public var document: [UInt8] { description.bytes }

    /// Every endpoint of this server, with its access and the source file that declares it.
    public var routes: RouteTable { RouteTable(description.groups) }

    /// Answers one request.
    ///
    /// - Throws: an error of the connection, or `ConnectionEnded`, where it cannot be used any longer.
    public func respond(to request: Request, _ writer: consuming ResponseWriter, on channel: any Channel) async throws {
        if let bareRoute = settings.bareRoute, request.head.path == bareRoute {
            return try await writer.write(
                response: head(of: bare), body: HummingbirdCore.ResponseBody(byteBuffer: bare.body))
        }
        var exchange = Exchange(request.head, id: ids.id(sent: request.head.headerFields[.xRequestID]), on: channel)
        var body = exchange.hasBody ? IncomingBody(request, exchange, timeout: settings.bodyTimeout.amount) : nil
        var outgoing: Outgoing
        if settings.debug {
            let meter = StatementMeter(isRecording: logger.logLevel == .trace)
            outgoing = await StatementMeter.$current.withValue(meter) {
                await answer(&exchange, &body, writer)
            }
            outgoing.headers[.xSQLStatements] = String(meter.statements)
            for query in meter.queries {
                logger.trace("statement", metadata: ["request_id": "\(exchange.id)", "sql": "\(query.text)"])
            }
        } else {
            outgoing = await answer(&exchange, &body, writer)
        }
        if let body, body.isWaiting, body.isLong { outgoing.endsConnection = true }
        if exchange.isHead { try await measure(&outgoing) }
        dress(&outgoing, for: exchange)
        let size = try await write(outgoing, to: writer, withoutBody: exchange.isHead)
        let microseconds = record(exchange, outgoing.status.code, size)
        let isReady = body?.isWaiting == true ? await body?.drain(ending: outgoing.endsConnection) : true
        if outgoing.endsConnection || isReady != true { throw ConnectionEnded() }
        // The client's next request may have come meanwhile, and a task that finds its input there never leaves its
        // thread: without this, as many busy connections as there are threads would let the others wait for dozens of
        // answers.
        if microseconds > Self.longTurn { await Task.yield() }
    }

    /// Microseconds of work after which other connections go first.
    private static let longTurn = 500

    private func head(of outgoing: Outgoing) -> HTTPResponse {
        HTTPResponse(status: outgoing.status, headerFields: outgoing.headers)
    }

    /// Says how long a body is that would be made while it is sent: an answer without body and length would go out in chunks.
    private func measure(_ outgoing: inout Outgoing) async throws {
        guard let rest = outgoing.rest else { return }
        var length = outgoing.size
        try await rest { length += $0.count }
        outgoing.headers[.contentLength] = String(length)
    }

    /// Writes an answer and returns the bytes of its body.
    private func write(
        _ outgoing: Outgoing, to writer: consuming ResponseWriter, withoutBody: Bool
    ) async throws -> Int {
        if !withoutBody, let rest = outgoing.rest {
            var body = try await writer.writeHead(head(of: outgoing))
            var sent = outgoing.size
            for block in outgoing.blocks { try await body.write(ByteBuffer(bytes: block)) }
            try await rest { block in
                sent += block.count
                try await body.write(ByteBuffer(bytes: block))
            }
            try await body.finish(nil)
            return sent
        }
        if withoutBody || outgoing.size == 0 {
            try await writer.writeResponse(head(of: outgoing))
        } else if !outgoing.blocks.isEmpty {
            let blocks = outgoing.blocks
            let body = HummingbirdCore.ResponseBody(contentLength: outgoing.size) { writer in
                for block in blocks { try await writer.write(ByteBuffer(bytes: block)) }
                try await writer.finish(nil)
            }
            try await writer.write(response: head(of: outgoing), body: body)
        } else {
            try await writer.write(
                response: head(of: outgoing), body: HummingbirdCore.ResponseBody(byteBuffer: outgoing.body))
        }
        return withoutBody ? 0 : outgoing.size
    }

    /// Adds the headers that every answer has.
    private func dress(_ outgoing: inout Outgoing, for exchange: Exchange) {
        outgoing.headers.append(HTTPField(name: .xRequestID, value: exchange.id))
        outgoing.headers.append(HTTPField(name: .date, value: date.text(time.now)))
        // A storefront's origin may call the API; what it could read of pages for staff, their cookies would do for it.
        if let origin = exchange.headers[.origin], exchange.route?.isPage != true {
            for field in cors.fields(for: origin) { outgoing.headers.append(field) }
        }
        if outgoing.endsConnection || exchange.isLast { outgoing.headers[.connection] = "close" }
    }
}

/// Ends the loop of a connection whose next request could not be told from the rest of a body.
struct ConnectionEnded: Error {}
