import Primitives

/// Draws schemas of the document as lists of fields, one within the other.
struct SchemaMarkup {
    /// What a schema is about, which says how its fields are read.
    enum Direction {
        /// Fields that are sent: components are drawn where they stand, since a reader has to write them.
        case request
        /// Fields that are answered: components are links to where each is drawn once.
        case answer
    }

    private let schemas: DocumentNode?
    private let direction: Direction

    init(_ document: DocumentNode, _ direction: Direction) {
        schemas = document["components"]?["schemas"]
        self.direction = direction
    }

    /// Returns the fields of an object, of what a list holds, or of what may be null; empty where there are none. `seen` are
    /// components that are being drawn.
    func fields(of schema: DocumentNode, _ seen: Set<String> = []) -> String {
        guard let (object, drawn) = holder(in: schema, seen) else { return "" }
        let required = Set(object["required"]?.list.compactMap(\.text) ?? [])
        let properties = object["properties"]?.members ?? []
        let first = properties.filter { required.contains($0.name) }
        let rows = (first + properties.filter { !required.contains($0.name) }).map { property in
            row(property.name, property.node, isRequired: required.contains(property.name), drawn)
        }
        return Self.list(rows)
    }

    /// Returns rows as a list.
    static func list(_ rows: [String]) -> String {
        rows.isEmpty ? "" : "<ul class=\"fields\">" + rows.joined() + "</ul>"
    }

    /// Returns a field with what it holds; `description` goes before that of its schema.
    func row(
        _ name: String, _ schema: DocumentNode, isRequired: Bool, _ seen: Set<String> = [], description: String? = nil
    ) -> String {
        var row = "<li><code class=\"name\">" + name.escapedForHTML + "</code> <span class=\"kind\">" + kind(of: schema)
        row += "</span>" + presence(isRequired)
        if let words = description ?? words(of: schema) {
            row += " <span class=\"says\">" + words.proseForHTML + "</span>"
        }
        if let example = example(of: schema) { row += " <span class=\"says\">For example " + example + "</span>" }
        return row + fields(of: schema, seen) + "</li>"
    }

    private func presence(_ isRequired: Bool) -> String {
        switch direction {
        case .request: isRequired ? " <span class=\"need\">required</span>" : ""
        case .answer: isRequired ? "" : " <span class=\"kind\">not always there</span>"
        }
    }

    /// Returns the object that a schema is, may be, or holds many of; nil where there is none, or it is being drawn.
    private func holder(in schema: DocumentNode, _ seen: Set<String>) -> (DocumentNode, Set<String>)? {
        if let name = schema.reference {
            guard direction == .request, !seen.contains(name), let target = schemas?[name] else { return nil }
            return holder(in: target, seen.union([name]))
        }
        for choice in schema["anyOf"]?.list ?? [] {
            if let found = holder(in: choice, seen) { return found }
        }
        if let inner = schema["items"] ?? named(schema) { return holder(in: inner, seen) }
        return schema["properties"] == nil ? nil : (schema, seen)
    }

    /// Returns the schema of members under any name.
    private func named(_ schema: DocumentNode) -> DocumentNode? {
        guard let inner = schema["additionalProperties"], !inner.members.isEmpty else { return nil }
        return inner
    }

    private func words(of schema: DocumentNode) -> String? {
        let own = [schema] + (schema["anyOf"]?.list ?? [])
        return own.lazy.compactMap { $0["description"]?.text }.first { !$0.isEmpty }
    }

    private func example(of schema: DocumentNode) -> String? {
        let own = [schema] + (schema["anyOf"]?.list ?? [])
        let found = own.lazy.compactMap { $0["example"] ?? $0["examples"]?.list.first }.first
        guard let found, let bytes = try? JSONBytes.encode(found.json) else { return nil }
        return (found.text ?? String(decoding: bytes, as: UTF8.self)).codeForHTML
    }
}

extension SchemaMarkup {
    /// Returns the type of a value in words, as HTML.
    func kind(of schema: DocumentNode) -> String {
        if let name = schema.reference {
            guard let target = schemas?[name], target["properties"] == nil, target["type"]?.text != "object" else {
                return "<a href=\"#\(Self.anchor(name))\">" + name.escapedForHTML + "</a>"
            }
            return kind(of: target)
        }
        if let choices = schema["anyOf"] { return choices.list.map { kind(of: $0) }.joined(separator: " or ") }
        if let choices = schema["enum"] {
            return "one of " + choices.list.compactMap(\.text).map(\.codeForHTML).joined(separator: " ")
        }
        if let items = schema["items"] { return "list of " + kind(of: items) + bounds(of: schema) }
        if let inner = named(schema) { return "object of any names, each " + kind(of: inner) }
        return simple(schema) + bounds(of: schema)
    }

    /// Returns the fragment of a component's place on the page.
    static func anchor(_ component: String) -> String { "shape-" + component.keeping(\.isPlainWord) }

    private func simple(_ schema: DocumentNode) -> String {
        let type = schema["type"]?.text ?? "any value"
        if schema["contentMediaType"] != nil || schema["format"]?.text == "binary" { return "file" }
        guard let format = schema["format"]?.text, format != "int64" else { return type.escapedForHTML }
        return (type + ", " + format).escapedForHTML
    }

    private func bounds(of schema: DocumentNode) -> String {
        [
            span(schema["minLength"], schema["maxLength"], "characters"),
            span(schema["minItems"], schema["maxItems"], "elements"), span(schema["minimum"], schema["maximum"], ""),
        ].compactMap { $0 }.joined()
    }

    private func span(_ least: DocumentNode?, _ most: DocumentNode?, _ unit: String) -> String? {
        let words: String? =
            switch (least?.text, most?.text) {
            case (let least?, let most?): least + " to " + most
            case (let least?, nil): "at least " + least
            case (nil, let most?): "at most " + most
            case (nil, nil): nil
            }
        return words.map { ", " + ($0 + (unit.isEmpty ? "" : " " + unit)).escapedForHTML }
    }
}
