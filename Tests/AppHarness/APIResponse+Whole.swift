@testable import Web

extension APIResponse {
    /// Returns this answer with its whole body, taken as a client does that reads all of it.
    package func whole() async throws -> APIResponse {
        guard let rest else { return self }
        var bytes = self.bytes
        try await rest { bytes += $0 }
        return APIResponse(status: status, headers: headers, body: bytes)
    }
}
