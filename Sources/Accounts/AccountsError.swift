import Commerce
import Primitives

/// What accounts refuse.
public enum AccountsError: BusinessError, Equatable {
    /// Wrong e-mail or wrong password: which of them is not told.
    case noActiveAccount
    case accountSuspended
    case accountDeactivated
    /// The password is right, but the e-mail has to be verified first.
    case emailNotVerified
    /// A refresh token, or one sent for checking, that is not good.
    case tokenNotValid
    /// An e-mail that the command line was to create belongs to somebody.
    case emailTaken
    /// Too many tries.
    case throttled(retryAfter: TimeSpan)
    /// More passwords wait to be hashed than can be soon.
    case busy

    public var kind: ErrorKind {
        switch self {
        case .noActiveAccount, .accountSuspended, .accountDeactivated, .emailNotVerified, .tokenNotValid:
            .unauthenticated
        case .emailTaken: .conflict
        case .throttled: .tooManyRequests
        case .busy: .unavailable
        }
    }

    public var code: String {
        switch self {
        case .noActiveAccount: "no_active_account"
        case .accountSuspended: "account_suspended"
        case .accountDeactivated: "account_deactivated"
        case .emailNotVerified: "email_not_verified"
        case .tokenNotValid: "token_not_valid"
        case .emailTaken: "email_taken"
        case .throttled: "throttled"
        case .busy: "busy"
        }
    }

    public var message: String {
        switch self {
        case .noActiveAccount: "No active account found with the given credentials"
        case .accountSuspended: "This account is suspended."
        case .accountDeactivated: "This account is deactivated."
        case .emailNotVerified: "Verify your email address first."
        case .tokenNotValid: "Token is invalid or expired"
        case .emailTaken: "A user with that email already exists."
        case .throttled(let wait):
            "Request was throttled. Expected available in \(wait.secondsRoundedUp) seconds."
        case .busy: "The service is busy. Try again soon."
        }
    }

    public var retryAfter: TimeSpan? {
        switch self {
        case .throttled(let wait): wait
        case .busy: .seconds(1)
        default: nil
        }
    }
}

extension AccountsError: CustomStringConvertible {
    public var description: String { message }
}
