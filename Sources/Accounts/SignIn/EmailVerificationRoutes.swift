import Commerce
import HTTPTypes
import Primitives
import Web

/// Verifying the e-mail of an account.
struct EmailVerificationRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] {
        [
            Endpoint(.post, "/api/auth/verify-email/", "Verify an e-mail by the token mailed to it.", access: .anyone) {
                (_: APIRequest, input: TokenInput) -> Detail in
                try await accounts.verifyEmail(input.token)
                return Detail("Email verified.")
            },
            Endpoint(
                .post, "/api/auth/resend-verification/", "Mail a new verification token.", access: .anyoneKnown
            ) { (call: APIRequest, input: ResendInput) -> Detail in
                guard let email = call.identity?.email ?? input.email else {
                    throw ValidationError("email", "This field is required.")
                }
                try await accounts.resendVerification(email)
                return Detail("If that address waits to be verified, a mail is on its way.")
            }
            .refusing(.tooManyRequests)
            .limited(accounts.configuration.limits.mailRequestsByAddress, name: "mail"),
        ]
    }
}
