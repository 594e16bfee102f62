import Primitives
import SystemPackage

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The secret that an installation makes for itself when `SECRET_KEY` is unset, kept in the data folder for its owner
/// alone.
enum SecretFile {
    /// Reads the text of `path`, made of 48 random bytes where there is none yet; two starting processes agree on one.
    ///
    /// - Throws: `SettingsError` where the file can be neither read nor made.
    static func load(_ path: String, random: RandomSource) throws -> String {
        if let known = try read(path) { return known }
        let secret = random.token(byteCount: 48)
        // Written aside and linked into place, so that nobody reads half of it and the first to link wins.
        let draft = path + "." + random.token(byteCount: 6)
        try write(secret, to: draft)
        defer { unlink(draft) }
        if link(draft, path) == 0 { return secret }
        guard let known = try read(path) else {
            throw SettingsError("DATA_DIR", "holds a secret_key that cannot be read")
        }
        return known
    }

    private static func read(_ path: String) throws -> String? {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            defer { try? file.close() }
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
            let text = String(decoding: bytes.prefix(count), as: UTF8.self).filter { !$0.isWhitespace }
            guard text.utf8.count >= 32 else { throw SettingsError("DATA_DIR", "holds a secret_key that is too short") }
            return text
        } catch Errno.noSuchFileOrDirectory {
            return nil
        } catch let error as Errno {
            throw SettingsError("DATA_DIR", "holds a secret_key that cannot be read: \(error)")
        }
    }

    private static func write(_ text: String, to path: String) throws {
        do {
            let file = try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
            defer { try? file.close() }
            _ = try file.writeAll(Array((text + "\n").utf8))
            guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
        } catch let error as Errno {
            throw SettingsError("DATA_DIR", "cannot be written to: \(error)")
        }
    }
}

/// Folders that the shop makes for itself.
enum DataDirectory {
    /// Makes `path` and what leads to it, for the owner alone.
    ///
    /// - Throws: `SettingsError` where it cannot be made.
    static func make(_ path: String) throws {
        var partial = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            partial += (partial.isEmpty || partial.hasSuffix("/") ? "" : "/") + part
            if mkdir(partial, 0o750) != 0, errno != EEXIST {
                throw SettingsError(
                    "DATA_DIR", "is \(path), and \(partial) cannot be made: \(Errno(rawValue: errno))")
            }
        }
        guard isFolder(path) else { throw SettingsError("DATA_DIR", "is \(path), which is no folder") }
    }

    private static func isFolder(_ path: String) -> Bool {
        var found = stat()
        return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
    }
}
