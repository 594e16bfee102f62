import Commerce
import Primitives

/// The user who is erased, by the fields that other rooms search with.
public struct ErasedUser: Sendable {
    /// An e-mail address that was theirs until a moment. Data stored under it later is somebody else's.
    public struct Address: Sendable {
        /// The e-mail address, in lower case.
        public let email: String
        /// The moment until which it was theirs, in UTC.
        public let until: Timestamp

        /// Creates an address, and the moment until which it was theirs.
        public init(email: String, until: Timestamp) {
            self.email = email
            self.until = until
        }
    }

    /// The id, which stays in rows that are kept.
    public let id: UserID
    /// The addresses that were verified as theirs: the present one, and former ones that no other account has. Data
    /// under any other address is not erased with them.
    public let addresses: [Address]

    /// Creates a user, by id and every address shown to be theirs.
    public init(id: UserID, addresses: [Address]) {
        self.id = id
        self.addresses = addresses
    }
}
