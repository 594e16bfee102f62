import Primitives
import SQL

/// Deletes at most `limit` rows of one table that have expired at `now`, and returns how many it deleted.
public typealias Purge = @Sendable (_ now: Timestamp, _ limit: Int, Transaction) throws -> Int
