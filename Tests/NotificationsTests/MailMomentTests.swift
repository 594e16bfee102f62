import Messages
import Primitives
import Testing

@Suite struct MailMomentTests {
    @Test(
        arguments: [
            (0, "1970-01-01 00:00 UTC"), (1_796_083_499_999_999, "2026-12-01 00:04 UTC"),
            (951_782_340_000_000, "2000-02-28 23:59 UTC"), (-1, "1969-12-31 23:59 UTC"),
        ] as [(Int64, String)])
    func `moments in mails are written to the minute`(_ microseconds: Int64, _ text: String) {
        #expect(Timestamp(microseconds: microseconds).mailText == text)
    }
}
