import ArgumentParser
import KontorApp
import Primitives

/// Makes an administrator.
struct CreateSuperuser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "createsuperuser", abstract: "Make an administrator; works beside a running serve.",
        discussion: """
            Without a terminal the e-mail and password come from the options or from KONTOR_SUPERUSER_EMAIL and \
            KONTOR_SUPERUSER_PASSWORD.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "The administrator's e-mail (KONTOR_SUPERUSER_EMAIL).")
    var email: String?

    @Option(help: "The administrator's password (KONTOR_SUPERUSER_PASSWORD).")
    var password: String?

    @Flag(help: "Make an existing user an administrator.")
    var promote = false

    func run() async throws {
        let environment = try EnvironmentSettings()
        let made = try await data.withInstallation { installation in
            guard let email = email ?? environment.superuserEmail ?? Console.line("E-mail: ") else {
                throw ValidationError("An e-mail is needed: --email or KONTOR_SUPERUSER_EMAIL.")
            }
            guard let password = password ?? environment.superuserPassword ?? Console.newSecret("Password: ") else {
                throw ValidationError("A password is needed: --password or KONTOR_SUPERUSER_PASSWORD.")
            }
            let shop = try await Shop(installation)
            try await shop.identify()
            try await shop.createSuperuser(email: email, password: password, promote: promote)
            return email
        }
        print("\(made) is an administrator.")
    }
}
