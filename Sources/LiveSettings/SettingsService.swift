import Commerce
import Primitives
import SQL

/// What staff see and change of the shop's settings.
struct SettingsService: Sendable {
    /// What secrets are sealed for.
    static let purpose = "shop-settings"

    let questions: LiveSettingsModule.Questions
    let box: SecretBox
    let time: TimeSource

    /// The settings at one moment.
    struct State: Sendable {
        let layers: SettingsLayers
        /// The names of those that cannot be changed any more.
        let locked: Set<String>

        var version: Int { layers.saved.version }
    }

    /// Returns what is set.
    ///
    /// - Throws: `SQLError`.
    func state(_ connection: Connection) throws -> State {
        State(
            layers: questions.layers.with(SavedSettings(try SettingQueries.all(connection), box)),
            locked: try questions.locked(connection))
    }

    /// Changes settings, all of them or none: an empty text takes one back. `check` is given what was set before.
    ///
    /// - Throws: `ValidationError` by the settings' names, what `check` throws, `SQLError`.
    func change(_ change: [String: String], check: (State) throws -> Void, in tx: Transaction) throws -> State {
        let now = time.now
        try KeyLockQueries.lock(["shop settings"], at: now, tx)
        let before = try state(tx)
        try check(before)
        let kept = before.layers.saved
        let new = change.filter { key, text in text != kept.text(key) ?? "" || kept.lost.contains(key) }
        guard !new.isEmpty else { return before }
        try refuse(new.keys) { before.refusal(of: $0) }
        let after = State(layers: before.layers.with(kept.changed(by: new)), locked: before.locked)
        let problems = questions.problems(after.layers)
        try refuse(problems.map(\.key)) { key in problems.first { $0.key == key }.map { "This \($0.reason)." } }
        try questions.confirm(after.layers, tx)
        for (name, text) in new {
            let row = SettingRow(
                name: name, value: try sealed(text, name), version: after.version, updatedAt: now)
            try SettingQueries.save(row, tx)
        }
        return after
    }

    private func sealed(_ text: String, _ name: String) throws -> String {
        let isSecret = ShopSetting.all.first { $0.key == name }?.kind.isSecret ?? true
        guard isSecret, !text.isEmpty else { return text }
        return try box.seal(text, context: name)
    }

    private func refuse(_ keys: some Sequence<String>, _ reason: (String) -> String?) throws {
        var refused: [String: FieldErrors] = [:]
        for key in keys {
            if let reason = reason(key) { refused[key] = .messages([reason]) }
        }
        if !refused.isEmpty { throw ValidationError(.members(refused)) }
    }
}

extension SettingsService.State {
    /// Returns why a setting cannot be changed here; nil where it can.
    func refusal(of key: String) -> String? {
        if layers.origin(of: key) == .environment { return "The environment sets this, and goes before what is saved." }
        return locked.contains(key) ? "This stays as it is: there are prices already." : nil
    }
}
