import Commerce
import Primitives

/// The refusals of accounts.
public enum AccountsError: BusinessError, Equatable {
    /// Wrong e-mail or wrong password: which of them is not told.
    case noActiveAccount
    /// An administrator has suspended the account.
    case accountSuspended
    /// The user or an administrator has deactivated the account.
    case accountDeactivated
    /// The password is right, but the e-mail has to be verified first.
    case verifyEmailToLogIn
    /// A refresh token, or one sent for checking, that is not good.
    case tokenNotValid
    /// An e-mail that the command line was to create belongs to somebody.
    case emailTaken
    /// Too many tries; another one is let through after `retryAfter`.
    case throttled(retryAfter: TimeSpan)
    /// More passwords wait to be hashed than threads can hash soon.
    case busy
    /// The account has a password: it is changed, not set.
    case passwordIsSet
    /// Two factors are on, and this asks for a fresh code.
    case freshFactorRequired
    /// The session is too old for this, and there is no password to ask for.
    case freshLoginRequired
    /// A login that waited for its second factor waits no longer.
    case challengeNotValid
    /// Setup was asked for while two factors are on.
    case twoFactorOn
    /// Something that needs two factors was asked for while they are off.
    case twoFactorOff
    /// Two factors are to be turned on before a secret was made.
    case twoFactorNotPrepared
    /// A social account that is somebody else's, or another one of the same provider.
    case socialAccountTaken
    /// The social account to be removed is the only way to log in.
    case lastWayIn
    /// The provider of a social login does not answer.
    case providerUnavailable
    /// A social login that this installation is not set up for.
    case providerNotConfigured
    /// An administrator may not do this to their own account.
    case notToYourself
    /// Who is logged in needs a verified e-mail for this.
    case needsVerifiedEmail

    /// The HTTP status by kind of refusal: 401, 409, 403, 429, 503 or 400.
    public var kind: ErrorKind {
        switch self {
        case .noActiveAccount, .accountSuspended, .accountDeactivated, .verifyEmailToLogIn, .tokenNotValid,
            .challengeNotValid:
            .unauthenticated
        case .emailTaken, .passwordIsSet, .twoFactorOn, .twoFactorOff, .twoFactorNotPrepared, .socialAccountTaken,
            .lastWayIn, .notToYourself:
            .conflict
        case .freshFactorRequired, .freshLoginRequired, .needsVerifiedEmail: .forbidden
        case .throttled: .tooManyRequests
        case .busy, .providerUnavailable: .unavailable
        case .providerNotConfigured: .invalid
        }
    }

    /// The stable `code` of the answer; both unverified e-mails share `email_not_verified`.
    public var code: String {
        switch self {
        case .noActiveAccount: "no_active_account"
        case .accountSuspended: "account_suspended"
        case .accountDeactivated: "account_deactivated"
        case .verifyEmailToLogIn: "email_not_verified"
        case .tokenNotValid: "token_not_valid"
        case .emailTaken: "email_taken"
        case .throttled: "throttled"
        case .busy: "busy"
        case .passwordIsSet: "password_is_set"
        case .freshFactorRequired: "fresh_factor_required"
        case .freshLoginRequired: "fresh_login_required"
        case .challengeNotValid: "challenge_not_valid"
        case .twoFactorOn: "two_factor_enabled"
        case .twoFactorOff: "two_factor_disabled"
        case .twoFactorNotPrepared: "two_factor_not_set_up"
        case .socialAccountTaken: "social_account_taken"
        case .lastWayIn: "last_login_method"
        case .providerUnavailable: "provider_unavailable"
        case .providerNotConfigured: "provider_not_configured"
        case .notToYourself: "own_account"
        case .needsVerifiedEmail: "email_not_verified"
        }
    }

    /// The `detail` of the answer: simplejwt's sentences where it has them.
    public var message: String {
        switch self {
        case .noActiveAccount: "No active account found with the given credentials"
        case .accountSuspended: "This account is suspended."
        case .accountDeactivated: "This account is deactivated."
        case .verifyEmailToLogIn: "Verify your email address first."
        case .tokenNotValid: "Token is invalid or expired"
        case .emailTaken: "A user with that email already exists."
        case .throttled(let wait):
            "Request was throttled. Expected available in \(wait.secondsRoundedUp) seconds."
        case .busy: "The service is busy. Try again soon."
        case .passwordIsSet: "This account has a password already: change it instead."
        case .freshFactorRequired: "Enter a fresh code of your second factor."
        case .freshLoginRequired: "Log in again to do this."
        case .challengeNotValid: "This login has expired: begin again."
        case .twoFactorOn: "Two factors are on already."
        case .twoFactorOff: "Two factors are not on."
        case .twoFactorNotPrepared: "Begin to set two factors up first."
        case .socialAccountTaken: "This social account cannot be joined to yours."
        case .lastWayIn: "Set a password first: this is the only way into your account."
        case .providerUnavailable: "The provider does not answer. Try again soon."
        case .providerNotConfigured: "Logging in with this provider is not set up here."
        case .notToYourself: "You cannot do this to your own account."
        case .needsVerifiedEmail: "Verify your email address first."
        }
    }

    /// The wait of a throttled caller, 1 s while passwords queue, 10 s for a silent provider; nil for the rest.
    public var retryAfter: TimeSpan? {
        switch self {
        case .throttled(let wait): wait
        case .busy: .seconds(1)
        case .providerUnavailable: .seconds(10)
        default: nil
        }
    }
}

extension AccountsError: CustomStringConvertible {
    /// The sentence of ``message``, as the command line prints it.
    public var description: String { message }
}
