import Commerce
import Primitives
import SQL

/// An event in the history of an account.
enum AccountEventKind: String, WireEnum {
    case registered
    case passwordChanged = "password_changed"
    case passwordReset = "password_reset"
    case passwordSet = "password_set"
    case emailChanged = "email_changed"
    case emailVerified = "email_verified"
    case phoneVerified = "phone_verified"
    case phoneChanged = "phone_changed"
    case twoFactorEnabled = "two_factor_enabled"
    case twoFactorDisabled = "two_factor_disabled"
    case backupCodesRenewed = "backup_codes_renewed"
    case socialLinked = "social_account_linked"
    case socialUnlinked = "social_account_disconnected"
    case sessionEnded = "session_ended"
    case sessionsEnded = "sessions_ended"
    case reported = "suspicious_activity_reported"
    case deactivated = "account_deactivated"
    case reactivated = "account_reactivated"
    case exportRequested = "data_export_requested"
    case suspended = "account_suspended"
    case unsuspended = "account_unsuspended"
}

/// An entry of an account's history.
struct AccountEvent: RowDecodable, Sendable {
    static let columns: Query = "id, kind, ip_address, user_agent, detail, created_at"

    let id: Int64
    let kind: String
    let address: String
    let userAgent: String
    let detail: String
    let createdAt: Timestamp

    init(row: inout RowReader) throws {
        id = try row()
        kind = try row()
        address = try row()
        userAgent = try row()
        detail = try row()
        createdAt = try row()
    }
}
