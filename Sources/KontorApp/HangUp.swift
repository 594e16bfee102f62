import Glibc

/// The signal by which a terminal says that it is gone, and by which many tools ask servers to open their logs anew.
public enum HangUp {
    /// Has the process go on where it comes. Lines go to standard error, so there is no file to open anew.
    public static func ignore() {
        _ = signal(SIGHUP, SIG_IGN)
    }
}
