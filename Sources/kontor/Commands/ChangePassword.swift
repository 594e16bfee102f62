import ArgumentParser
import KontorApp

/// Gives a user another password.
struct ChangePassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changepassword", abstract: "Give a user another password; works beside a running serve.",
        discussion: """
            For who has lost theirs and cannot be mailed. The user's sessions end, and a mail tells them of it. Without \
            --password it is asked for on the terminal, twice.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "The user's e-mail.")
    var email: String

    @Option(help: "The new password.")
    var password: String?

    func run() async throws {
        try await data.withInstallation { installation in
            guard let password = password ?? Console.newSecret("New password: ") else {
                throw ValidationError("A password is needed: --password, or a terminal to ask for it.")
            }
            let shop = try await Shop(installation)
            try await shop.identify()
            try await shop.changePassword(of: email, to: password)
        }
        print("The password of \(email) is another one now. Their sessions have ended.")
    }
}
