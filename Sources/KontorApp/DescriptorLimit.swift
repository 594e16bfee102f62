import Glibc

/// The limit on files and connections that the process may have open.
public enum DescriptorLimit {
    /// What is of use to a shop; a machine without any limit of its own names absurd numbers.
    private static let most = rlim_t(1 << 20)

    /// Raises the soft limit as far as the machine lets a process raise it.
    public static func raise() {
        guard var limit = read() else { return }
        let wanted = min(limit.rlim_max, most)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// The soft limit.
    static var current: Int { Int(clamping: read()?.rlim_cur ?? 1_024) }

    private static func read() -> rlimit? {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
    }
}
