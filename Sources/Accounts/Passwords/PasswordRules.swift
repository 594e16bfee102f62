import Primitives

/// What a password must be: the rules and the words of Django's validators.
enum PasswordRules {
    /// The fewest characters that a password may have.
    static let minLength = 8
    /// The most characters: beyond them hashing would be made to work for nothing.
    static let maxLength = 128
    /// Characters of a password that somebody has already: other shops set no limit.
    static let maxKnown = 4_096

    /// Who the password is for: what it must not be like.
    struct Owner: Sendable {
        var email = ""
        var firstName = ""
        var lastName = ""
    }

    /// Returns what is wrong with `password`; empty where it is good.
    static func problems(with password: String, of owner: Owner) -> [String] {
        var problems: [String] = []
        if password.unicodeScalars.count < minLength {
            problems.append("This password is too short. It must contain at least \(minLength) characters.")
        }
        if password.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            problems.append("This password is entirely numeric.")
        }
        if CommonPasswords.contain(password) { problems.append("This password is too common.") }
        if let source = likeness(of: password, to: owner) {
            problems.append("The password is too similar to the \(source).")
        }
        return problems
    }

    /// Returns what of `owner` makes up half of `password` or more.
    private static func likeness(of password: String, to owner: Owner) -> String? {
        let local = String(owner.email.halves(at: "@").0)
        let sources: [(name: String, texts: [String])] = [
            (
                "email address",
                [owner.email, local, local.keeping { $0.properties.isAlphabetic || $0.properties.numericType != nil }]
            ),
            ("first name", [owner.firstName]),
            ("last name", [owner.lastName]),
            ("name", [owner.firstName + owner.lastName, owner.lastName + owner.firstName]),
        ]
        let subject = Array(password.lowercased().unicodeScalars.prefix(maxLength))
        return sources.first { source in
            source.texts.contains { text in
                let shared = maxShared(subject, Array(text.lowercased().unicodeScalars.prefix(254)))
                return shared >= 4 && shared * 2 >= subject.count
            }
        }?.name
    }

    /// Returns the length of the longest piece that both hold.
    private static func maxShared(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var longest = 0
        var previous = Array(repeating: 0, count: right.count + 1)
        for scalar in left {
            var current = previous
            for (index, other) in right.enumerated() {
                current[index + 1] = scalar == other ? previous[index] + 1 : 0
                longest = max(longest, current[index + 1])
            }
            previous = current
        }
        return longest
    }
}
