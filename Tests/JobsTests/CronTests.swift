import Jobs
import Primitives
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(6)))
struct CronTests {
    private func entry(_ schedule: CronSchedule) -> CronEntry {
        CronEntry("entry", schedule) { slot in Note(text: slot.description) }
    }

    @Test(arguments: Backend.available)
    func `each slot runs once across two runners`(_ backend: Backend) async throws {
        try await JobHarness.withTwo(backend) { stand, other in
            let runners = try [stand, other].map {
                try $0.runner([.notes], cron: [entry(.every(.minutes(1)))])
            }
            try await runners[0].drain()
            for _ in 1...10 {
                stand.clock.advance(by: .minutes(1))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for runner in runners { group.addTask { try await runner.drain() } }
                    try await group.waitForAll()
                }
            }
            let effects = try await stand.effects()
            #expect(effects.count == 10 && Set(effects).count == 10)
        }
    }

    @Test(arguments: Backend.available)
    func `a slot that two instances saw belongs to the quicker one`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.runner([.notes], cron: [entry(.every(.minutes(1)))]).drain()
            let slot = try #require(try await stand.database.read { try CronQueries.all($0) }.first)
            let next = slot.next + .minutes(1)
            let advances = try await stand.database.write { tx in
                try (1...2).map { _ in try CronQueries.advance(slot, to: next, tx) }
            }
            #expect(advances == [true, false])
        }
    }

    @Test(arguments: Backend.available)
    func `an entry seen for the first time waits for its slot`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let runner = try stand.runner([.notes], cron: [entry(.every(.hours(1)))])
            #expect(try await runner.drain() == 0)
            stand.clock.advance(by: .minutes(59))
            #expect(try await runner.drain() == 0)
            stand.clock.advance(by: .minutes(1))
            #expect(try await runner.drain() == 1)
            #expect(try await stand.effects() == ["2027-01-15T09:00:00Z"])
        }
    }

    @Test(arguments: Backend.available)
    func `one run makes up for all the slots of a downtime`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let daily = try CronExpression("30 3 * * *")
            try await stand.runner([.notes], cron: [entry(.cron(daily))]).drain()
            stand.clock.advance(by: .days(5))
            let later = try stand.runner([.notes], cron: [entry(.cron(daily))])
            #expect(try await later.drain() == 1)
            #expect(try await stand.effects() == ["2027-01-16T03:30:00Z"])
            stand.clock.advance(by: .days(1))
            #expect(try await later.drain() == 1)
            #expect(try await stand.effects().last == "2027-01-21T03:30:00Z")
        }
    }

    @Test(arguments: Backend.available)
    func `no second job is made while an earlier slot's is still waiting`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let runner = try stand.runner([.refusedNotes], cron: [entry(.every(.seconds(1)))])
            try await runner.drain()
            for _ in 1...4 {
                stand.clock.advance(by: .seconds(1))
                try await runner.drain()
            }
            #expect(try await stand.queue.counts().scheduled == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a schedule that became denser holds from the next start`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.runner([.notes], cron: [entry(.every(.days(30)))]).drain()
            let denser = try stand.runner([.notes], cron: [entry(.every(.minutes(1)))])
            #expect(try await denser.drain() == 0)
            stand.clock.advance(by: .minutes(1))
            #expect(try await denser.drain() == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `an instance whose clock is behind does not fire a slot again`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let entry = entry(.every(.hours(1)))
            let runner = try stand.runner([.notes], cron: [entry])
            try await runner.drain()
            stand.clock.advance(by: .hours(1))
            #expect(try await runner.drain() == 1)
            stand.clock.advance(by: .seconds(-2))
            #expect(try await runner.drain() == 0)
            stand.clock.advance(by: .seconds(2))
            #expect(try await runner.drain() == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `an entry that was fired by a clock far ahead goes on by the right one, and that is logged`(
        _ backend: Backend
    ) async throws {
        try await JobHarness.with(backend) { stand in
            let (entry, lines) = (entry(.every(.hours(1))), LogLines())
            let runner = try stand.runner([.notes], cron: [entry], logger: lines.logger)
            try await runner.drain()
            stand.clock.advance(by: .days(400))
            #expect(try await runner.drain() == 1)
            stand.clock.advance(by: .days(-400))
            #expect(try await runner.drain() == 0)
            #expect(lines.all.contains { $0.contains("fired in the future") })
            stand.clock.advance(by: .hours(1))
            #expect(try await runner.drain() == 1)
            #expect(try await stand.database.read { try CronQueries.all($0) }.first?.last == stand.clock.source.now)
        }
    }
}
