import CResources
import Primitives
import Web

/// Passwords that are tried first because so many people have them.
enum CommonPasswords {
    /// Returns whether `password`, in any case, is one of them.
    static func contain(_ password: String) -> Bool { list.contains(password.trimmed.lowercased()) }

    /// Those of at least eight characters that are not only digits (these are refused anyway) among the 20,000 most
    /// frequent of Royce Williams' list of leaked passwords, which Django refuses as well
    /// (https://gist.github.com/roycewilliams/226886fd01572964e1431ac8afc999ce).
    private static let list: Set<String> = {
        let bytes = UnsafeBufferPointer(
            start: kontor_common_passwords_bytes(), count: kontor_common_passwords_length)
        return Set(bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) })
    }()
}
