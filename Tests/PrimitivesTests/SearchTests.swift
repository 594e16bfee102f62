import Primitives
import Testing

@Suite struct SearchTests {
    @Test func `the index at which a list parts is that of the first element behind`() {
        for count in 0...40 {
            for border in 0...count {
                let list = (0..<count).map { $0 >= border }
                #expect(list.partitioningIndex { $0 } == border)
                #expect(list[...].dropFirst(count / 3).partitioningIndex { $0 } == max(border, count / 3))
            }
        }
    }

    @Test func `a range of whole numbers is searched without being made`() {
        let asked = Counter()
        let range = Int64.min / 2..<Int64.max / 2
        let found = range.partitioningIndex { number in
            asked.count += 1
            return number > 4_711
        }
        #expect(found == 4_712)
        #expect(asked.count <= 64)
    }

    private final class Counter { var count = 0 }
}
