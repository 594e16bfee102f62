import Web

/// Every endpoint of accounts, a group for each subject.
struct AccountsRoutes: Sendable {
    private let accounts: AccountsService

    /// Creates the endpoints over a shop's accounts.
    init(_ accounts: AccountsService) {
        self.accounts = accounts
    }

    /// Groups the endpoints as the document of the API shows them.
    var groups: [EndpointGroup] { signingIn + managingOneself + staff }

    private var signingIn: [EndpointGroup] {
        let core = accounts.core
        return [
            SignInRoutes(
                core: core, registration: accounts.registration, signIn: accounts.signIn, sessions: accounts.sessions
            ).group,
            EmailVerificationRoutes(core: core, verification: accounts.emailVerification).group,
            SocialRoutes(core: core, social: accounts.social).group,
            PasswordRoutes(core: core, passwords: accounts.passwords).group,
            TwoFactorRoutes(core: core, twoFactor: accounts.twoFactor, signIn: accounts.signIn).group,
        ]
    }

    private var managingOneself: [EndpointGroup] {
        let core = accounts.core
        return [
            ProfileRoutes(core: core, profiles: accounts.profiles).group,
            EndpointGroup(
                "Addresses", "Address books.",
                AddressRoutes(accounts.addressBook).endpoints + ShippingAddressRoutes(accounts.addressBook).endpoints),
            PhoneRoutes(core: core, phone: accounts.phone).group,
            SessionRoutes(core: core, sessions: accounts.sessions).group,
            ActivityRoutes(core: core, activity: accounts.activity).group,
            LifecycleRoutes(core: core, lifecycle: accounts.lifecycle, exports: accounts.exports).group,
        ]
    }

    private var staff: [EndpointGroup] {
        [
            UserAdminRoutes(core: accounts.core, users: accounts.users, book: accounts.addressBook).group,
            StaffGroupRoutes(core: accounts.core).group,
        ]
    }
}
