import Logging
import Primitives
import SQL

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The code that does the jobs of one kind.
public struct JobHandler: Sendable {
    /// The writes in the transaction that ends an external job; what it throws rolls them back and fails the attempt.
    public typealias Completion = @Sendable (Transaction) throws -> Void

    /// The completion of an external job that has nothing to write.
    public static let nothingToWrite: Completion = { _ in }

    /// The kind of the payload, unique among a runner's handlers.
    public let kind: String
    let retry: RetryPolicy
    /// Reads the payload's JSON and does the work outside of the database; returns the work inside of it.
    let perform: @Sendable (String, JobContext) async throws -> Completion

    /// Returns the handler of a job whose whole effect is in the database.
    ///
    /// The effect and the end of the job are one transaction, so the effect happens exactly once. `effect` may run more
    /// than once before that and must do nothing but database work.
    public static func transactional<Payload: JobPayload>(
        _ type: Payload.Type, _ effect: @escaping @Sendable (Payload, Transaction) throws -> Void
    ) -> JobHandler {
        JobHandler(kind: Payload.kind, retry: Payload.retry) { text, _ in
            let payload = try JobCoding.decode(Payload.self, from: text)
            return { tx in try effect(payload, tx) }
        }
    }

    /// Returns the handler of a job whose whole effect is in the database, and which needs to know its id or attempt.
    public static func transactional<Payload: JobPayload>(
        _ type: Payload.Type, _ effect: @escaping @Sendable (Payload, JobContext, Transaction) throws -> Void
    ) -> JobHandler {
        JobHandler(kind: Payload.kind, retry: Payload.retry) { text, context in
            let payload = try JobCoding.decode(Payload.self, from: text)
            return { tx in try effect(payload, context, tx) }
        }
    }

    /// Returns the handler of a job whose work is outside of the database, done at least once.
    ///
    /// What `work` returns runs in the transaction that ends the job. A crash between the two has the work done again,
    /// under the same `context.deduplicationKey`.
    public static func external<Payload: ExternalJobPayload>(
        _ type: Payload.Type, _ work: @escaping @Sendable (Payload, JobContext) async throws -> Completion
    ) -> JobHandler {
        JobHandler(kind: Payload.kind, retry: Payload.retry) { text, context in
            let payload = try JobCoding.decode(Payload.self, from: text)
            return try await within(Payload.timeLimit) { try await work(payload, context) }
        }
    }
}

/// The facts about a job that a handler may use besides its payload.
public struct JobContext: Sendable {
    /// The primary key of the row.
    public let jobID: JobID
    /// The kind of the payload.
    public let kind: String
    /// The number of this attempt, from 1; attempts whose runner vanished count.
    public let attempt: Int
    /// The time at which the job was enqueued, by the shared clock.
    public let enqueuedAt: Timestamp
    /// Whether the job is dead if this attempt fails.
    public let isLast: Bool
    /// A logger with the job's id, kind and attempt as metadata.
    public let logger: Logger

    /// A text that is the same at every attempt of this job and of no other, even in a database restored from a backup:
    /// used for a mail's `Message-ID` or a gateway's idempotency key.
    public var deduplicationKey: String { "\(kind)-\(jobID)-\(enqueuedAt.microseconds)" }
}

/// An error by which a handler decides about its job; any other error is retried by the payload's `RetryPolicy`.
public enum JobFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// No attempt can succeed: the job is dead at once.
    case permanent(String)
    /// The other side named its time (`Retry-After`). Counts as a failure.
    case retry(after: TimeSpan, String)
    /// The attempt took longer than the payload's `timeLimit`.
    case timedOut

    static let maxReason = 1_000

    /// The reason, as it is stored with the job; handlers put nothing of the payload into it.
    public var description: String {
        switch self {
        case .permanent(let reason), .retry(_, let reason): reason
        case .timedOut: "the attempt took too long"
        }
    }

    /// Returns the text stored with a failed job: never a part of the payload.
    public static func reason(of error: any Error) -> String {
        let text = (error as? JobFailure)?.description ?? String(describing: error)
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(maxReason)))
    }
}

enum JobCoding {
    private static let encoder = JSONEncoder()
    private static let decoder = JSONDecoder()

    static func encode(_ payload: some JobPayload) throws -> String {
        String(decoding: try encoder.encode(payload), as: UTF8.self)
    }

    /// Decodes a payload.
    ///
    /// - Throws: `JobFailure.permanent`: what cannot be decoded now cannot be decoded later.
    static func decode<Payload: JobPayload>(_ type: Payload.Type, from text: String) throws -> Payload {
        do {
            return try decoder.decode(type, from: Data(text.utf8))
        } catch {
            throw JobFailure.permanent("the payload is not a \(Payload.kind)\(place(of: error))")
        }
    }

    /// Returns the place in the payload where decoding failed, without the value there.
    private static func place(of error: any Error) -> String {
        let path: [any CodingKey]? =
            switch error as? DecodingError {
            case .keyNotFound(let key, let context): context.codingPath + [key]
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            default: nil
            }
        guard let path, !path.isEmpty else { return "" }
        return " at " + path.map(\.stringValue).joined(separator: ".")
    }
}

/// Cancels `work` after `limit`.
///
/// - Throws: `JobFailure.timedOut`, or what `work` throws.
private func within(
    _ limit: TimeSpan, _ work: @escaping @Sendable () async throws -> JobHandler.Completion
) async throws -> JobHandler.Completion {
    try await withThrowingTaskGroup(of: JobHandler.Completion?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: limit.duration)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let completion = first else { throw JobFailure.timedOut }
        return completion
    }
}

extension TimeSpan {
    /// This span in the type of the machine's clocks.
    var duration: Duration { .microseconds(microseconds) }
}
