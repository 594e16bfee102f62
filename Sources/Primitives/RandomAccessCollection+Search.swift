extension RandomAccessCollection {
    /// Returns the index of the first element that meets `isBehind`, as all behind it have to; the end where none does.
    ///
    /// Asks about `log2(count)` elements. The name is that of Swift Algorithms, which has the same function.
    @inlinable public func partitioningIndex(
        where isBehind: (Element) throws -> Bool
    ) rethrows -> Index {
        var (low, length) = (startIndex, count)
        while length > 0 {
            let half = length / 2
            let middle = index(low, offsetBy: half)
            if try isBehind(self[middle]) {
                length = half
            } else {
                low = index(after: middle)
                length -= half + 1
            }
        }
        return low
    }
}
