import FoundationEssentials

/// Runs `body` with the path of an empty directory that is removed afterwards.
///
/// - Throws: whatever `body` throws.
public func withTemporaryFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kontor-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}

/// What a test sees of a folder.
public enum TemporaryFolder {
    /// Returns the names in the folder at `path`, in order; none where it cannot be read.
    public static func names(_ path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }
}
