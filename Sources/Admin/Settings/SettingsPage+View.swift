import AdminPages
import Primitives
import Web

/// The settings' page as its template shows it.
extension SettingsPage {
    /// Returns the page; `asked` are the fields that prove who is there, `trial` what became of a test mail.
    func page(
        _ known: KnownSettings, _ state: FormState, asking asked: [AdminField] = [], trial: [String: Any] = [:]
    ) async -> AdminPage {
        let views = FieldViews(visit)
        let held = FieldValues(visit: visit, fields: known.fields).texts(of: known.row)
        var groups: [[String: Any]] = []
        for (group, labels) in known.groups {
            var entries: [[String: Any]] = []
            for label in labels {
                var entry = await entry(label, known, state, views)
                if !known.isLocked(label.key), !known.isSecret(label.key) {
                    entry["was"] = SectionOrigin.text(held[label.key] ?? [])
                }
                entries.append(entry)
            }
            var view: [String: Any] = ["title": visit.text(group.title), "entries": entries]
            if let explanation = group.explanation { view["explanation"] = visit.text(explanation) }
            groups.append(view)
        }
        var proof: [[String: Any]] = []
        for field in asked { proof.append(await views.view(field, [], error: state.errors.byField[field.name])) }
        var page = visit.page(
            "settings", title: SettingsWords.title,
            [
                "groups": groups, "proof": proof, "version": state.version ?? known.version,
                "introduction": visit.text(known.isFirst ? SettingsWords.introduction : SettingsWords.blank),
                "hasErrors": !state.errors.general.isEmpty || !state.errors.byField.isEmpty,
                "isMarked": !state.errors.byField.isEmpty, "errors": state.errors.general, "trial": mailForm(trial),
                "links": links,
                "hasLinks": !links.isEmpty, "more": visit.text(SettingsWords.more),
            ])
        page.status = state.status
        return page
    }

    private func entry(
        _ label: SettingLabel, _ known: KnownSettings, _ state: FormState, _ views: FieldViews
    ) async -> [String: Any] {
        let setting = known.setting(label.key)
        let origin = origin(of: setting)
        guard !known.isLocked(label.key) else {
            return [
                "isLocked": true, "label": visit.text(label.title), "shown": shown(setting.at("value"), setting),
                "origin": origin,
            ]
        }
        var view = await views.view(
            known.field(label), state.texts[label.key] ?? [], error: state.errors.byField[label.key])
        view["origin"] = origin
        if known.isSecret(label.key), let value = setting.at("value"), value != .null {
            let ends = value.text("ends") ?? ""
            view["origin"] =
                ends.isEmpty ? visit.text(SettingsWords.secretSet) : visit.text(SettingsWords.secretEnds, ends)
            view["clear"] = ["field": label.key + ".clear", "caption": visit.text(SettingsWords.forget)]
        }
        return view
    }

    /// Says where a value comes from, and what it would be otherwise.
    private func origin(of setting: JSONValue) -> String {
        let key = setting.text("key") ?? ""
        switch setting.text("source") {
        case "environment": return visit.text(SettingsWords.environment, key)
        case "shop" where setting.at("is_locked") != .bool(true):
            let standard = setting.at("default_value") ?? .null
            let own = visit.text(SettingsWords.saved)
            return standard.holds || standard == .bool(false)
                ? own + " " + visit.text(SettingsWords.standard, shown(standard, setting)) : own
        default:
            return visit.text(setting.at("is_locked") == .bool(true) ? SettingsWords.fixed : SettingsWords.unset)
        }
    }

    /// Returns a value as text.
    private func shown(_ value: JSONValue?, _ setting: JSONValue) -> String {
        let value = value ?? .null
        switch (setting.text("type"), value) {
        case (_, .null): return visit.text(SettingsWords.nothing)
        case ("secret", _): return visit.text(SettingsWords.secretSet)
        case ("rate", _): return visit.format.rate(value.scalarText ?? "")
        case (_, .bool(let flag)): return visit.text(flag ? Words.yes : Words.no)
        case (_, .array(let elements)):
            return elements.isEmpty
                ? visit.text(SettingsWords.nothing) : elements.compactMap(\.scalarText).joined(separator: ", ")
        default: return value.scalarText ?? ""
        }
    }

    /// The form of a test mail; to the reader unless another address was entered.
    private func mailForm(_ trial: [String: Any]) -> [String: Any] {
        let texts: [String: Any] = [
            "heading": visit.text(SettingsWords.mailTitle), "hint": visit.text(SettingsWords.mailHelp),
            "caption": visit.text(SettingsWords.mailTo), "button": visit.text(SettingsWords.mailSend),
            "to": visit.identity.email,
        ]
        return texts.merging(trial) { $1 }
    }

    /// The screens of settings that have rows: gateways, taxes, shipping.
    private var links: [[String: Any]] {
        visit.site.screens.filter { $0.area == .settings && $0.isInMenu && visit.may(.get, $0.list) }.map { screen in
            ["caption": visit.text(screen.title), "path": "/admin/\(screen.name)/"]
        }
    }
}
