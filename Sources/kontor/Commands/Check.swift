import ArgumentParser
import KontorApp
import Logging
import Modules

/// Looks at the settings with an operator's eyes.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the settings and the database.",
        discussion: """
            Says what serve would refuse and what else looks wrong, and makes nothing; where there is no shop yet, the \
            settings alone are looked at. Exits with 1 where something is wrong; --deploy also says what a shop on the open \
            network should change.
            """)

    @OptionGroup var data: DataOptions

    @Flag(help: "Check for a shop on the open network.")
    var deploy = false

    func run() async throws {
        let environment = try data.environment()
        // What the log would say of faults stands among the findings.
        LogOutput.bootstrap(level: .error, json: nil)
        let checkup = await Checkup(environment)
        if let absence = checkup.absence { print(absence) }
        let findings = checkup.findings.filter { deploy || $0.isError || $0.isForEveryShop }
        for finding in findings {
            print((finding.isError ? "error: " : "warning: ") + finding.key + " " + finding.advice)
        }
        if findings.isEmpty { print("Nothing to complain about.") }
        if findings.contains(where: \.isError) { throw ExitCode(1) }
    }
}
