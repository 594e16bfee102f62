import AdminPages
import Primitives
import TestSupport

extension ScreenWalk {
    /// Expects the form to send what its endpoints take, and to show what the row has.
    mutating func walkForm() {
        guard let form = screen.form else { return }
        if !form.creates, !form.updates, !form.deletes { return note("the form neither makes nor changes rows") }
        expectDistinct(form.fields.filter { $0.use != .editing }.map(\.name), "fields of a new row")
        expectDistinct(form.fields.filter { $0.use != .creating }.map(\.name), "fields of a row")
        if form.creates { walkCreation(form) }
        if form.updates { walkUpdate(form) }
        if form.deletes { walkDeletion(form) }
    }

    /// Rows whose item has no DELETE are not deleted, and nothing offers it.
    private mutating func walkDeletion(_ form: AdminForm) {
        guard let path = form.delete?.path ?? screen.item else { return }
        let method = form.delete?.method.rawValue ?? "DELETE"
        guard let endpoint = api.operation(method, path) else {
            if form.delete != nil { note("no endpoint \(method) \(path)") }
            return
        }
        expectRequired(by: endpoint, given: [], path)
        expectBraces(of: path)
        walk(form.deletesWhere, in: item, "deleting")
    }

    private mutating func walkCreation(_ form: AdminForm) {
        let call = form.create ?? AdminCall(.post, screen.listPath)
        guard let endpoint = endpoint(call, "makes rows") else { return }
        let fields = form.fields.filter { $0.use != .editing }
        for field in fields { walk(field, endpoint, call.path) }
        expectRequired(by: endpoint, given: fields.map(\.name), call.path)
        for column in form.shows { walk(column, in: endpoint.answer ?? .null, "what is shown of a new row,") }
        // What was made is shown next.
        if let answer = endpoint.answer, screen.item != nil { expect(screen.key, in: answer, "the row that was made") }
    }

    private mutating func walkUpdate(_ form: AdminForm) {
        guard let item = screen.item else { return note("rows are changed and have no page") }
        let call = form.update ?? AdminCall(.patch, item)
        guard let endpoint = endpoint(call, "changes rows") else { return }
        let fields = form.fields.filter { $0.use != .creating }
        for field in fields {
            walk(field, endpoint, call.path)
            walkSource(of: field, in: self.item)
            walk(field.condition, in: self.item, "the field \(field.name)")
            if case .element(let list, let value, let label) = field.kind {
                walkElement(list, [value, label], "the field \(field.name)")
            }
        }
        if call.method != .patch { expectRequired(by: endpoint, given: fields.map(\.name), call.path) }
        expectBraces(of: call.path)
    }

    /// Expects the shown row to have a field's value: what is not shown would be cleared by saving.
    mutating func walkSource(of field: AdminField, in schema: JSONValue) {
        switch field.kind {
        case .secret, .file, .quantities: return
        default: break
        }
        if let fallback = field.fallback { expect(fallback, in: schema, "the field \(field.name), left blank,") }
        guard let shown = expect(field.source ?? field.name, in: schema, "the field \(field.name)") else { return }
        let type = api.type(of: shown)
        switch field.kind {
        case .json: return
        case .choices, .countries, .rows, .lines, .offered, .records:
            if let type, type != "array" { note("the field \(field.name) shows a list and the row has \(type)") }
        default:
            if let type, ["array", "object"].contains(type) {
                note("the field \(field.name) shows one value and the row has \(type): name its member as the source")
            }
        }
    }

    /// Returns the endpoint of a call, and notes where there is none.
    mutating func endpoint(_ call: AdminCall, _ what: String) -> APISchemas.Operation? {
        let found = api.operation(call.method.rawValue, call.path)
        if found == nil { note("no endpoint \(call.method.rawValue) \(call.path), which \(what)") }
        return found
    }

    mutating func expectRequired(by endpoint: APISchemas.Operation, given names: [String], _ path: String) {
        let missing = endpoint.required.subtracting(names.map { String($0.prefix { $0 != "." }) })
        if missing.isEmpty { return }
        note("\(path) asks for \(missing.sorted().joined(separator: ", ")), and no field has it")
    }

    /// Expects what stands in a path's braces to be in the row.
    private mutating func expectBraces(of path: String) {
        for match in path.matches(of: /\{([^}]*)\}/) { expect(String(match.1), in: item, "the path \(path)") }
    }
}

extension ScreenWalk {
    /// Expects an endpoint to take what a field sends.
    mutating func walk(_ field: AdminField, _ endpoint: APISchemas.Operation, _ path: String) {
        let what = "the field \(field.name) of \(path)"
        guard let input = api.input(field.name, of: endpoint) else { return note("\(what): it is not taken") }
        walkType(of: field, input, endpoint, what)
        // What is read from an address has no null: blank parameters are left out.
        if !endpoint.isRead { walkBlank(field, input, what) }
        walkChoices(of: field, input, what)
        if let standard = field.standard, case .choice(let words) = field.kind, !words.contains(standard) {
            note("\(what) begins with \(standard), which is no choice")
        }
    }

    private mutating func walkType(
        of field: AdminField, _ input: JSONValue, _ endpoint: APISchemas.Operation, _ what: String
    ) {
        guard let type = api.type(of: input) else { return }
        let format = api.core(input)["format"]?.text
        let isMeant: Bool =
            switch field.kind {
            case .flag: type == "boolean"
            case .choices, .countries, .rows, .lines, .offered, .records, .quantities: type == "array"
            case .country: type == "string"
            case .json: ["array", "object"].contains(type)
            case .file: endpoint.isForm && api.core(input)["contentMediaType"] != nil
            case .choice(let words): type == "boolean" ? Set(words).isSubset(of: ["true", "false"]) : type != "array"
            case .day, .moment: type == "string" && ["date", "date-time"].contains(format)
            case .integer, .row: ["integer", "number", "string"].contains(type)
            case .decimal, .money, .rate: type != "array" && type != "object" && type != "boolean"
            default: type == "string" || type == "integer" || type == "number"
            }
        if !isMeant { note("\(what) sends \(field.kind), and \(format ?? type) is taken") }
        let isCode = isCountry(input) || isCountry(api.core(input)["items"] ?? .null)
        if isCode, ![AdminField.Kind.country, .countries].contains(field.kind) {
            note("\(what) takes codes of countries, and is not chosen by their names")
        }
    }

    private func isCountry(_ schema: JSONValue) -> Bool {
        api.core(schema)["format"]?.text == "iso-3166-1-alpha-2"
    }

    /// Expects a field that may be left blank to be taken blank.
    private mutating func walkBlank(_ field: AdminField, _ input: JSONValue, _ what: String) {
        guard !field.isRequired, !field.omitsEmpty else { return }
        let isRefusedBlank = (api.core(input)["minLength"]?.number ?? 0) > 0
        switch field.kind {
        case .text, .longText, .source:
            if isRefusedBlank, !field.blankIsNull { note("\(what) is refused blank: make it required, or null") }
            if field.blankIsNull, !api.isNullable(input) { note("\(what) is not taken as null") }
        case .integer, .decimal, .money, .rate, .choice, .country, .day, .moment, .row, .json:
            if !api.isNullable(input) { note("\(what) is sent as null where it is blank, which is refused") }
        default: return
        }
    }

    private mutating func walkChoices(of field: AdminField, _ input: JSONValue, _ what: String) {
        switch field.kind {
        case .choice(let words), .choices(let words): expect(words, areTakenBy: input, what)
        case .row(let name, let value), .rows(let name, let value): expectRows(of: name, value, what)
        case .offered(let path, let list, let value, let label): walkOffer(path, list, value, label, what)
        case .quantities(let quantities):
            let element = api.core(input)["items"] ?? .object([:])
            for name in [quantities.name, "quantity"] + (quantities.flag.map { [$0.name] } ?? []) {
                expect(name, in: element, what)
            }
        case .records(let members):
            for member in members { expect(member, in: api.core(input)["items"] ?? .object([:]), what) }
        default: return
        }
    }

    /// Expects an endpoint to list what a field offers.
    private mutating func walkOffer(_ path: String, _ list: String, _ value: String, _ label: String, _ what: String) {
        guard let endpoint = endpoint(AdminCall(.get, path), "offers \(what)"),
            let found = expect(list, in: endpoint.answer ?? .null, what)
        else { return }
        for member in [value, label] { expect(member, in: api.core(found)["items"] ?? .object([:]), what) }
    }

    /// Expects what a form is previewed by to take its fields, and to answer the parts.
    mutating func walkPreview() {
        guard let preview = screen.preview else { return }
        expectBraces(of: preview.call.path)
        guard let endpoint = endpoint(preview.call, "is the preview") else { return }
        let names = screen.form?.fields.map(\.name) ?? []
        for name in preview.fields {
            if !names.contains(name) { note("the preview has the field \(name), and the form has none") }
            if api.input(name, of: endpoint) == nil { note("the preview sends \(name) in vain") }
        }
        for part in preview.parts { expect(part.member, in: endpoint.answer ?? .null, "the preview") }
    }
}
