import AdminPages
import Commerce
import HTTPTypes
import Primitives
import Testing
import Web

@testable import Admin

/// Fields between a browser's texts and the API's JSON.
@Suite struct FieldValuesTests {
    private static func withValues(
        _ fields: [AdminField], in language: AdminLanguage = .english, _ body: (FieldValues) throws -> Void
    ) async throws {
        try await withTrialSite { trial in
            let call = APIRequest(method: .get, path: "/admin/trials/", baseURL: "http://shop.test")
            let visit = Visit(
                site: trial.site, call: call, identity: TrialSite.Reader.admin.identity, language: language)
            try body(FieldValues(visit: visit, fields: fields))
        }
    }

    private static func field(_ kind: AdminField.Kind, isRequired: Bool = false) -> AdminField {
        AdminField("f", Phrase("F", "F"), kind, isRequired: isRequired)
    }

    /// A field, what a browser sends, and the member that comes of it; nil for none.
    private struct Case: Sendable {
        let field: AdminField
        let sent: [String]
        let member: JSONValue?

        init(_ field: AdminField, _ sent: [String], _ member: JSONValue?) {
            self.field = field
            self.sent = sent
            self.member = member
        }
    }

    private static let cases = [
        Case(field(.text), [" a "], .string(" a ")), Case(field(.text), [""], .string("")), Case(field(.text), [], nil),
        Case(field(.text).with { $0.blankIsNull = true }, [""], .null),
        Case(field(.longText), ["a\r\nb"], .string("a\nb")), Case(field(.source), ["{{a}}\r\n"], .string("{{a}}\n")),
        Case(field(.integer), [" 5 "], .string("5")), Case(field(.integer), [""], .null),
        Case(field(.integer, isRequired: true), [""], .string("")), Case(field(.integer), ["many"], .string("many")),
        Case(field(.money), ["1,50"], .string("1.50")), Case(field(.money), ["1.50"], .string("1.50")),
        Case(field(.money), ["1,234,567"], .string("1234567")), Case(field(.money), ["1,299"], .string("1,299")),
        Case(field(.integer), ["1,299"], .string("1299")), Case(field(.integer), ["1.5"], .string("1.5")),
        Case(field(.decimal), ["0,1250"], .string("0.1250")),
        Case(field(.money), ["1.234,50"], .string("1234.50")),
        Case(field(.money), ["1,234.50"], .string("1234.50")),
        Case(field(.money), ["1,234,567.5"], .string("1234567.5")),
        Case(field(.money), ["1,23.50"], .string("1,23.50")), Case(field(.money), ["1.234.50,"], .string("1.234.50,")),
        Case(field(.money), ["1.2,3.4"], .string("1.2,3.4")),
        Case(field(.money), ["0.1"], .string("0.1")),
        Case(field(.money), ["12345678901234567890.01"], .string("12345678901234567890.01")),
        Case(field(.decimal), [""], .null), Case(field(.rate), ["19"], .string("0.19")),
        Case(field(.rate), ["7,25 %"], .string("0.0725")), Case(field(.rate), ["much"], .string("much")),
        Case(field(.flag), ["true"], .bool(true)), Case(field(.flag), [], .bool(false)),
        Case(field(.flag), ["x"], .bool(false)),
        Case(field(.choice(["a", "b"])), ["b"], .string("b")), Case(field(.choice(["a"])), [""], .null),
        Case(field(.choices(["a", "b"])), ["a", "b"], .array([.string("a"), .string("b")])),
        Case(field(.choices(["a"])), [], .array([])), Case(field(.choices(["a"])), [""], .array([])),
        Case(field(.day), ["2026-11-30"], .string("2026-11-30")), Case(field(.day), [""], .null),
        Case(field(.moment), ["2026-11-30T12:05"], .string("2026-11-30T12:05")),
        Case(field(.lines), ["a\r\n\r\n b \nc"], .array([.string("a"), .string("b"), .string("c")])),
        Case(field(.lines), [""], .array([])), Case(field(.secret), [""], nil),
        Case(field(.secret), ["s"], .string("s")),
        Case(field(.json), ["{\"a\":[1.10]}"], .object(["a": .array([.number("1.10")])])),
        Case(field(.json), ["{broken"], .string("{broken")), Case(field(.json), [""], .null),
        Case(field(.row(screen: "trials", value: "id")), ["7"], .string("7")),
    ]

    @Test func `a field sends what its kind says`() async throws {
        for test in Self.cases {
            try await Self.withValues([test.field]) { values in
                let form = SubmittedForm(test.sent.map { (name: "f", value: $0) })
                #expect(values.members(of: form)["f"] == test.member, "\(test.field.kind) \(test.sent)")
            }
        }
    }

    @Test func `a German page takes what it shows, and what programs write`() async throws {
        let cases = [
            ("1.234,56", "1234.56"), ("12,50", "12.50"), ("12.50", "12.50"), ("1.234,56\u{A0}$", "1234.56"),
            ("viel", "viel"),
        ]
        for kind in [AdminField.Kind.money, .decimal] {
            try await Self.withValues([Self.field(kind)], in: .german) { values in
                for (typed, sent) in cases {
                    let form = SubmittedForm([(name: "f", value: typed)])
                    #expect(values.members(of: form)["f"] == .string(sent), "\(kind) \(typed)")
                    #expect(values.texts(of: form)["f"] == [typed] && values.unclear(in: form).isEmpty)
                }
                let form = SubmittedForm([(name: "f", value: "1.234")])
                #expect(
                    values.unclear(in: form)["f"]
                        == "Das kann 1234 oder 1,234 sein. Schreiben Sie die Zahl ohne Tausendertrennzeichen.")
                #expect(values.members(of: form)["f"] == .string("1,234"), "no endpoint takes this")
                #expect(values.texts(of: form)["f"] == ["1.234"], "nothing typed is lost")
                #expect(values.texts(of: .object(["f": .string("1299.50")]))["f"] == ["1299,50"])
            }
        }
        try await Self.withValues([Self.field(.rate)], in: .german) { values in
            #expect(values.texts(of: .object(["f": .string("0.0725")]))["f"] == ["7,25"])
        }
    }

    @Test func `what was typed comes back as it was typed, secrets aside`() async throws {
        for kind in [AdminField.Kind.text, .money, .rate, .json, .lines, .day, .integer, .source] {
            try await Self.withValues([Self.field(kind)]) { values in
                for text in [" 1,5 ", "<b>", "a\r\nb", "", "{"] {
                    let form = SubmittedForm([(name: "f", value: text)])
                    #expect(values.texts(of: form)["f"] == [text], "\(kind)")
                }
            }
        }
        try await Self.withValues([Self.field(.secret)]) { values in
            #expect(values.texts(of: SubmittedForm([(name: "f", value: "s")]))["f"] == nil)
        }
    }

    @Test func `what a row shows and saves without a change is the same`() async throws {
        let rows: [(AdminField.Kind, JSONValue)] = [
            (.text, .string(" a ")), (.money, .string("1299.00")), (.rate, .string("0.19")), (.flag, .bool(true)),
            (.flag, .bool(false)), (.choice(["a"]), .string("a")), (.choices(["a", "b"]), .array([.string("b")])),
            (.lines, .array([.string("a"), .string("b")])), (.json, .object(["a": .array([.number("1.10"), .null])])),
            (.day, .string("2026-11-30")), (.integer, .null), (.decimal, .null), (.choice(["a"]), .null),
        ]
        for (kind, value) in rows {
            for language in AdminLanguage.allCases {
                try await Self.expectSame(kind, value, in: language)
            }
        }
    }

    private static func expectSame(
        _ kind: AdminField.Kind, _ value: JSONValue, in language: AdminLanguage
    ) async throws {
        try await withValues([field(kind)], in: language) { values in
            let texts = values.texts(of: .object(["f": value]))["f"] ?? []
            let sent = kind == .flag && texts == ["false"] ? [] : texts.isEmpty ? [""] : texts
            let form = SubmittedForm(sent.map { (name: "f", value: $0) })
            #expect(values.members(of: form)["f"] == value, "\(kind) \(texts)")
        }
    }

    @Test func `a new row begins with the standards, and a shown one takes its source`() async throws {
        let fields = [
            Self.field(.text).with { $0.standard = "begin" },
            AdminField("category", Phrase("C", "C"), .row(screen: "trials", value: "id"), source: "category.id"),
        ]
        try await Self.withValues(fields) { values in
            #expect(values.texts(of: nil as JSONValue?) == ["f": ["begin"], "category": []])
            let row = JSONValue.object(["f": .string("x"), "category": .object(["id": .number("7")])])
            #expect(values.texts(of: row) == ["f": ["x"], "category": ["7"]])
        }
    }

    @Test func `quantities are sent for the elements that have one`() async throws {
        let quantities = AdminQuantities(of: "parts", as: "item_id", atMost: "quantity", labels: ["name"])
        try await Self.withValues([Self.field(.quantities(quantities))]) { values in
            let form = SubmittedForm([
                (name: "f.4", value: "2"), (name: "f.5", value: "0"), (name: "f.6", value: ""),
                (name: "g.7", value: "1"),
                (name: "f.8", value: " 1 "),
            ])
            let sent = values.members(of: form)["f"]
            let expected = [("4", "2"), ("8", "1")].map { id, quantity in
                JSONValue.object(["item_id": .string(id), "quantity": .string(quantity)])
            }
            #expect(sent == .array(expected))
            #expect(values.members(of: SubmittedForm([(name: "f.4", value: "0")]))["f"] == nil)
            #expect(values.blankQuantities(of: SubmittedForm([])).isEmpty, "nothing has to be entered")
        }
        let flagged = quantities.with {
            $0.sendsZero = true
            $0.flag = AdminQuantities.Flag("is_back", Phrase("Back", "Zurück"))
        }
        try await Self.withValues([Self.field(.quantities(flagged), isRequired: true)]) { values in
            let form = SubmittedForm([
                (name: "f.4", value: ""), (name: "f.4.is_back", value: "true"), (name: "f.5", value: "2"),
            ])
            let expected = [("4", "0", true), ("5", "2", false)].map { id, quantity, isBack in
                JSONValue.object(["item_id": .string(id), "quantity": .string(quantity), "is_back": .bool(isBack)])
            }
            #expect(values.members(of: form)["f"] == .array(expected))
            #expect(values.blankQuantities(of: form).isEmpty)
            #expect(values.blankQuantities(of: SubmittedForm([(name: "f.4", value: "0")])).map(\.name) == ["f"])
        }
    }

    @Test func `a member within another is sent within it, and cleared with all of it`() async throws {
        let fields = ["size.length", "size.width", "name"].map {
            AdminField($0, Phrase($0, $0), $0 == "name" ? .text : .decimal)
        }
        try await Self.withValues(fields) { values in
            let form = SubmittedForm([
                (name: "size.length", value: "1,5"), (name: "size.width", value: ""), (name: "name", value: "A"),
            ])
            #expect(
                values.members(of: form)
                    == ["size": .object(["length": .string("1.5"), "width": .null]), "name": .string("A")])
            let blank = SubmittedForm([(name: "size.length", value: ""), (name: "size.width", value: " ")])
            #expect(values.members(of: blank) == ["size": .null])
            let row = JSONValue.object(["size": .object(["length": .string("2.0")]), "name": .string("B")])
            #expect(values.texts(of: row) == ["size.length": ["2.0"], "size.width": [], "name": ["B"]])
        }
    }

    @Test(
        arguments: [
            ("A\t1\nB\t2", [["A", "1"], ["B", "2"]]), ("A;1", [["A", "1"]]), ("OAK LAMP 12", [["OAK LAMP", "12"]]),
            ("A 1", [["A", "1"]]), ("A", [["A", ""]]), (" \n\nA\t 1 \n", [["A", "1"]]), ("", []),
        ] as [(String, [[String]])])
    func `records are read a line each, as spreadsheets paste them`(_ text: String, _ cells: [[String]]) {
        let lines = RecordLines(members: ["sku", "quantity"])
        let expected = cells.map { cells -> JSONValue in
            let named = [("sku", cells[0]), ("quantity", cells[1])].filter { !$0.1.isEmpty }
            return .object(Dictionary(uniqueKeysWithValues: named.map { ($0.0, JSONValue.string($0.1)) }))
        }
        #expect(lines.list(of: text) == .array(expected))
    }
}
