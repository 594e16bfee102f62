import Commerce
import Primitives
import SQL
import Web

/// A user's row.
struct User: Sendable, Hashable {
    let id: UserID
    let email: String
    /// Empty where none was chosen.
    let username: String
    let firstName: String
    let lastName: String
    let phoneNumber: String
    let dateOfBirth: CivilDate?
    let gender: Gender
    let bio: String
    /// Media keys, empty where there is no picture.
    let profileImage: String
    let coverImage: String
    let role: Role
    let permissions: Set<String>
    let isEmailVerified: Bool
    let isPhoneVerified: Bool
    let status: AccountStatus
    let lastLogin: Timestamp?
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp
}

/// What a user may say of their gender.
enum Gender: String, WireEnum {
    case unsaid = ""
    case female
    case male
    case other
    case preferNotToSay = "prefer_not_to_say"
}

/// Whether an account may be used.
struct AccountStatus: Sendable, Hashable {
    /// False after the user or an administrator deactivated it.
    let isActive: Bool
    /// True after an administrator suspended it.
    let isSuspended: Bool

    /// Refuses an account that may not be used.
    ///
    /// - Throws: `AccountsError.accountSuspended`, `AccountsError.accountDeactivated`.
    func check() throws(AccountsError) {
        if isSuspended { throw .accountSuspended }
        if !isActive { throw .accountDeactivated }
    }
}

/// The named permissions of staff, as they are stored: separated by spaces.
enum PermissionList {
    static func read(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
    static func text(_ permissions: Set<String>) -> String { permissions.sorted().joined(separator: " ") }
}

extension Role {
    /// Reads the name of a role.
    ///
    /// - Throws: `SQLError` of kind `.decoding` where the column holds no role.
    init(stored name: String) throws(SQLError) {
        guard let role = Role(rawValue: name) else { throw SQLError(.decoding, message: "a text was read as a role") }
        self = role
    }
}
