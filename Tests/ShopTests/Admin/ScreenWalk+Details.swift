import AdminPages
import Primitives
import TestSupport

extension ScreenWalk {
    /// Expects actions and commands to call endpoints with what they take.
    mutating func walkActions() {
        let ofElements = screen.sections.flatMap(\.actions)
        expectDistinct((screen.actions + ofElements).map(\.name), "actions")
        expectDistinct(screen.commands.map(\.name), "commands")
        if screen.item == nil, !screen.actions.allSatisfy(\.isBulk) { note("actions, and rows have no page") }
        for action in screen.actions {
            walk(action, subject: item, part: nil)
            walkBulk(action)
        }
        for command in screen.commands {
            walk(command, subject: .null, part: nil)
            if command.call.path.contains("{") { note("the command \(command.name) names a row") }
            if command.isBulk { note("the command \(command.name) is done to rows") }
        }
        for name in ["delete", "do", "files", "new", "bulk"] where screen.actions.contains(where: { $0.name == name }) {
            note("an action has the address \(name)")
        }
    }

    private mutating func walkBulk(_ action: AdminAction) {
        if let undo = action.undo {
            let other = screen.actions.first { $0.name == undo }
            if other == nil { note("the action \(action.name) is undone by \(undo), which is none") }
            if other?.isBulk == false { note("the action \(undo) undoes many rows and is done to one alone") }
            if other?.fields.isEmpty == false { note("the action \(undo) undoes at once and asks for something") }
        }
        guard action.isBulk else { return }
        if !action.shows.isEmpty { note("the action \(action.name) shows what it answers for one row alone") }
        for field in action.fields {
            if case .quantities = field.kind { note("the action \(action.name) asks for quantities of many rows") }
            if case .file = field.kind { note("the action \(action.name) takes a file for many rows") }
        }
    }

    /// Walks an action on `subject`, or on `part` of it.
    private mutating func walk(_ action: AdminAction, subject: JSONValue, part: JSONValue?) {
        let what = "the action \(action.name)"
        expectBraces(of: action.call.path, subject: subject, part: part, what)
        walk(action.condition, in: part ?? subject, what)
        if action.checksVersion { expect("version", in: subject, what) }
        guard let endpoint = endpoint(action.call, "is \(what)") else { return }
        expectDistinct(action.fields.map(\.name), what)
        for field in action.fields {
            walk(field, endpoint, action.call.path)
            if field.source != nil { walkSource(of: field, in: part ?? subject) }
            walkQuantities(field, in: part ?? subject, what)
        }
        for name in action.body.keys.sorted() where endpoint.inputs[name] == nil {
            note("\(what) sends \(name) in vain")
        }
        expectRequired(by: endpoint, given: action.fields.map(\.name) + action.body.keys, action.call.path)
        for column in action.shows { walk(column, in: endpoint.answer ?? .null, "what \(what) shows,") }
        if let next = action.next, !screen.commands.contains(where: { $0.name == next }) {
            note("\(what) is followed by \(next), which is no command")
        }
    }

    private mutating func walkQuantities(_ field: AdminField, in schema: JSONValue, _ what: String) {
        guard case .quantities(let list, let id, _, let most, let label) = field.kind,
            let found = expect(list, in: schema, what)
        else { return }
        for member in [id, most, label] { expect(member, in: api.core(found)["items"] ?? .object([:]), what) }
    }

    private mutating func walk(_ condition: AdminCondition, in schema: JSONValue, _ what: String) {
        let what = "the condition of \(what)"
        switch condition {
        case .always: return
        case .holds(let member): expect(member, in: schema, what)
        case .not(let other): walk(other, in: schema, what)
        case .all(let others), .any(let others): for other in others { walk(other, in: schema, what) }
        case .oneOf(let member, let words):
            guard let found = expect(member, in: schema, what), let known = api.words(of: found) else { return }
            let unknown = words.filter { !known.contains($0) }
            if !unknown.isEmpty { note("\(what): \(member) is never \(unknown.joined(separator: ", "))") }
        }
    }

    /// Expects what stands in a path's braces to be in the row, or behind `row.` in its part.
    private mutating func expectBraces(of path: String, subject: JSONValue, part: JSONValue?, _ what: String) {
        for match in path.matches(of: /\{([^}]*)\}/) {
            let name = String(match.1)
            guard name.hasPrefix("row.") else {
                if subject != .null { expect(name, in: subject, "the path of \(what)") }
                continue
            }
            guard let part else {
                note("the path of \(what) names an element, and it is of none")
                continue
            }
            expect(String(name.dropFirst(4)), in: part, "the path of \(what)")
        }
    }
}

extension ScreenWalk {
    /// Expects the parts of a row's page to show what endpoints answer.
    mutating func walkSections() {
        if !screen.sections.isEmpty, screen.item == nil { note("sections, and rows have no page") }
        for section in screen.sections {
            let what = "the section \(section.title.english)"
            switch section.content {
            case .facts(let columns): for column in columns { walk(column, in: item, "\(what),") }
            case .relatedFacts(let path, let columns):
                guard let answer = related(path, what) else { continue }
                for column in columns { walk(column, in: answer, "\(what),") }
            case .table(let member, let columns):
                guard let found = expect(member, in: item, what) else { continue }
                if let type = api.type(of: found), type != "array" { note("\(what) is a table of \(type)") }
                walk(section, columns, element: api.core(found)["items"] ?? .object([:]), what)
            case .related(let path, let columns):
                guard let answer = related(path, what) else { continue }
                walk(section, columns, element: api.row(of: answer), what)
            case .comparison(let before, let after):
                for member in [before, after] { expect(member, in: item, what) }
            case .document(let member): expect(member, in: item, what)
            }
        }
    }

    private mutating func walk(
        _ section: AdminSection, _ columns: [AdminColumn], element: JSONValue, _ what: String
    ) {
        expectDistinct(columns.map { "\($0.member) as \($0.title.english)" }, what)
        for column in columns { walk(column, in: element, "\(what),") }
        if let (name, key) = section.screen {
            if screens[name]?.item == nil { note("\(what): rows of \(name) have no page") }
            expect(key, in: element, what)
        }
        if !section.actions.isEmpty || !section.files.isEmpty { expect("id", in: element, what) }
        for action in section.actions { walk(action, subject: item, part: element) }
        for file in section.files {
            walk(file, in: element)
            expectBraces(of: file.path, subject: item, part: element, "the document \(file.name)")
            // Of the element the address of a document carries the id alone.
            for match in file.path.matches(of: /\{row\.([^}]*)\}/) where match.1 != "id" {
                note("the document \(file.name) names \(match.1) of an element")
            }
        }
    }

    /// Returns the schema of what another endpoint answers.
    private mutating func related(_ path: String, _ what: String) -> JSONValue? {
        guard let endpoint = endpoint(AdminCall(.get, path), "is \(what)") else { return nil }
        for match in path.matches(of: /\{([^}]*)\}/) { expect(String(match.1), in: item, "the path of \(what)") }
        for match in path.matches(of: /[?&]([^=&]+)=/) where endpoint.inputs[String(match.1)] == nil {
            note("\(what): GET \(path) does not take \(match.1)")
        }
        if endpoint.answer == nil { note("\(what): GET \(path) answers no JSON") }
        return endpoint.answer
    }

    /// Expects documents to be made by endpoints.
    mutating func walkFiles() {
        expectDistinct((screen.files + screen.sections.flatMap(\.files)).map(\.name), "documents")
        for file in screen.files {
            walk(file, in: item)
            expectBraces(of: file.path, subject: item, part: nil, "the document \(file.name)")
        }
    }

    private mutating func walk(_ file: AdminFile, in schema: JSONValue) {
        walk(file.condition, in: schema, "the document \(file.name)")
        _ = endpoint(AdminCall(.get, file.path), "is the document \(file.name)")
    }
}
