import Glibc
import Primitives

/// Listing of a folder on disk, a part at a time.
extension DiskFolder {
    /// Returns at most `limit` files in the order of their keys; drafts have no key and are left out.
    ///
    /// - Throws: `MediaError`.
    func entries(in folder: String, after key: MediaKey?, limit: Int) throws -> [MediaEntry] {
        var found: [MediaEntry] = []
        let start = key.map {
            Array($0.segments.map(String.init).dropFirst(folder.cut(at: "/", keepsEmpty: false).count))
        }
        try walk(folder, after: start ?? [], limit: limit, &found)
        return found
    }

    /// Drafts and whatever else has no key are passed over. `after` is where to go on below this folder.
    private func walk(_ folder: String, after: [String], limit: Int, _ found: inout [MediaEntry]) throws {
        for name in try names(folder) where found.count < limit {
            if let first = after.first, Self.precedes(name, first) { continue }
            let isOnTheWay = after.first == name
            guard let key = MediaKey(folder + "/" + name), let status = status(key) else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                try walk(key.description, after: isOnTheWay ? Array(after.dropFirst()) : [], limit: limit, &found)
            } else if status.st_mode & S_IFMT == S_IFREG, !(isOnTheWay && after.count == 1) {
                let written = status.st_mtim
                let microseconds = Int64(written.tv_sec) * 1_000_000 + Int64(written.tv_nsec) / 1_000
                found.append(MediaEntry(key: key, writtenAt: Timestamp(microseconds: microseconds)))
            }
        }
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private func status(_ key: MediaKey) -> stat? {
        var status = stat()
        return lstat(path(of: key), &status) == 0 ? status : nil
    }

    private func names(_ folder: String) throws -> [String] {
        guard let stream = opendir(root + "/" + folder) else {
            if Self.meansAbsent(errno) { return [] }
            throw Self.failure("opendir")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            names.append(name)
        }
        return names.sorted(by: Self.precedes)
    }
}
