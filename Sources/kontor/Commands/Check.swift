import ArgumentParser
import KontorApp
import Modules

/// Looks at the settings with an operator's eyes.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the settings and the database.",
        discussion:
            "Exits with 1 where something is wrong; --deploy also says what a shop on the open network should change.")

    @OptionGroup var data: DataOptions

    @Flag(help: "Check for a shop on the open network.")
    var deploy = false

    func run() async throws {
        try await data.withInstallation { installation in
            let findings = try await DeployCheck.findings(installation).filter {
                deploy || $0.isError || $0.isForEveryShop
            }
            for finding in findings {
                print((finding.isError ? "error: " : "warning: ") + finding.key + " " + finding.advice)
            }
            if findings.isEmpty { print("Nothing to complain about.") }
            if findings.contains(where: \.isError) { throw ExitCode(1) }
        }
    }
}
