import Commerce
import HTTPTypes
import Logging
import Primitives

/// The figures of each answered request, and its line in the log.
extension APIServer {
    /// The most of an unknown path that the log keeps, in scalars.
    private static let longestPath = 200

    /// Counts and logs an answered request; returns how many microseconds it took.
    func record(_ exchange: Exchange, _ status: Int, _ bytes: Int) -> Int64 {
        let elapsed = (ContinuousClock.now - exchange.started).components
        let microseconds = elapsed.seconds * 1_000_000 + elapsed.attoseconds / 1_000_000_000_000
        (exchange.route?.meter ?? unrouted).count(status, microseconds: microseconds)
        logger.log(
            level: accessLevel(of: exchange), "request", metadata: line(exchange, status, bytes, microseconds))
        return microseconds
    }

    /// Returns the level of a request's line: what monitors ask for every few seconds would bury all others.
    private func accessLevel(of exchange: Exchange) -> Logger.Level {
        switch exchange.route?.door {
        case .health, .metrics: min(settings.accessLogLevel, .debug)
        case .shop, .operators, nil: settings.accessLogLevel
        }
    }

    /// Returns what the log says of a request. Its query is left out: tokens stand there.
    private func line(
        _ exchange: Exchange, _ status: Int, _ bytes: Int, _ microseconds: Int64
    ) -> Logger.Metadata {
        var line: Logger.Metadata = [
            "request_id": "\(exchange.id)", "method": "\(exchange.head.method.rawValue)",
            "route": "\(exchange.route?.endpoint.template ?? "-")", "status": .stringConvertible(status),
            "microseconds": .stringConvertible(microseconds), "bytes": .stringConvertible(bytes),
            "address": "\(clientAddress(exchange).text)",
        ]
        if let user = exchange.user ?? exchange.reader?.user { line["user"] = .stringConvertible(user.rawValue) }
        if exchange.route == nil { line["path"] = "\(exchange.path.prefix(scalars: Self.longestPath))" }
        return line
    }
}
