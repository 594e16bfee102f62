import Commerce
import HTTPTypes
import Primitives
import Web

/// The caller's telephone number.
struct PhoneRoutes: Sendable {
    let core: AccountsCore
    let phone: PhoneVerification

    var group: EndpointGroup {
        EndpointGroup("Telephone", "Telephone numbers and their verification.", [sending, verifying, updating])
    }

    private var sending: Endpoint {
        Endpoint(.post, "/api/auth/phone/send-otp/", "Sends a code to a telephone number.", access: .user, use: send)
            .refusing(.tooManyRequests)
    }

    private var verifying: Endpoint {
        Endpoint(
            .post, "/api/auth/phone/verify-otp/", "Proves a telephone number by its code.", access: .user, use: verify)
    }

    private var updating: Endpoint {
        Endpoint(
            .put, "/api/auth/phone/update/", "Changes the telephone number; it is not verified then.", access: .user,
            use: update)
    }

    private func send(_ call: APIRequest, _ input: PhoneInput) async throws -> Detail {
        try await phone.sendCode(to: input.number(), for: call.caller())
        return Detail("A code is on its way.")
    }

    private func verify(_ call: APIRequest, _ input: PhoneCodeInput) async throws -> UserBody {
        let account = try await phone.verify(input.code, for: call.caller(), from: core.client(call))
        return UserBody(account, baseURL: call.baseURL)
    }

    private func update(_ call: APIRequest, _ input: PhoneInput) async throws -> UserBody {
        let account = try await phone.change(to: input.number(), for: call.caller(), from: core.client(call))
        return UserBody(account, baseURL: call.baseURL)
    }
}

/// A telephone number that can be called from anywhere.
struct PhoneInput: Input {
    private let phone: PhoneNumber?

    init(_ fields: Fields) {
        let text = fields.string("phone_number", length: 1...30)
        phone = PhoneNumber(text).flatMap { $0.text.begins(with: "+") ? $0 : nil }
        if phone == nil, !fields.hasFailed("phone_number") {
            fields.fail("phone_number", "Enter a valid phone number with its country code: +15550100000.")
        }
    }

    /// Returns the number that was read.
    ///
    /// - Throws: `ValidationError`, which reading the input has thrown before.
    func number() throws -> PhoneNumber {
        guard let phone else { throw ValidationError("phone_number", "This field is required.") }
        return phone
    }
}

/// Six digits.
struct PhoneCodeInput: Input {
    let code: String

    init(_ fields: Fields) {
        code = fields.string("code", length: 1...12)
    }
}
