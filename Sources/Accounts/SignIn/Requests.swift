import Commerce

/// The credentials of a login.
public struct LoginAttempt: Sendable {
    /// In its compared form: lower case.
    public var email: String
    /// As it was typed, at most 4,096 characters.
    public var password: String
    /// The guest's cart that becomes the user's.
    public var cart: SessionKey?
    /// The address that limits count by, and the device for the login history.
    public var client: RequestOrigin

    /// Takes the fields as they are, unchecked.
    public init(email: String, password: String, cart: SessionKey? = nil, client: RequestOrigin) {
        self.email = email
        self.password = password
        self.cart = cart
        self.client = client
    }
}

/// The fields of a registration.
public struct RegistrationRequest: Sendable {
    /// In its compared form: lower case.
    public var email: String
    /// As it was typed; it has passed `PasswordRules`.
    public var password: String
    /// 1 to 150 characters.
    public var firstName: String
    /// 1 to 150 characters.
    public var lastName: String
    /// Digits in the form of `PhoneNumber`; empty where none is given.
    public var phoneNumber = ""
    /// Empty where none was chosen.
    public var username = ""
    /// The guest's cart that becomes the user's.
    public var cart: SessionKey?
    /// The address that limits count by, and the device for the login history.
    public var client: RequestOrigin

    /// Takes the fields as they are, unchecked.
    public init(email: String, password: String, firstName: String, lastName: String, client: RequestOrigin) {
        self.email = email
        self.password = password
        self.firstName = firstName
        self.lastName = lastName
        self.client = client
    }
}
