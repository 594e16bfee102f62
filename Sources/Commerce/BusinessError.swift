import Primitives

/// The kinds of refusal that the shop knows; `Web` turns each into a status.
public enum ErrorKind: Sendable, Hashable {
    case invalid
    case unauthenticated
    case forbidden
    case notFound
    case conflict
    case preconditionFailed
    case tooLarge
    case unsupportedMediaType
    case unprocessable
    case tooManyRequests
    case unavailable
}

/// A refusal in business words, with a code that clients may rely on.
///
/// Each app has one enum of them; all of its text may be shown to the client.
public protocol BusinessError: Error, Sendable {
    var kind: ErrorKind { get }
    /// Stable, in snake_case.
    var code: String { get }
    /// One sentence for people.
    var message: String { get }
    /// What else the answer's object holds beside `detail` and `code`.
    var details: [String: JSONValue] { get }
    /// How long to wait before another try: `Retry-After`.
    var retryAfter: TimeSpan? { get }
}

extension BusinessError {
    public var details: [String: JSONValue] { [:] }
    public var retryAfter: TimeSpan? { nil }
}

/// What does not exist for this caller: 404 in Django REST Framework's words.
public struct NotFound: BusinessError, Equatable {
    public let kind = ErrorKind.notFound
    public let code = "not_found"
    public let message: String

    public init(_ message: String = "Not found.") {
        self.message = message
    }
}

/// What this caller may not do: 403 in Django REST Framework's words.
public struct PermissionDenied: BusinessError, Equatable {
    public let kind = ErrorKind.forbidden
    public let code: String
    public let message: String

    public init(
        code: String = "permission_denied", _ message: String = "You do not have permission to perform this action."
    ) {
        self.code = code
        self.message = message
    }
}
