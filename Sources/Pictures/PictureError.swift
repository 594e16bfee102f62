import Commerce
import Primitives

/// Why a picture is not taken.
public enum PictureError: BusinessError, Equatable {
    /// More pictures are being read than the shop takes on at once.
    case tooManyUploads

    public var kind: ErrorKind { .unavailable }

    public var code: String { "too_many_uploads" }

    public var message: String { "Too many pictures are being read. Try again in a moment." }

    public var retryAfter: TimeSpan? { .seconds(5) }
}
