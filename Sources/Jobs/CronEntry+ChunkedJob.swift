import SQL

extension CronEntry {
    /// The key under which the entry's jobs are unique, so that there is one at a time.
    var key: UniqueKey { UniqueKey("cron-" + name) }
}

extension JobHandler {
    /// Returns the handler of a cron entry's job that works a chunk at a time: where `effect` returns true there is
    /// more to do, and the next job is enqueued in the same transaction and runs at once.
    public static func chunked<Payload: JobPayload>(
        _ type: Payload.Type, of entry: CronEntry, on queue: JobQueue,
        _ effect: @escaping @Sendable (Payload, Transaction) throws -> Bool
    ) -> JobHandler {
        .transactional(type) { payload, tx in
            if try effect(payload, tx) { try queue.enqueue(payload, uniqueKey: entry.key, in: tx) }
        }
    }
}
