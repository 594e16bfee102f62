import ArgumentParser

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A sentence for who has called a command rightly, which could not do it all the same.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    /// Fails with a sentence.
    init(_ description: String) {
        self.description = description
    }
}

extension Kontor {
    /// Ends the program by what a command has thrown. Where it was called wrongly, its own usage follows, not the program's.
    static func end(_ command: any ParsableCommand, by error: any Error) -> Never {
        guard let misuse = error as? ValidationError else { exit(withError: error) }
        let usage = usageString(for: type(of: command))
        let words = usage.split(separator: " ").prefix {
            !$0.hasPrefix("[") && !$0.hasPrefix("<") && !$0.hasPrefix("-")
        }
        let help = "  See '\(words.joined(separator: " ")) --help' for more information.\n"
        let text = "Error: \(misuse.message)\nUsage: \(usage)\n" + help
        _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        exit(withError: ExitCode.validationFailure)
    }
}
