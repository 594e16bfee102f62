import SQL

/// The revision of everything that public catalog responses show: `catalog_revision`.
///
/// Every transaction that changes a product, category, price, picture or stock level moves it once, right before its
/// commit (`Transaction.catalogChanged()`), so that cached responses are exact in every process on the database. The
/// number is spread over rows, so that concurrent writers on MySQL seldom wait for each other; the revision is their
/// sum.
public enum RevisionQueries {
    /// The number of rows that the revision is spread over.
    public static let slots = 16

    /// Bumps the revision, which locks a row until the commit.
    fileprivate static func bump(_ tx: Transaction) throws {
        let slot = tx.dialect == .sqlite ? 0 : Int.random(in: 0..<slots)
        try tx.execute("UPDATE catalog_revision SET revision = revision + 1 WHERE slot = \(slot)")
    }

    /// Returns the revision as `connection` sees it.
    ///
    /// - Throws: `SQLError`.
    public static func current(_ connection: Connection) throws -> Int {
        try connection.value("SELECT SUM(revision) FROM catalog_revision") ?? 0
    }
}

extension Transaction {
    /// Reports that public catalog responses are out of date once this transaction is committed: the revision is bumped
    /// right before the commit, once however often this is called.
    public func catalogChanged() {
        beforeCommit(once: "catalog_revision", RevisionQueries.bump)
    }
}
