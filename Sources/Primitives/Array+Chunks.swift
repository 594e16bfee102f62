extension Array {
    /// Returns this array in pieces of at most `size` elements, which must be positive.
    public func chunked(by size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
