import Commerce
import Primitives
import SQL
import Web

/// The tables of the request pipeline: the audit, the answers stored under idempotency keys, and key locks.
public enum AuditModule {
    /// Makes the module and reads its settings.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public static func module(_ context: ModuleContext) throws -> Module {
        var module = Module("Audit")
        module.endpoints = [AuditRoutes(database: context.database).group]
        module.permissions = [Permission("audit.view", "Read the audit of what staff have done.")]
        module.personalData = personalData
        module.purges = [
            { now, limit, tx in try KeyLockQueries.purge(before: now - .hours(1), limit: limit, in: tx) },
            { now, limit, tx in try IdempotencyQueries.purge(before: now, limit: limit, in: tx) },
        ]
        if let age = try AuditSettings(context.settings, context.shop).entries {
            module.purges.append { now, limit, tx in try AuditQueries.purge(before: now - age, limit: limit, in: tx) }
        }
        module.settings = [AuditSettings.self]
        module.screens = [screen]
        return module
    }

    /// Deletes a user's stored answers. The audit keeps that something was done and the number of who did it.
    public static var personalData: PersonalData {
        var data = PersonalData()
        data.erase = [
            .rows { user, limit, tx in try IdempotencyQueries.drop(of: user.id, limit: limit, in: tx) },
            .work { user, work in try await erase(user, work) },
        ]
        data.erasePaths = [
            { paths, work in
                try await redact(work.database.report { try AuditErasureQueries.entries(under: paths, $0) }, work)
            }
        ]
        return data
    }

    /// The most entries that are read at once to look into their text.
    private static let readAtOnce = 500

    private static func erase(_ user: ErasedUser, _ work: ErasureWork) async throws {
        let own = try await work.database.report { try AuditErasureQueries.entries(by: user.id, $0) }
        try await work.inChunks(own) { try AuditErasureQueries.unname($0, in: $1) }
        let addresses = user.addresses.map { ($0.email, $0.until) }
        var next: Int64? = 0
        while let start = next {
            let (found, last) = try await work.database.report {
                try AuditErasureQueries.entries(naming: addresses, after: start, limit: readAtOnce, $0)
            }
            try await redact(found, work)
            next = last
        }
    }

    private static func redact(_ entries: [Int64], _ work: ErasureWork) async throws {
        try await work.inChunks(entries) { try AuditErasureQueries.redact($0, in: $1) }
    }
}

/// The retention of the audit.
public struct AuditSettings: ModuleSettings {
    /// The age at which entries are deleted; nil keeps them for ever (`AUDIT_DAYS`, 730 by default).
    let entries: TimeSpan?

    /// Reads `AUDIT_DAYS`.
    ///
    /// - Throws: `SettingsError` naming the key.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        entries = try source.retention("AUDIT_DAYS", orDays: 730)
    }
}
