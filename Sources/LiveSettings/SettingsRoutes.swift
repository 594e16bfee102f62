import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of the shop's settings.
struct SettingsRoutes: Sendable {
    static let permission = "shop.edit"

    let database: any Database
    let service: SettingsService

    var group: EndpointGroup {
        EndpointGroup(
            "Shop settings", "What the shop is set to; changes take effect without a restart.",
            [
                Endpoint(
                    .get, "/api/admin/settings/",
                    "Shows the shop's settings and where each comes from; secrets stay hidden.",
                    access: .staff(Self.permission), use: show),
                Endpoint(
                    .patch, "/api/admin/settings/",
                    "Changes settings, all that are sent or none; null takes one back. Some ask for a fresh factor.",
                    access: .staff(Self.permission), use: update
                ).refusing(.preconditionFailed, .tooManyRequests),
            ])
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> SettingsBody {
        let state = try await database.read { try service.state($0) }
        return SettingsBody(state, isApplied: service.questions.layers.saved.version >= state.version)
    }

    private func update(_ call: APIRequest, _ input: SettingsInput) async throws -> SettingsBody {
        if input.isSensitive {
            try await call.confirmPresence(password: input.presence.password, code: input.presence.code)
        }
        let state = try await database.write { tx in
            try call.confirmSession(in: tx)
            return try change(call, input.change, tx)
        }
        return SettingsBody(state, isApplied: await service.questions.apply(state.version))
    }

    /// Changes settings; the audit has those that were sent, as they were and as they are.
    private func change(
        _ call: APIRequest, _ change: [String: String], _ tx: Transaction
    ) throws -> SettingsService.State {
        var before: SettingsBody?
        let keys = Set(change.keys)
        let state = try service.change(
            change,
            check: { state in
                try call.checkVersion(state.version)
                before = SettingsBody(state, isApplied: true, only: keys)
            }, in: tx)
        try call.record(
            SettingsBody(state, isApplied: true, only: keys), before: before, at: service.time.now, in: tx)
        return state
    }
}

/// Settings to change, by their names, and the proof of presence that some of them ask for.
struct SettingsInput: Input {
    /// The texts to save; an empty one takes a setting back.
    let change: [String: String]
    let presence: PresenceInput

    init(_ fields: Fields) {
        var change: [String: String] = [:]
        for setting in ShopSetting.all {
            if let text = setting.read(fields) { change[setting.key] = text }
        }
        self.change = change
        presence = PresenceInput(fields)
    }

    var isSensitive: Bool { ShopSetting.all.contains { $0.isSensitive && change[$0.key] != nil } }
}

/// The shop's settings, in the order in which they are shown.
struct SettingsBody: ResponseBody {
    /// Counts the changes; 0 where nothing was ever saved.
    let version: Int
    /// Whether the process that answers serves by them already.
    let isApplied: Bool
    let settings: [SettingBody]

    init(_ state: SettingsService.State, isApplied: Bool, only keys: Set<String>? = nil) {
        version = state.version
        self.isApplied = isApplied
        settings = ShopSetting.all.filter { keys?.contains($0.key) ?? true }.map { SettingBody($0, state) }
    }
}

/// A setting as staff see it.
struct SettingBody: ResponseBody {
    let key: String
    let type: SettingType
    /// Null where it is unset; a secret is `{"set": true, "ends": "a1b2"}`.
    let value: JSONValue
    /// What it is where nobody sets it; null where that is nothing, or follows from something else.
    let defaultValue: JSONValue
    let source: SettingOrigin
    /// The words to choose from; empty where any may be written.
    let choices: [String]
    /// Whether it cannot be changed here: the environment sets it, or it has to stay as it is.
    let isLocked: Bool
    /// Whether changing it asks for a fresh factor.
    let isSensitive: Bool

    init(_ setting: ShopSetting, _ state: SettingsService.State) {
        key = setting.key
        type = setting.type
        value = setting.shown(state.layers.text(setting.key) ?? setting.standard)
        defaultValue = setting.shown(setting.standard)
        source = state.layers.origin(of: setting.key)
        choices = setting.choices
        isLocked = state.refusal(of: setting.key) != nil
        isSensitive = setting.isSensitive
    }
}
