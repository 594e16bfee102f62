/// Every endpoint of the job queue, and what it says to whom.
enum JobsTable {
    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows: [PermissionRow] = [
        .init("GET /api/admin/jobs/", forbidden + "200"),
        .init("GET /api/admin/jobs/counts/", forbidden + "200"),
        .init("GET /api/admin/jobs/{dead_job}/", forbidden + "200"),
        .init("GET /api/admin/cron/", forbidden + "200"),
        .init("POST /api/admin/jobs/{dead_job}/retry/", forbidden + "200"),
        .init("DELETE /api/admin/jobs/{dead_job}/", forbidden + "204"),
        .init("POST /api/admin/jobs/retry-dead/", forbidden + "200"),
    ]

    private static let forbidden = "401 403 403 403 403 "
}
