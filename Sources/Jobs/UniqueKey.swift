import Primitives
import SQL

/// A key that makes a job the only one of its kind: while one holds it, a second is not made.
///
///     jobs.enqueue(Reconcile(payment: id), uniqueKey: "payment-\(id)", in: tx)
public struct UniqueKey: Sendable, Hashable {
    /// The moment at which the key is free again. A dead job holds none.
    public enum Release: Int, Sendable, SQLConvertible {
        /// Free when the job is done: no two ever run side by side. News that arrive while an external job runs do not
        /// enqueue another one, so the job's completion has to look for them.
        case finished = 0
        /// Free when the job is taken: news that arrive while it runs enqueue another one, which may run beside it.
        case started = 1
    }

    static let maxLength = 200

    /// At most 200 characters, unique within the kind.
    public let text: String
    /// The moment at which the key is free again.
    public let release: Release

    /// Creates a key within its kind; a text over 200 characters is replaced by its SHA-256.
    public init(_ text: String, until release: Release = .finished) {
        self.text = text.unicodeScalars.count > Self.maxLength ? Digest.hex(text) : text
        self.release = release
    }
}

extension UniqueKey: ExpressibleByStringInterpolation {
    /// Creates a key that is free when its job is done.
    public init(stringLiteral text: String) {
        self.init(text)
    }
}
