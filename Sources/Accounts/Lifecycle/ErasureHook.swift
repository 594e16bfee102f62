import Modules
import SQL

/// Does what other rooms do when a user is erased, in the same transaction.
public typealias ErasureHook = @Sendable (ErasedUser, Transaction) throws -> Void
