import Jobs
import Primitives
import SQL

/// The payload of the job that makes a gateway forget an erased user with all methods. It names nobody: the id means something at the
/// gateway alone.
struct DeleteGatewayCustomer: ExternalJobPayload {
    static let kind = "payments.delete_customer"
    static let retry = RetryPolicy(maxAttempts: 20, firstPause: .minutes(1), maxPause: .hours(12))

    let gateway: GatewayCode
    let customer: String

    /// Returns the job's handler. A gateway that is not set up any more cannot be asked.
    static func handler(_ directory: GatewayDirectory, _ database: any Database) -> JobHandler {
        .external(Self.self) { job, _ in
            let gateway = try await database.read { try directory.gateway(job.gateway, in: $0) }
            if let vault = gateway as? any MethodVault { try await vault.deleteCustomer(job.customer) }
            return JobHandler.nothingToWrite
        }
    }
}
