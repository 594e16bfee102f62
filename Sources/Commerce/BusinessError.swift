import Primitives

/// The kinds of refusal that the shop knows; `Web` turns each into a status.
public enum ErrorKind: Sendable, Hashable {
    /// Malformed or refused input: 400.
    case invalid
    /// No valid credentials: 401.
    case unauthenticated
    /// Not allowed for this caller: 403.
    case forbidden
    /// Missing, or hidden from this caller: 404.
    case notFound
    /// At odds with the present state: 409.
    case conflict
    /// `If-Match` names another version: 412.
    case preconditionFailed
    /// A body over its limit: 413.
    case tooLarge
    /// A content type that is not read here: 415.
    case unsupportedMediaType
    /// Readable, but not to be carried out: 422.
    case unprocessable
    /// Over a rate limit: 429.
    case tooManyRequests
    /// Not now; another try may succeed: 503.
    case unavailable
}

/// A refusal in business words, with a code that clients may rely on.
///
/// Each app has one enum of them; all of its text may be shown to the client.
public protocol BusinessError: Error, Sendable {
    /// The kind of refusal, from which the status follows.
    var kind: ErrorKind { get }
    /// Stable, in snake_case.
    var code: String { get }
    /// One sentence for people.
    var message: String { get }
    /// Further members of the answer's object, beside `detail` and `code`.
    var details: [String: JSONValue] { get }
    /// The wait before another try, sent as `Retry-After`; nil where none is advised.
    var retryAfter: TimeSpan? { get }
}

extension BusinessError {
    /// No further members, unless an error has its own.
    public var details: [String: JSONValue] { [:] }
    /// No advised wait, unless an error has its own.
    public var retryAfter: TimeSpan? { nil }
}

/// A refusal of something that does not exist for this caller: 404 in Django REST Framework's words.
public struct NotFound: BusinessError, Equatable {
    /// Always `.notFound`.
    public let kind = ErrorKind.notFound
    /// Django REST Framework's code.
    public let code = "not_found"
    /// The sentence shown to the client; Django REST Framework's unless given.
    public let message: String

    /// Refuses with `message`.
    public init(_ message: String = "Not found.") {
        self.message = message
    }
}

/// A refusal of something that this caller may not do: 403 in Django REST Framework's words.
public struct PermissionDenied: BusinessError, Equatable {
    /// Always `.forbidden`.
    public let kind = ErrorKind.forbidden
    /// `permission_denied` unless a more exact one is given.
    public let code: String
    /// The sentence shown to the client; Django REST Framework's unless given.
    public let message: String

    /// Refuses with `message`, under Django REST Framework's code unless another is given.
    public init(
        code: String = "permission_denied", _ message: String = "You do not have permission to perform this action."
    ) {
        self.code = code
        self.message = message
    }
}
