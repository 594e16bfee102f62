import Commerce
import Primitives

/// The reason why a picture is not accepted.
public enum PictureError: BusinessError, Equatable {
    /// More pictures are being read than the shop handles at once.
    case tooManyUploads
    /// More pictures are asked for than the disk gives at once.
    case tooManyReads

    /// Always `.unavailable`: 503.
    public var kind: ErrorKind { .unavailable }

    /// Stable: clients may rely on it.
    public var code: String { self == .tooManyUploads ? "too_many_uploads" : "too_many_reads" }

    /// A sentence for the client.
    public var message: String { "Too many pictures are being read. Try again in a moment." }

    /// Five seconds.
    public var retryAfter: TimeSpan? { .seconds(5) }
}
