import Glibc
import Primitives

/// The files of a `DiskMediaStore`.
///
/// Every function blocks the calling thread for as long as the disk takes. A file is written under a hidden name,
/// synced and renamed, so a power cut leaves the old file or the new one; readable by all (0644).
struct DiskFolder: Sendable {
    let root: String
    let random: RandomSource

    /// Writes a draft, syncs it and renames it.
    ///
    /// - Throws: `MediaError`.
    func write(_ bytes: [UInt8], to key: MediaKey) throws {
        let path = path(of: key)
        try inFolder(of: path) { try write(bytes, at: path, in: $0) }
    }

    private func write(_ bytes: [UInt8], at path: String, in folder: String) throws {
        let draft = "\(folder)/.\(Hex.encode(random.bytes(12)))"
        do {
            try writeSynced(bytes, at: draft)
            guard rename(draft, path) == 0 else { throw Self.failure("rename") }
        } catch {
            unlink(draft)
            throw error
        }
        try sync(folder: folder)
    }

    /// Reads the whole file; nil where there is none.
    ///
    /// - Throws: `MediaError`.
    func read(_ key: MediaKey) throws -> MediaObject? {
        let file = open(path(of: key), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            if Self.meansAbsent(errno) { return nil }
            throw Self.failure("open")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw Self.failure("fstat") }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return MediaObject(bytes: try readAll(file, length: Int(status.st_size)), key: key)
    }

    /// Returns whether there is a file; symbolic links do not count.
    ///
    /// - Throws: `MediaError`.
    func exists(_ key: MediaKey) throws -> Bool {
        var status = stat()
        guard lstat(path(of: key), &status) == 0 else {
            if Self.meansAbsent(errno) { return false }
            throw Self.failure("lstat")
        }
        return status.st_mode & S_IFMT == S_IFREG
    }

    /// Deletes the file and the folders that it leaves empty.
    ///
    /// - Throws: `MediaError`.
    func delete(_ key: MediaKey) throws {
        guard unlink(path(of: key)) == 0 || Self.meansAbsent(errno) else { throw Self.failure("unlink") }
        removeEmptyFolders(of: key)
    }

    /// Renames the file and syncs the folder of its new name.
    ///
    /// - Throws: `MediaError`.
    func move(_ key: MediaKey, to other: MediaKey) throws {
        let (path, target) = (path(of: key), path(of: other))
        try inFolder(of: target) { folder in
            guard try exists(key) else { return }
            guard rename(path, target) == 0 else { throw Self.failure("rename") }
            try sync(folder: folder)
        }
        // Where it was: a power cut may bring it back there as well, which is no loss.
        removeEmptyFolders(of: key)
    }

    func path(of key: MediaKey) -> String { root + "/" + key.description }

    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return String(path[..<slash])
    }

    static func meansAbsent(_ code: Int32) -> Bool { code == ENOENT || code == ENOTDIR || code == ELOOP }

    static func failure(_ operation: String) -> MediaError {
        let code = errno
        return code == ENOSPC || code == EDQUOT ? .diskFull : .system(operation: operation, code: code)
    }
}

extension DiskFolder {
    /// Creates the folder of `path` and does `work` there; again where another process removed it, still empty, in
    /// between.
    private func inFolder(of path: String, _ work: (_ folder: String) throws -> Void) throws {
        let folder = Self.folder(of: path)
        for _ in 0..<Self.attempts {
            do {
                try makeFolder(folder)
                return try work(folder)
            } catch MediaError.system(_, ENOENT) {
                continue
            }
        }
        try makeFolder(folder)
        try work(folder)
    }

    private static let attempts = 8

    /// Removes the folders between the store's own and a deleted file, as far as they are empty.
    private func removeEmptyFolders(of key: MediaKey) {
        var folder = Self.folder(of: key.description)
        while folder != ".", rmdir(root + "/" + folder) == 0 { folder = Self.folder(of: folder) }
    }

    /// Creates the folder and those above it; each new name is synced in its parent before it is relied on.
    private func makeFolder(_ folder: String) throws {
        if mkdir(folder, 0o755) == 0 { return try sync(folder: Self.folder(of: folder)) }
        switch errno {
        case EEXIST: return
        case ENOENT where folder.holds("/"):
            try makeFolder(Self.folder(of: folder))
            guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw Self.failure("mkdir") }
            try sync(folder: Self.folder(of: folder))
        default: throw Self.failure("mkdir")
        }
    }

    private func writeSynced(_ bytes: [UInt8], at path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Self.failure("open") }
        defer { close(file) }
        guard fchmod(file, 0o644) == 0 else { throw Self.failure("fchmod") }
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let chunk = UnsafeRawBufferPointer(rebasing: rest)
                let count = Self.uninterrupted { Glibc.write(file, chunk.baseAddress, chunk.count) }
                guard count > 0 else { throw Self.failure("write") }
                rest = rest.dropFirst(count)
            }
        }
        guard fsync(file) == 0 else { throw Self.failure("fsync") }
    }

    private func readAll(_ file: Int32, length: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            while filled < length {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let count = Self.uninterrupted { Glibc.read(file, rest.baseAddress, rest.count) }
                guard count >= 0 else { throw Self.failure("read") }
                if count == 0 { return }
                filled += count
            }
        }
    }

    private func sync(folder: String) throws {
        let file = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard file >= 0 else { throw Self.failure("open") }
        defer { close(file) }
        guard fsync(file) == 0 else { throw Self.failure("fsync") }
    }

    private static func uninterrupted(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}
