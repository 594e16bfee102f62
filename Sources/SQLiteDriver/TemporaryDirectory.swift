import SQL

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A directory for an ephemeral database, removed with the process that made it.
final class TemporaryDirectory: Sendable {
    let path: String

    /// Creates a directory in `TMPDIR`, or in `/tmp`.
    ///
    /// - Throws: `SQLError` of kind `.unavailable` where none can be created.
    init() throws(SQLError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((parent + "/kontor-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw SQLError(.unavailable, code: Int(errno), message: "no temporary directory can be made")
        }
        self.path = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
    }

    deinit { remove() }

    /// Removes the database and the directory; may be called twice.
    func remove() {
        for suffix in ["", "-wal", "-shm"] { unlink(database + suffix) }
        rmdir(path)
    }

    var database: String { path + "/kontor.db" }
}
