import AdminPages
import Primitives
import Web

/// What the endpoint says of the settings, beside what the admin calls them.
struct KnownSettings: Sendable {
    /// The version of the whole.
    let version: String
    private let byKey: [String: JSONValue]
    private let keys: [String]

    init(_ json: JSONValue) {
        version = json.text("version") ?? ""
        let entries = (json.at("settings")?.elements ?? []).compactMap { setting in
            setting.text("key").map { ($0, setting) }
        }
        keys = entries.map { $0.0 }
        byKey = Dictionary(entries) { first, _ in first }
    }

    /// Whether nothing was ever saved.
    var isFirst: Bool { version == "0" }

    /// The values by name, as the form of a row has them.
    var row: JSONValue { .object(byKey.mapValues { $0.at("value") ?? .null }) }

    /// The groups of the page with the settings that there are; what no group has comes last.
    var groups: [(group: SettingsGroup, labels: [SettingLabel])] {
        let named = Set(SettingsGroup.all.flatMap(\.labels).map(\.key))
        let all = SettingsGroup.all + [SettingsGroup.others(keys.filter { !named.contains($0) })]
        return all.compactMap { group -> (group: SettingsGroup, labels: [SettingLabel])? in
            let labels = group.labels.filter { byKey[$0.key] != nil }
            return labels.isEmpty ? nil : (group, labels)
        }
    }

    /// The fields of the settings that can be changed.
    var fields: [AdminField] {
        groups.flatMap { $0.labels }.filter { !isLocked($0.key) }.map { field($0) }
    }

    /// Returns what is said of a setting.
    func setting(_ key: String) -> JSONValue { byKey[key] ?? .null }

    func isLocked(_ key: String) -> Bool { setting(key).at("is_locked") == .bool(true) }

    func isSecret(_ key: String) -> Bool { setting(key).text("type") == "secret" }

    func field(_ label: SettingLabel) -> AdminField {
        AdminField(label.key, label.title, kind(of: label.key), help: label.help)
    }

    private func kind(of key: String) -> AdminField.Kind {
        let setting = setting(key)
        switch setting.text("type") {
        case "list": return .lines
        case "boolean": return .flag
        case "integer": return .integer
        case "rate": return .rate
        case "secret": return .secret
        case "choice":
            let words = (setting.at("choices")?.elements ?? []).compactMap(\.scalarText)
            let own = [setting.text("value")].compactMap { $0 }.filter { !words.contains($0) }
            return .choice(own + words)
        default: return .text
        }
    }

    /// Returns what somebody changed on their page: what differs from what the page held, whatever others have set meanwhile.
    /// What is left alone stays as it is, a default too. What is no setting, the proof of presence, is sent along.
    func changes(_ members: [String: JSONValue], _ sent: SubmittedForm) -> [String: JSONValue] {
        var changes = members.filter { name, value in byKey[name] == nil || isChanged(name, to: value, sent) }
        for key in keys where !isLocked(key) && changes[key] == nil && sent[key + ".clear"] == "true" {
            changes[key] = .null
        }
        return changes
    }

    /// Returns whether what was sent of a setting differs from what the page held. A page that does not say what that was is
    /// compared with what is set, and what it does not have is as it was.
    func isChanged(_ key: String, to entered: JSONValue, _ sent: SubmittedForm) -> Bool {
        guard let origin = sent["was." + key] else { return sent[key] != nil && !isSame(entered, key) }
        let text = (sent[key] ?? "").replacing { $0 == "\r" ? "" : nil }
        let former = SectionOrigin.texts(origin).first ?? ""
        if setting(key).text("type") == "boolean" { return (text == "true") != (former == "true") }
        return !text.isSame(as: former)
    }

    private func isSame(_ entered: JSONValue, _ key: String) -> Bool {
        guard let setting = byKey[key] else { return false }
        let known = setting.at("value") ?? .null
        if case .array(let elements) = known { return entered.elements == elements }
        let (new, old) = (entered.scalarText ?? "", known.scalarText ?? "")
        if setting.text("type") == "rate" { return AdminRate.percent(new) == AdminRate.percent(old) }
        return new == old
    }
}
