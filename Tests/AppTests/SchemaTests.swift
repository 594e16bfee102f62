import SQL
import Schema
import Testing

@Suite struct SchemaTests {
    @Test func `migrations of all rooms are numbered from 1 without a gap or a repetition, by names of their own`() {
        #expect(Schema.migrations.map(\.number) == Array(1...Schema.migrations.count))
        #expect(Set(Schema.migrations.map(\.name)).count == Schema.migrations.count)
        #expect(Schema.migrations.allSatisfy { !$0.steps.isEmpty })
    }
}
