import AppHarness
import Primitives
import Testing

@testable import Orders

@Suite struct OrdersStatusTests {
    @Test func `an order stands where its least advanced live part stands`() {
        #expect(OrderStatus.derived(from: [.shipped, .processing, .delivered]) == .processing)
        #expect(OrderStatus.derived(from: [.cancelled, .delivered]) == .delivered)
        #expect(OrderStatus.derived(from: [.cancelled, .cancelled]) == .cancelled)
    }

    @Test func `nothing is cancelled once a part has shipped`() {
        #expect(OrderStatus.allowed(from: [.pending]) == [.processing, .cancelled])
        #expect(OrderStatus.allowed(from: [.processing, .shipped]) == [.shipped, .delivered])
        #expect(OrderStatus.allowed(from: [.cancelled]).isEmpty)
        #expect(OrderStatus.allowed(from: [.delivered]).isEmpty)
    }

    @Test func `an order number is ten clear characters and never an id`() {
        let random = RandomSource.seeded(5)
        let numbers = (0..<10_000).map { _ in OrderNumber.make(random) }
        #expect(Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { $0.count == 10 && $0.first?.isLetter == true })
        #expect(numbers.allSatisfy { number in "ILOU01".allSatisfy { !number.contains($0) } })
        #expect(OrderReference(numbers[0].lowercased()) == .number(numbers[0]))
        #expect(OrderReference("12") == .id(12))
    }
}

extension OrderReference {
    fileprivate static func id(_ number: Int64) -> OrderReference { OrderReference(String(number)) }
}
