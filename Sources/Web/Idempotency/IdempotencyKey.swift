import Commerce
import HTTPTypes
import Primitives

/// A client's `Idempotency-Key`, scoped to the caller and bound to the request.
struct IdempotencyKey: Sendable, Hashable {
    /// The digest of caller and key.
    let digest: String
    /// The digest of method, path and body.
    let fingerprint: String
    /// The user who sent it; nil for a guest.
    let user: UserID?

    /// Reads the key of `call` to an endpoint of this access; nil where it has none.
    ///
    /// - Throws: `IdempotencyError.badKey`.
    init?(of call: APIRequest, _ access: Access) throws(IdempotencyError) {
        guard let key = call.headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw .badKey
        }
        self.user = call.identity?.userID
        self.digest = Digest.hex(Self.scope(of: call, access) + "\n" + key)
        let request = Array("\(call.method.rawValue) \(call.path)\n".utf8) + call.body
        self.fingerprint = Hex.encode(Digest.sha256(request))
    }

    /// Returns whose key it is: a user's, whoever's who has a resource's token, a guest's cart's, or an address's.
    private static func scope(of call: APIRequest, _ access: Access) -> String {
        if let identity = call.identity { return "user \(identity.userID)" }
        if case .userOr(let token) = access, let sent = token.sent(call.headers, call.query) {
            return "token \(Digest.hex(sent))"
        }
        if let session = call.sessionKey { return "session \(session.text)" }
        return "address \(call.clientAddress)"
    }
}

/// A refusal of an idempotency key.
enum IdempotencyError: BusinessError, Equatable {
    case badKey
    /// The key was used for another request.
    case reused
    /// The first request with the key still runs.
    case running
    /// The first request was done, but its answer was sealed under another `SECRET_KEY`.
    case lost

    var kind: ErrorKind {
        switch self {
        case .badKey: .invalid
        case .reused: .unprocessable
        case .running, .lost: .conflict
        }
    }

    var code: String {
        switch self {
        case .badKey: "invalid_idempotency_key"
        case .reused: "idempotency_key_reused"
        case .running: "idempotency_key_in_use"
        case .lost: "idempotent_answer_lost"
        }
    }

    var message: String {
        switch self {
        case .badKey: "An Idempotency-Key has 1 to 255 printable ASCII characters."
        case .reused: "This Idempotency-Key was used with another request."
        case .running: "A request with this Idempotency-Key is still running."
        case .lost: "The request with this Idempotency-Key was done; its answer cannot be read any more."
        }
    }

    var retryAfter: TimeSpan? { self == .running ? .seconds(1) : nil }
}
