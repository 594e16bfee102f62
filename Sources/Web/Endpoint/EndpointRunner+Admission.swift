import Commerce

/// Access and rate limits, checked before a body is read.
extension EndpointRunner {
    /// Returns whether the client's address matters for this endpoint.
    func looksAtAddress(_ endpoint: Endpoint) -> Bool { !endpoint.limits.isEmpty || !addresses.isOpenToStaff }

    /// Finds out who calls, by what a request shows, and refuses them where they may not, or not so often.
    /// `address` matters only where ``looksAtAddress(_:)`` says so.
    ///
    /// - Throws: `AuthenticationError`, `PermissionDenied`, `Throttled`, what `authenticate` throws.
    func identity(
        _ credentials: AccessCheck.Credentials, _ endpoint: Endpoint, at address: ClientAddress
    ) async throws -> Identity? {
        try countAddress(endpoint, address)
        let identity = try await access.identity(credentials, endpoint.access)
        try check(identity, endpoint, address)
        return identity
    }

    /// Counts a request against the limits by address, before anything is asked about its caller.
    func countAddress(_ endpoint: Endpoint, _ address: ClientAddress) throws(Throttled) {
        guard limitsAddresses, !endpoint.limits.isEmpty else { return }
        let key = address.networkKey
        for limit in endpoint.limits where limit.subject == .address { try limiter.take(limit, for: key) }
    }

    /// Counts a request against the limits by user, and refuses staff who act from elsewhere.
    func check(_ identity: Identity?, _ endpoint: Endpoint, _ address: ClientAddress) throws {
        for limit in endpoint.limits where limit.subject == .user {
            if let identity {
                try limiter.take(limit, for: "user \(identity.userID)")
            } else if limitsAddresses {
                try limiter.take(limit, for: address.networkKey)
            }
        }
        if let identity, !addresses.isOpenToStaff { try addresses.check(identity, at: address) }
    }
}
