import Commerce

/// Which addresses may call, and from which the staff may act. What is denied stays denied, whoever allows it.
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

    /// Whether each request's address has to be looked at.
    var isOpen: Bool { allowed == nil && denied.isEmpty }

    /// Whether the staff may act from everywhere.
    var isOpenToStaff: Bool { staff == nil }

    /// - Throws: `PermissionDenied` for an address that may not call.
    func check(_ address: String) throws(PermissionDenied) {
        let address = IPAddress(address)
        let isAllowed = allowed.map { Self.has($0, address) } ?? true
        guard isAllowed, !Self.has(denied, address) else { throw Self.refusal }
    }

    /// - Throws: `PermissionDenied` for a member of the staff elsewhere.
    func check(_ identity: Identity, at address: String) throws(PermissionDenied) {
        guard let staff, identity.isStaff else { return }
        guard Self.has(staff, IPAddress(address)) else { throw Self.refusal }
    }

    private static let refusal = PermissionDenied(code: "address_denied", "This address may not do this.")

    /// What is no address is in no network.
    private static func has(_ networks: [IPNetwork], _ address: IPAddress?) -> Bool {
        guard let address else { return false }
        return networks.contains { $0.contains(address) }
    }

    /// Nil where there is no list.
    private static func networks(_ texts: [String], _ key: String) throws(SettingsError) -> [IPNetwork]? {
        texts.isEmpty ? nil : try IPNetwork.list(texts, of: key)
    }
}
