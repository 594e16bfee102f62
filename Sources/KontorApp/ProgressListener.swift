/// Is told how far a long command is: how much is done of what, of how many. Calls come from any thread.
public typealias ProgressListener = @Sendable (_ what: String, _ done: Int, _ total: Int) -> Void
