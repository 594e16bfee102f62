import Commerce
import HTTPTypes
import Primitives
import Web

/// Verifying the e-mail of an account.
struct EmailVerificationRoutes: Sendable {
    let core: AccountsCore
    let verification: EmailVerification

    var group: EndpointGroup {
        EndpointGroup("E-mail verification", "Proof that an address is its owner's.", [verifying, resending])
    }

    private var verifying: Endpoint {
        Endpoint(
            .post, "/api/auth/verify-email/", "Verifies an e-mail by the token mailed to it.", access: .anyone,
            use: verify)
    }

    private var resending: Endpoint {
        Endpoint(
            .post, "/api/auth/resend-verification/", "Mails a new verification token.", access: .optionalUser,
            use: resend
        )
        .refusing(.tooManyRequests)
        .limited(core.limits.mailRequestsByAddress, name: "mail")
    }

    private func verify(_ call: APIRequest, _ input: TokenInput) async throws -> Detail {
        try await verification.verify(input.token)
        return Detail("Email verified.")
    }

    private func resend(_ call: APIRequest, _ input: ResendInput) async throws -> Detail {
        guard let email = call.identity?.email ?? input.email else {
            throw ValidationError("email", "This field is required.")
        }
        try await verification.resend(email)
        return Detail("If that address waits to be verified, a mail is on its way.")
    }
}
