import SQL

extension CronEntry {
    /// What the entry's jobs hold, so that there is one at a time.
    var key: UniqueKey { UniqueKey("cron-" + name) }
}

extension JobHandler {
    /// A job of a cron entry that does its work a chunk at a time: where `effect` says that there is more, the next one is
    /// enqueued in the same transaction and goes on at once.
    public static func chunked<Payload: JobPayload>(
        _ type: Payload.Type, of entry: CronEntry, on queue: JobQueue,
        _ effect: @escaping @Sendable (Payload, Transaction) throws -> Bool
    ) -> JobHandler {
        .transactional(type) { payload, tx in
            if try effect(payload, tx) { try queue.enqueue(payload, uniqueKey: entry.key, in: tx) }
        }
    }
}
