import Commerce

/// What somebody logs in with.
public struct LoginAttempt: Sendable {
    /// In its compared form: lower case.
    public var email: String
    public var password: String
    /// The guest's cart that becomes the user's.
    public var cart: SessionKey?
    public var client: RequestOrigin

    public init(email: String, password: String, cart: SessionKey? = nil, client: RequestOrigin) {
        self.email = email
        self.password = password
        self.cart = cart
        self.client = client
    }
}

/// What somebody registers with.
public struct RegistrationRequest: Sendable {
    /// In its compared form: lower case.
    public var email: String
    public var password: String
    public var firstName: String
    public var lastName: String
    public var phoneNumber = ""
    /// Empty where none was chosen.
    public var username = ""
    /// The guest's cart that becomes the user's.
    public var cart: SessionKey?
    public var client: RequestOrigin

    public init(email: String, password: String, firstName: String, lastName: String, client: RequestOrigin) {
        self.email = email
        self.password = password
        self.firstName = firstName
        self.lastName = lastName
        self.client = client
    }
}
