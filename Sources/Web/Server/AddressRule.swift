import Commerce
import Primitives

/// The addresses that may call, and from which staff may act. A denied address stays denied even where it is allowed.
struct AddressRule: Sendable {
    private let allowed: [IPNetwork]?
    private let denied: [IPNetwork]
    private let staff: [IPNetwork]?

    /// - Throws: `SettingsError` for what is neither an address nor a network.
    init(_ settings: WebSettings) throws(SettingsError) {
        allowed = try Self.networks(settings.allowedAddresses, "IP_ALLOW")
        denied = try Self.networks(settings.deniedAddresses, "IP_DENY") ?? []
        staff = try Self.networks(settings.staffAddresses, "STAFF_IP_ALLOW")
    }

    /// Whether every address may call.
    var isOpen: Bool { allowed == nil && denied.isEmpty }

    /// Whether the staff may act from everywhere.
    var isOpenToStaff: Bool { staff == nil }

    /// Refuses an address that may not call.
    ///
    /// - Throws: `PermissionDenied`.
    func check(_ address: ClientAddress) throws(PermissionDenied) {
        let isAllowed = allowed.map { address.isIn($0) } ?? true
        guard isAllowed, !isDenied(address) else { throw Self.refusal }
    }

    /// Refuses staff who act from an address outside of their list.
    ///
    /// - Throws: `PermissionDenied`.
    func check(_ identity: Identity, at address: ClientAddress) throws(PermissionDenied) {
        guard let staff, identity.isStaff else { return }
        guard address.isIn(staff) else { throw Self.refusal }
    }

    private static let refusal = PermissionDenied(code: "address_denied", "This address may not do this.")

    /// Returns whether a list denies the address; an unknown one may be any, so also a denied one.
    private func isDenied(_ address: ClientAddress) -> Bool {
        !denied.isEmpty && (address == .unknown || address.isIn(denied))
    }

    /// Nil where there is no list.
    private static func networks(_ texts: [String], _ key: String) throws(SettingsError) -> [IPNetwork]? {
        texts.isEmpty ? nil : try IPNetwork.list(texts, of: key)
    }
}
