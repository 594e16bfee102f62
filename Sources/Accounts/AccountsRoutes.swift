import Web

/// Every endpoint of accounts.
public struct AccountsRoutes: Sendable {
    private let accounts: AccountsService

    public init(_ accounts: AccountsService) {
        self.accounts = accounts
    }

    public var group: EndpointGroup {
        EndpointGroup(
            "accounts",
            SignInRoutes(accounts: accounts).endpoints + EmailVerificationRoutes(accounts: accounts).endpoints
                + ProfileRoutes(accounts: accounts).endpoints + AddressRoutes(accounts.addressBook).endpoints
                + ShippingAddressRoutes(accounts.addressBook).endpoints + PasswordRoutes(accounts: accounts).endpoints
                + SessionRoutes(accounts: accounts).endpoints + SecurityRoutes(accounts: accounts).endpoints
                + TwoFactorRoutes(accounts: accounts).endpoints + PhoneRoutes(accounts: accounts).endpoints
                + UserPictureRoutes(accounts: accounts).endpoints + SettingsRoutes(accounts: accounts).endpoints
                + SocialRoutes(accounts: accounts).endpoints + LifecycleRoutes(accounts: accounts).endpoints
                + UserAdminRoutes(accounts: accounts).endpoints)
    }
}
