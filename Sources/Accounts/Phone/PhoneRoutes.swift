import Commerce
import HTTPTypes
import Primitives
import Web

/// The caller's telephone number.
struct PhoneRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] { [send, verify, update] }

    private var send: Endpoint {
        Endpoint(.post, "/api/auth/phone/send-otp/", "Send a code to a telephone number.", access: .user) {
            (call: APIRequest, input: PhoneInput) -> Detail in
            try await accounts.sendPhoneCode(to: try input.number(), for: try call.caller())
            return Detail("A code is on its way.")
        }
        .refusing(.tooManyRequests)
    }

    private var verify: Endpoint {
        Endpoint(.post, "/api/auth/phone/verify-otp/", "Prove a telephone number by its code.", access: .user) {
            (call: APIRequest, input: PhoneCodeInput) -> UserBody in
            UserBody(
                try await accounts.verifyPhone(input.code, for: try call.caller(), from: accounts.client(call)),
                baseURL: call.baseURL)
        }
    }

    private var update: Endpoint {
        Endpoint(
            .put, "/api/auth/phone/update/", "Change the telephone number; it is not verified then.", access: .user
        ) {
            (call: APIRequest, input: PhoneInput) -> UserBody in
            UserBody(
                try await accounts.changePhone(
                    to: try input.number(), for: try call.caller(), from: accounts.client(call)),
                baseURL: call.baseURL)
        }
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
