import Primitives

extension AdminAction {
    /// Returns the two actions that switch a flag of a row by a `PATCH` of `path`, first the one that switches it on. Each is for rows
    /// that have it otherwise, can be done to many, and takes the other back.
    public static func switching(
        _ member: String, _ path: String, on: (name: String, title: Phrase), off: (name: String, title: Phrase)
    ) -> [AdminAction] {
        [(on, off, true), (off, on, false)].map { action, opposite, value in
            AdminAction(action.name, action.title, .patch, path).with {
                $0.body = [member: .bool(value)]
                $0.condition = value ? .not(.holds(member)) : .holds(member)
                $0.isBulk = true
                $0.undo = opposite.name
            }
        }
    }

    /// Returns the two actions that switch `is_active`.
    public static func activating(_ path: String) -> [AdminAction] {
        switching(
            "is_active", path, on: ("activate", Phrase("Activate", "Aktivieren")),
            off: ("deactivate", Phrase("Deactivate", "Deaktivieren")))
    }
}
