import Primitives
import SQL

/// Clears away what has had its time in one table: at most `limit` rows at the moment `now`, and says how many.
public typealias Purge = @Sendable (_ now: Timestamp, _ limit: Int, Transaction) throws -> Int
