import Commerce
import Web

/// `POST /api/auth/register/`.
struct RegisterInput: Input {
    let email: String
    let password: String
    let firstName: String
    let lastName: String
    let phoneNumber: String
    let username: String
    let sessionKey: SessionKey?

    init(_ fields: Fields) {
        email = fields.email("email")
        password = fields.string("password", length: 0...PasswordRules.maxLength, trims: false)
        firstName = fields.string("first_name", length: 1...150)
        lastName = fields.string("last_name", length: 1...150)
        phoneNumber = fields.phoneChange("phone_number") ?? ""
        username = fields.usernameChange() ?? ""
        sessionKey = fields.optionalString("session_key").flatMap { SessionKey($0) }
        if fields.isPresent("password"), !fields.hasFailed("password") {
            let owner = PasswordRules.Owner(email: email, firstName: firstName, lastName: lastName)
            for problem in PasswordRules.problems(with: password, of: owner) { fields.fail("password", problem) }
        }
    }

    func request(_ call: APIRequest, from client: RequestOrigin) -> RegistrationRequest {
        var request = RegistrationRequest(
            email: email, password: password, firstName: firstName, lastName: lastName, client: client)
        request.phoneNumber = phoneNumber
        request.username = username
        request.cart = sessionKey ?? call.sessionKey
        return request
    }
}

/// `POST /api/auth/login/`.
struct LoginInput: Input {
    let email: String
    let password: String
    let sessionKey: SessionKey?

    init(_ fields: Fields) {
        // What is no e-mail is nobody's: refused like a wrong password, not as bad input.
        let text = fields.string("email", length: 1...254)
        email = EmailAddress(text)?.text ?? text
        password = fields.string("password", length: 1...PasswordRules.maxKnown, trims: false)
        sessionKey = fields.optionalString("session_key").flatMap { SessionKey($0) }
    }

    func attempt(_ call: APIRequest, from client: RequestOrigin) -> LoginAttempt {
        LoginAttempt(
            email: email, password: password, cart: sessionKey ?? call.sessionKey, client: client)
    }
}

/// `POST /api/auth/refresh/`.
struct RefreshInput: Input {
    let refresh: String

    init(_ fields: Fields) {
        refresh = fields.string("refresh", length: 1...4_096)
    }
}

/// `POST /api/auth/logout/`.
struct LogoutInput: Input {
    let refresh: String?

    init(_ fields: Fields) {
        refresh = fields.optionalString("refresh", length: 0...4_096)
    }
}

/// `POST /api/auth/token/verify/` and `POST /api/auth/verify-email/`.
struct TokenInput: Input {
    let token: String

    init(_ fields: Fields) {
        token = fields.string("token", length: 1...4_096)
    }
}

/// `POST /api/auth/resend-verification/`; a caller who is logged in need not say their e-mail.
struct ResendInput: Input {
    let email: String?

    init(_ fields: Fields) {
        let email = fields.email("email", .optional(""))
        self.email = email.isEmpty ? nil : email
    }
}
