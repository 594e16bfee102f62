import Commerce
import LiveSettings
import Logging
import Modules
import Primitives
import SQL

/// What staff have saved of the settings.
extension Installation {
    /// Reads what is saved; nothing where the schema is not in place.
    ///
    /// - Throws: `SQLError`.
    func savedSettings() async throws -> SavedSettings {
        do {
            guard try await migrator.pending().isEmpty else { return .none }
        } catch is MigrationError {
            return .none
        }
        let secret = secret
        return try await database.read { try SavedSettings.read(secret, $0) }
    }

    /// Returns this installation with these settings of staff.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    func with(_ saved: SavedSettings) throws -> Installation {
        var copy = self
        copy.settings = try settings.with(saved)
        return copy
    }

    /// Returns this installation with what staff have saved. What cannot be used beside this environment is left aside, and
    /// the log says so: a shop that does not start could not be mended in the browser.
    ///
    /// - Throws: `SQLError`, `SettingsError`.
    func configured() async throws -> Installation {
        var saved = try await savedSettings()
        while true {
            do {
                return try with(saved)
            } catch let error as SettingsError where !saved.names.isEmpty {
                let name = culprit(error, saved)
                logger.warning(
                    "what was saved of the settings cannot be used and is left aside",
                    metadata: ["setting": "\(name ?? "all")", "error": "\(error)"])
                saved = saved.leaving(name)
            }
        }
    }

    /// Returns the saved setting without which an error is gone: the one that it names, or one that does not go with that;
    /// nil where it takes more than one.
    private func culprit(_ error: SettingsError, _ saved: SavedSettings) -> String? {
        if saved.text(error.key) != nil { return error.key }
        return saved.names.last { (try? with(saved.leaving($0))) != nil }
    }

    /// Returns what is wrong with what staff have saved.
    ///
    /// - Throws: `SQLError`.
    func savedFindings() async throws -> [CheckFinding] {
        let saved = try await savedSettings()
        let unusable = Settings.problems(settings.source.with(saved)).map {
            CheckFinding($0.key, "\($0.reason): it was saved in the admin, and is left aside", isError: true)
        }
        let lost = saved.lost.map {
            CheckFinding($0, "was saved in the admin under another SECRET_KEY: save it anew", isError: true)
        }
        return unusable + lost
    }

    /// What the room of the settings asks, answered for this installation.
    var settingsQuestions: LiveSettingsModule.Questions {
        var questions = LiveSettingsModule.Questions(settings.source)
        let (time, turnover) = (time, turnover)
        questions.problems = { Settings.problems($0) }
        questions.locked = { try PricedQueries.hasPrices($0) ? ["DEFAULT_CURRENCY"] : [] }
        questions.confirm = { layers, tx in
            let currency = ShopCurrency(try ShopSettings(layers).currency)
            if let kept = try currency.clash(tx) {
                throw ValidationError("DEFAULT_CURRENCY", "This stays as it is: there are prices in \(kept) already.")
            }
            try currency.confirm(at: time.now, tx)
        }
        questions.apply = { await turnover.apply($0) }
        return questions
    }
}
