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
    }

    private mutating func walkBulk(_ action: AdminAction) {
        if let undo = action.undo {
            let other = screen.actions.first { $0.name == undo }
            if other == nil { note("the action \(action.name) is undone by \(undo), which is none") }
            if other?.isBulk == false { note("the action \(undo) undoes many rows and is done to one alone") }
            if other?.fields.contains(where: \.isRequired) == true {
                note("the action \(undo) undoes at once and asks for something")
            }
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
        for name in (Array(action.body.keys) + Array(action.sends.keys)).sorted() where endpoint.inputs[name] == nil {
            note("\(what) sends \(name) in vain")
        }
        for path in action.sends.values.sorted() { expectMember(path, subject: subject, part: part, what) }
        let given = action.fields.map(\.name) + Array(action.body.keys) + Array(action.sends.keys)
        expectRequired(by: endpoint, given: given, action.call.path)
        if let condition = action.primaryWhere { walk(condition, in: part ?? subject, what) }
        for effect in action.effects { walk(effect.condition, in: part ?? subject, what) }
        if let (name, key) = action.leadsTo {
            if screens[name] == nil { note("\(what) leads to \(name), which is no screen") }
            expect(key, in: endpoint.answer ?? .null, "what \(what) leads to")
        }
        if let example = action.example, !screen.exports.contains(where: { $0.name == example }) {
            note("\(what) has the example \(example), which is no document")
        }
        for column in action.shows { walk(column, in: endpoint.answer ?? .null, "what \(what) shows,") }
        if let next = action.next, !screen.commands.contains(where: { $0.name == next }) {
            note("\(what) is followed by \(next), which is no command")
        }
    }

    private mutating func walkQuantities(_ field: AdminField, in schema: JSONValue, _ what: String) {
        guard case .quantities(let quantities) = field.kind else { return }
        // The element's members go before the row's, of which it is a part.
        guard let found = api.schema(at: quantities.list, in: schema) ?? expect(quantities.list, in: item, what) else {
            return
        }
        for member in [quantities.id, quantities.most] + quantities.labels {
            expect(member, in: api.core(found)["items"] ?? .object([:]), what)
        }
    }

    mutating func walk(_ condition: AdminCondition, in schema: JSONValue, _ what: String) {
        let what = "the condition of \(what)"
        switch condition {
        case .always: return
        case .holds(let member), .exceedsZero(let member): expect(member, in: schema, what)
        case .not(let other): walk(other, in: schema, what)
        case .all(let others), .any(let others): for other in others { walk(other, in: schema, what) }
        case .oneOf(let member, let words):
            guard let found = expect(member, in: schema, what) else { return }
            let items = api.core(found)["items"]
            guard let known = api.words(of: items ?? found) else { return }
            let unknown = words.filter { !known.contains($0) }
            if !unknown.isEmpty { note("\(what): \(member) is never \(unknown.joined(separator: ", "))") }
        }
    }

    /// Expects what stands in a path's braces to be in the row, or behind `row.` in its part.
    private mutating func expectBraces(of path: String, subject: JSONValue, part: JSONValue?, _ what: String) {
        for match in path.matches(of: /\{([^}]*)\}/) {
            expectMember(String(match.1), subject: subject, part: part, "the path of \(what)")
        }
    }

    /// Expects a member to be in the row, or behind `row.` in its part.
    private mutating func expectMember(_ name: String, subject: JSONValue, part: JSONValue?, _ what: String) {
        guard name.hasPrefix("row.") else {
            if subject != .null { expect(name, in: subject, what) }
            return
        }
        guard let part else { return note("\(what) names an element, and it is of none") }
        expect(String(name.dropFirst(4)), in: part, what)
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
            case .pictures(let pictures): walk(pictures, what)
            case .grid(let grid): walk(grid, what)
            }
            if let (name, query) = section.listing { walkListing(name, query, what) }
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
        }
    }

    /// Returns the schema of what another endpoint answers.
    private mutating func related(_ path: String, _ what: String) -> JSONValue? {
        guard let endpoint = endpoint(AdminCall(.get, path), "is \(what)") else { return nil }
        for match in path.matches(of: /\{([^}]*)\}/) { expect(String(match.1), in: item, "the path of \(what)") }
        for match in path.matches(of: #/[?&]([^=&]+)=/#) where endpoint.inputs[String(match.1)] == nil {
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
        expectDistinct((screen.exports.map(\.name) + screen.bulkFiles.map(\.name)), "documents about many rows")
        for file in screen.exports { _ = endpoint(AdminCall(.get, file.path), "is the document \(file.name)") }
        for file in screen.bulkFiles {
            guard let endpoint = endpoint(AdminCall(.get, file.path), "is the document \(file.name)") else { continue }
            if endpoint.inputs[file.parameter] == nil { note("\(file.path) does not take \(file.parameter)") }
            if screen.actions.contains(where: { $0.isBulk && $0.name == file.name }) {
                note("the document \(file.name) has the name of an action")
            }
        }
    }

    private mutating func walk(_ file: AdminFile, in schema: JSONValue) {
        walk(file.condition, in: schema, "the document \(file.name)")
        _ = endpoint(AdminCall(.get, file.path), "is the document \(file.name)")
        if let subject = file.subject { _ = endpoint(AdminCall(.get, subject), "says who has \(file.name)") }
    }
}

extension ScreenWalk {
    /// Expects pictures to be listed by the row, and to be added, described and taken off by endpoints.
    private mutating func walk(_ pictures: AdminPictures, _ what: String) {
        guard let found = expect(pictures.member, in: item, what) else { return }
        let element = api.core(found)["items"] ?? .object([:])
        for member in ["id", "version", pictures.address, pictures.sizes, pictures.text] {
            expect(member, in: element, what)
        }
        for call in [pictures.add, pictures.change, pictures.remove] {
            expectBraces(of: call.path, subject: item, part: call == pictures.add ? nil : element, what)
        }
        if let adding = endpoint(pictures.add, "adds to \(what)"), !adding.isForm || adding.inputs[pictures.file] == nil
        {
            note("\(what): \(pictures.add.path) takes no file \(pictures.file)")
        }
        _ = endpoint(pictures.remove, "takes off from \(what)")
        guard let changing = endpoint(pictures.change, "changes \(what)") else { return }
        if changing.inputs[pictures.order] == nil {
            note("\(what): \(pictures.change.path) takes no \(pictures.order)")
        }
        for field in pictures.fields {
            walk(field, changing, pictures.change.path)
            walkSource(of: field, in: element)
        }
    }

    /// Expects the elements of a grid to be made, changed and deleted by endpoints that take what it sends.
    private mutating func walk(_ grid: AdminGrid, _ what: String) {
        guard let element = element(of: grid, what) else { return }
        expect("id", in: element, what)
        for member in [grid.label, grid.detail].compactMap({ $0 }) { expect(member, in: element, what) }
        for member in grid.sends.values.sorted() { expectMember(member, subject: item, part: element, what) }
        for (call, part) in [(grid.create, nil), (grid.update, element), (grid.delete, element)]
            as [(AdminCall?, JSONValue?)]
        {
            guard let call else { continue }
            expectBraces(of: call.path, subject: item, part: part, what)
            guard let endpoint = endpoint(call, "is of \(what)"), call != grid.delete else { continue }
            let isNew = part == nil
            walk(grid, element, endpoint, isNew: isNew, call.path)
            for name in grid.sends.keys.sorted() where !isNew && endpoint.inputs[name] == nil {
                note("\(what) sends \(name) in vain")
            }
            guard isNew else { continue }
            for (name, member) in grid.inherited.sorted(by: { $0.key < $1.key }) {
                if endpoint.inputs[name] == nil { note("\(what) sends \(name) in vain") }
                expect(member, in: item, what)
            }
        }
    }

    /// Returns the schema of an element of a grid: of the row's list, or of what another endpoint lists.
    private mutating func element(of grid: AdminGrid, _ what: String) -> JSONValue? {
        if let path = grid.path { return related(path, what).map { api.row(of: $0) } }
        return expect(grid.member, in: item, what).map { api.core($0)["items"] ?? .object([:]) }
    }

    private mutating func walk(
        _ grid: AdminGrid, _ element: JSONValue, _ endpoint: APISchemas.Operation, isNew: Bool,
        _ path: String
    ) {
        for column in grid.columns {
            switch column {
            case .shown(let shown): walk(shown, in: element, "a grid’s column")
            case .entered(let field):
                guard field.use == .always || (field.use == .creating) == isNew else { continue }
                if !isNew, !grid.beginsBlank { walkSource(of: field, in: element) }
                // What is blank in a new row of a grid is not sent.
                walk(isNew ? field.with { $0.omitsEmpty = true } : field, endpoint, path)
            case .pairs(let pairs):
                for schema in [api.schema(at: pairs.member, in: element), api.input(pairs.member, of: endpoint)] {
                    let items = schema.flatMap { api.core($0)["items"] } ?? .null
                    for name in [pairs.name, pairs.value] {
                        expect(name, in: items, "the pairs \(pairs.member) of \(path)")
                    }
                }
            }
        }
    }

    /// Expects another screen's list to take the query of a link to it.
    private mutating func walkListing(_ name: String, _ query: String, _ what: String) {
        guard let other = screens[name] else { return note("\(what): there is no screen \(name)") }
        let names = other.filters.map(\.name) + ["search", "ordering"]
        for match in query.matches(of: #/(?:^|&)([^=&]+)=/#) where !names.contains(String(match.1)) {
            note("\(what): the list of \(name) has no filter \(match.1)")
        }
        for match in query.matches(of: /\{([^}]*)\}/) { expect(String(match.1), in: item, what) }
    }
}
