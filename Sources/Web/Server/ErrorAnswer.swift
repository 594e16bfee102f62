import Commerce
import HTTPTypes
import Primitives
import SQL

/// Turns errors into answers in Django REST Framework's shape: the one place that knows a status for each kind.
enum ErrorAnswer {
    /// Returns the answer for `error`; `isOurs` where the server is at fault and the error belongs in the log.
    static func response(for error: any Error, requestID: String) -> (response: APIResponse, isOurs: Bool) {
        switch error {
        case let error as ValidationError:
            return (.encoding(.badRequest, error.errors.json), false)
        case let error as any BusinessError:
            return (business(error), false)
        case let error as SQLError where error.kind == .outOfRange:
            return (business(OutOfRange("A value")), true)
        case let error as SQLError where isPassing(error.kind):
            return (unavailable(), true)
        case is CancellationError:
            return (unavailable(), false)
        default:
            let body: [String: JSONValue] = [
                "detail": .string("Internal server error."), "code": .string("error"),
                "request_id": .string(requestID),
            ]
            return (.encoding(.internalServerError, .object(body)), true)
        }
    }

    static func status(of kind: ErrorKind) -> HTTPResponse.Status {
        switch kind {
        case .invalid: .badRequest
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .preconditionFailed: .preconditionFailed
        case .tooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .unprocessable: .unprocessableContent
        case .tooManyRequests: .tooManyRequests
        case .unavailable: .serviceUnavailable
        }
    }

    private static func business(_ error: any BusinessError) -> APIResponse {
        let own: [String: JSONValue] = ["detail": .string(error.message), "code": .string(error.code)]
        var response = APIResponse.encoding(
            (error as? RequestRefusal)?.status ?? status(of: error.kind),
            .object(own.merging(error.details) { own, _ in own }))
        if error.kind == .unauthenticated { response.headers[.wwwAuthenticate] = "Bearer realm=\"api\"" }
        if let wait = error.retryAfter { response.headers[.retryAfter] = String(wait.secondsRoundedUp) }
        return response
    }

    private static func unavailable() -> APIResponse {
        let body: [String: JSONValue] = [
            "detail": .string("Service temporarily unavailable, try again later."), "code": .string("unavailable"),
        ]
        var response = APIResponse.encoding(.serviceUnavailable, .object(body))
        response.headers[.retryAfter] = "1"
        return response
    }

    private static func isPassing(_ kind: SQLError.Kind) -> Bool {
        switch kind {
        case .unavailable, .lockTimeout, .conflict, .diskFull, .interrupted: true
        default: false
        }
    }
}

extension APIResponse {
    /// Returns an answer with a JSON body that can always be encoded.
    static func encoding(_ status: HTTPResponse.Status, _ value: JSONValue) -> APIResponse {
        .json(status, (try? JSONBytes.encode(value)) ?? Array("{}".utf8))
    }
}

/// Refusals of the server itself, before an endpoint is asked.
enum RequestRefusal: BusinessError, Equatable {
    case malformedPath
    case malformedQuery
    case targetTooLong
    case bodyTooLarge(limit: Int)
    case bodyTooSlow
    case bodyIncomplete
    /// The server holds as many bytes of bodies as it may.
    case tooBusy
    case methodNotAllowed(String)

    var kind: ErrorKind {
        switch self {
        case .bodyTooLarge: .tooLarge
        case .tooBusy: .unavailable
        default: .invalid
        }
    }

    /// The status in place of the kind's own.
    var status: HTTPResponse.Status {
        switch self {
        case .targetTooLong: .uriTooLong
        case .bodyTooSlow: .requestTimeout
        case .methodNotAllowed: .methodNotAllowed
        default: ErrorAnswer.status(of: kind)
        }
    }

    var code: String {
        switch self {
        case .malformedPath, .malformedQuery: "parse_error"
        case .targetTooLong: "uri_too_long"
        case .bodyTooLarge: "request_too_large"
        case .bodyTooSlow: "request_timeout"
        case .bodyIncomplete: "parse_error"
        case .tooBusy: "unavailable"
        case .methodNotAllowed: "method_not_allowed"
        }
    }

    var message: String {
        switch self {
        case .malformedPath: "Malformed path."
        case .malformedQuery: "Malformed query."
        case .targetTooLong: "The URL is too long."
        case .bodyTooLarge(let limit): "Request body exceeds the limit of \(limit) bytes."
        case .bodyTooSlow: "The request body did not arrive in time."
        case .bodyIncomplete: "The request body is incomplete."
        case .tooBusy: "Service temporarily unavailable, try again later."
        case .methodNotAllowed(let method): "Method \"\(method)\" not allowed."
        }
    }

    var retryAfter: TimeSpan? { self == .tooBusy ? .seconds(2) : nil }

    /// Whether the connection cannot be used again, because the rest of a body stands in it.
    var endsConnection: Bool {
        switch self {
        case .bodyTooLarge, .bodyTooSlow, .bodyIncomplete: true
        default: false
        }
    }
}
