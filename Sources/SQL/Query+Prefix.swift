extension Query {
    /// Returns the condition that a column's text begins with `start`, as an index finds it. Collations are by code point, and no
    /// text goes on with the last of them.
    public static func begins(_ column: Query, with start: String) -> Query {
        "\(column) >= \(start) AND \(column) < \(start + "\u{10FFFF}")"
    }
}
