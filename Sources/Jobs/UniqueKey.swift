import Primitives
import SQL

/// What makes a job the only one of its kind: while one holds the key, a second is not made.
///
///     jobs.enqueue(Reconcile(payment: id), uniqueKey: "payment-\(id)", in: tx)
public struct UniqueKey: Sendable, Hashable {
    /// When the key is free again. A dead job holds none.
    public enum Release: Int, Sendable, SQLConvertible {
        /// When the job is done: no two ever run side by side. News that arrive while an external job runs do not queue
        /// another one, so the job's completion has to look for them.
        case finished = 0
        /// When the job is taken up: news that arrive while it runs queue another one, which may run beside it.
        case started = 1
    }

    static let longest = 200

    public let text: String
    public let release: Release

    /// A key of its kind; over 200 characters its SHA-256 stands for it.
    public init(_ text: String, until release: Release = .finished) {
        self.text = text.unicodeScalars.count > Self.longest ? Digest.hex(text) : text
        self.release = release
    }
}

extension UniqueKey: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) {
        self.init(text)
    }
}
