#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Standard output and input of the command line.
enum Console {
    /// Sends what was printed on its way: a pipe would keep it until the program ends.
    static func flush() {
        fflush(nil)
    }

    /// Asks for a line without showing what is typed; nil where there is no terminal to ask.
    static func secret(_ question: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        return getpass(question).map { String(cString: $0) }
    }

    /// Asks for a new secret, and again until both are the same; nil where there is no terminal to ask.
    static func newSecret(_ question: String) -> String? {
        while let first = secret(question), let second = secret("The same again: ") {
            if first == second { return first }
            print("These are two different ones.")
        }
        return nil
    }

    /// Asks for a line; nil where there is no terminal to ask.
    static func line(_ question: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        print(question, terminator: "")
        flush()
        return readLine()
    }
}
