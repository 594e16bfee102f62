extension MarkupPage {
    /// A form of a page, with what a browser would send of it as it stands.
    package struct Form: Sendable {
        /// `get` or `post`.
        package let method: String
        /// The address that it is sent to; empty for the page's own.
        package let action: String
        /// Whether it is sent as `multipart/form-data`.
        package let isMultipart: Bool
        /// The names and values that are sent, in order.
        package var fields: [(name: String, value: String)] = []
        /// What can be entered or chosen, in order.
        package var controls: [Control] = []
        /// The buttons that send it.
        package var buttons: [Button] = []

        /// Returns the first value that is sent under a name.
        package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

        /// Returns the fields as they stand, with some of them replaced by others.
        package func filled(_ values: [String: String]) -> [(name: String, value: String)] {
            let others = values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
            return fields.filter { values[$0.name] == nil } + others
        }
    }

    /// Something within a form that a reader enters or chooses.
    package struct Control: Sendable {
        package let name: String
        /// `text`, `password`, `checkbox`, `file`, `hidden` …, `textarea` or `select`.
        package let kind: String
        package let id: String
        /// The values to choose from; empty for what is entered.
        package var options: [String] = []
    }

    /// A button.
    package struct Button: Sendable {
        package let name: String
        package let value: String
        package let text: String
    }

    /// The forms of the page, in order.
    package var forms: [Form] {
        var forms: [Form] = []
        var rest = parts[...]
        while let start = rest.firstIndex(where: { Self.tag($0)?.name == "form" }) {
            let end = rest[start...].firstIndex { if case .close("form") = $0 { true } else { false } } ?? rest.endIndex
            if let tag = Self.tag(rest[start]) { forms.append(Self.form(tag, rest[rest.index(after: start)..<end])) }
            rest = rest[end...]
        }
        return forms
    }

    /// Returns the first form that is sent to an address.
    package func form(to action: String) -> Form? { forms.first { $0.action == action } }

    /// The ids that labels name.
    package var labelled: Set<String> { Set(values(of: "for", in: "label")) }

    private static func tag(_ part: Part) -> Tag? {
        if case .open(let tag) = part { tag } else { nil }
    }

    private static func form(_ tag: Tag, _ parts: ArraySlice<Part>) -> Form {
        var form = Form(
            method: tag.attributes["method"] ?? "get", action: tag.attributes["action"] ?? "",
            isMultipart: tag.attributes["enctype"] == "multipart/form-data")
        for place in parts.indices {
            guard let tag = Self.tag(parts[place]) else { continue }
            switch tag.name {
            case "input": add(tag, to: &form)
            case "textarea": add(tag, text: text(from: place, upTo: "textarea", parts), to: &form)
            case "select": add(tag, options: options(from: place, parts), to: &form)
            case "button":
                form.buttons.append(
                    Button(
                        name: tag.attributes["name"] ?? "", value: tag.attributes["value"] ?? "",
                        text: trimmed(text(from: place, upTo: "button", parts))))
            default: continue
            }
        }
        return form
    }

    private static func add(_ tag: Tag, to form: inout Form) {
        let (name, kind) = (tag.attributes["name"] ?? "", tag.attributes["type"] ?? "text")
        guard !name.isEmpty else { return }
        form.controls.append(Control(name: name, kind: kind, id: tag.attributes["id"] ?? ""))
        let isTicked = tag.attributes["checked"] != nil
        let isSent = ["checkbox", "radio"].contains(kind) ? isTicked : !["file", "submit", "button"].contains(kind)
        if isSent { form.fields.append((name, tag.attributes["value"] ?? (isTicked ? "on" : ""))) }
    }

    private static func add(_ tag: Tag, text: String, to form: inout Form) {
        guard let name = tag.attributes["name"] else { return }
        form.controls.append(Control(name: name, kind: "textarea", id: tag.attributes["id"] ?? ""))
        form.fields.append((name, text))
    }

    private static func add(_ tag: Tag, options: [Tag], to form: inout Form) {
        guard let name = tag.attributes["name"] else { return }
        let values = options.map { $0.attributes["value"] ?? "" }
        form.controls.append(
            Control(name: name, kind: "select", id: tag.attributes["id"] ?? "", options: values))
        let chosen = options.first { $0.attributes["selected"] != nil } ?? options.first
        if let chosen { form.fields.append((name, chosen.attributes["value"] ?? "")) }
    }

    private static func options(from place: Int, _ parts: ArraySlice<Part>) -> [Tag] {
        let end = parts[place...].firstIndex { if case .close("select") = $0 { true } else { false } } ?? parts.endIndex
        return parts[place..<end].compactMap { tag($0) }.filter { $0.name == "option" }
    }

    private static func text(from place: Int, upTo name: String, _ parts: ArraySlice<Part>) -> String {
        var text = ""
        for part in parts[place...].dropFirst() {
            if case .close(name) = part { break }
            if case .text(let more) = part { text += more }
        }
        return text
    }
}
