import Commerce
import Primitives

/// Who is erased, as the rooms have to know it.
public struct ErasedUser: Sendable {
    /// An e-mail that was theirs until a moment. What is left under it later is somebody else's.
    public struct Address: Sendable {
        public let email: String
        public let until: Timestamp

        public init(email: String, until: Timestamp) {
            self.email = email
            self.until = until
        }
    }

    public let id: UserID
    /// The addresses that were shown to be theirs: the present one, and former ones that nobody else has an account by. What
    /// others left under an address that is not among them is not theirs to erase.
    public let addresses: [Address]

    public init(id: UserID, addresses: [Address]) {
        self.id = id
        self.addresses = addresses
    }
}
