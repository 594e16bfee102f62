import Dispatch
import Glibc
import Logging
import Primitives
import ServiceLifecycle

/// Ends the process where its graceful end takes too long: work that hangs is taken up again by the next one.
struct EndGuard: Service {
    let limit: TimeSpan
    let logger: Logger

    /// Waits for the shutdown to begin.
    func run() async throws {
        try await gracefulShutdown()
        let (limit, logger) = (limit, logger)
        DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(Int(limit.microseconds))) {
            logger.critical("the end took too long; what was under way is left to the next start")
            _exit(1)
        }
    }
}
