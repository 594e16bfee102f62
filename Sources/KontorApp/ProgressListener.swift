/// Is told how far a long command is: how much is done of what, of how many. Calls come from any thread.
public typealias ProgressListener = @Sendable (_ what: String, _ done: Int, _ total: Int) -> Void

/// How far a command is, in words.
public enum ProgressLine {
    /// Returns `products: 1200 of 10000 (12 %)`, or `products: 1200` where nobody knows of how many.
    public static func text(_ what: String, _ done: Int, of total: Int?) -> String {
        guard let total, total > 0 else { return "\(what): \(done)" }
        return "\(what): \(done) of \(total) (\(done * 100 / total) %)"
    }
}
