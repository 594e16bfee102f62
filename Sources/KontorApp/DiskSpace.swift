#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The space that is left for files.
enum DiskSpace {
    /// Fewer bytes are none: pictures, the database and its log would soon meet the end.
    private static let least: UInt64 = 16 << 20

    /// Returns whether the file system of `path` has next to nothing left; false where there is no such folder.
    static func isShort(at path: String) -> Bool {
        var figures = statvfs()
        guard statvfs(path, &figures) == 0 else { return false }
        return UInt64(figures.f_bavail) * UInt64(figures.f_frsize) < least
    }
}
