import AdminPages
import Commerce
import HTTPTypes
import Primitives
import Web

/// A report: what is asked for, sums, a chart with the table of its lines beside it, and all lines as CSV.
struct ReportPage: Sendable {
    /// The most lines that a page shows.
    private static let limit = 400
    /// The most stretches of time that are drawn as bars; more are a line.
    private static let bars = 62
    /// The most things that are drawn of those that are not stretches of time: the first.
    private static let first = 8
    /// The parameter of the page that chooses the column that is drawn.
    private static let drawn = "drawn"

    let visit: Visit
    let report: AdminReport
    let grouping: AdminReport.Grouping

    /// - Throws: `AdminRefusal.notFound`.
    init(_ visit: Visit) throws {
        let name = visit.call.parameters["report"]
        guard let report = visit.site.reports.first(where: { $0.name == name }), let usual = report.groupings.first
        else { throw AdminRefusal.notFound }
        let word = visit.call.query[report.parameter]
        self.visit = visit
        self.report = report
        grouping = report.groupings.first { $0.word == word } ?? usual
    }

    /// - Throws: `AdminRefusal.answer` where the reader may not see it.
    func show() async throws -> AdminPage {
        let answer = await visit.send(LocalAPI.Call(reading: report.path, asked))
        let isBadFilter = answer.response.status == .badRequest
        guard answer.isSuccess || isBadFilter else { throw AdminRefusal.answer(answer) }
        var view: [String: Any] = [
            "plain": address, "filters": await filters(isBadFilter ? answer.json : .null), "export": export,
            "showTitle": visit.text(Words.showReport), "sumsTitle": visit.text(Words.sums), "hasFacts": false,
        ]
        guard answer.isSuccess else { return visit.page("report", title: report.title, view) }
        let lines = answer.json.rows
        view["facts"] = report.facts.map { fact in
            ["title": visit.text(fact.title), "cells": [visit.cell(fact, of: answer.json)]] as [String: Any]
        }
        view["hasFacts"] = !report.facts.isEmpty
        if let drawing = chart(lines) { view["chart"] = drawing }
        view["table"] = table(lines)
        return visit.page("report", title: report.title, view)
    }

    /// Returns all lines for a spreadsheet.
    ///
    /// - Throws: `AdminRefusal.answer` where the reader may not see it.
    func file() async throws -> AdminPage {
        let json = try await visit.read(report.path, asked)
        var table = TableFile(visit, grouping.columns)
        for line in json.rows { table.add(line) }
        return table.page(named: "\(report.name)-\(grouping.word)")
    }

    private var address: String { "/admin/reports/\(report.name)/" }
    private var export: String { address + "export.csv?" + QueryItems(asked).text }

    /// What is asked of the endpoint.
    private var asked: [String: String] {
        let names = report.filters.map(\.name)
        let query = visit.call.query.values.filter { names.contains($0.key) && !$0.value.isEmpty }
        return query.merging([report.parameter: grouping.word]) { $1 }
    }

    private func filters(_ errors: JSONValue) async -> [[String: Any]] {
        let shown = FieldViews(visit)
        let words = report.groupings.map(\.word)
        let grouped = AdminField(report.parameter, Words.groupedBy, .choice(words), isRequired: true)
        var views = [await shown.view(grouped, [grouping.word], prefix: "filter")]
        for filter in report.filters {
            let field = AdminField(filter.name, filter.title, filter.fieldKind)
            var view = await shown.view(field, [visit.call.query[filter.name] ?? ""], prefix: "filter")
            if let error = errors.at(filter.name)?.firstMessage {
                view["error"] = Messages.text(error, in: visit.language)
            }
            views.append(view)
        }
        let column = AdminField(Self.drawn, Words.drawn, .choice([]), isRequired: true)
        var view = await shown.view(column, [], prefix: "filter")
        view["options"] = measures.map { column in
            [
                "value": column.member, "text": visit.text(column.title), "isOn": column == measure,
            ] as [String: Any]
        }
        views.append(view)
        return views.map { $0.merging(["required": false]) { $1 } }
    }

    /// The columns that can be drawn.
    private var measures: [AdminColumn] { grouping.columns.filter { $0.kind == .money || $0.kind == .number } }

    private var measure: AdminColumn? {
        let wanted = visit.call.query[Self.drawn]
        return measures.first { $0.member == wanted } ?? measures.first { $0.member == report.measure }
            ?? measures.first
    }

    /// Returns the chart of the lines; nil where there is nothing to draw.
    private func chart(_ lines: [JSONValue]) -> [String: Any]? {
        guard let measure, !lines.isEmpty, lines.count <= Self.limit || !grouping.isOverTime else { return nil }
        let isMoney = measure.kind == .money
        let scale = isMoney ? visit.site.shop.currency.decimals : 0
        let points = (grouping.isOverTime ? lines[...] : lines.prefix(Self.first)).map { line -> AdminChart.Point in
            let (name, value) = (key(of: line), Int64(decimal: line.text(measure.member) ?? "", scale: scale))
            guard grouping.isOverTime else { return AdminChart.Point(name.isEmpty ? "–" : name, value ?? 0) }
            return AdminChart.Point(visit.format.shortDay(name), name: visit.format.day(name), value ?? 0)
        }
        let title = visit.text(measure.title)
        let caption =
            points.count == lines.count ? title : Words.drawnFirst.text(in: visit.language, title, String(points.count))
        return AdminChart(
            caption, grouping.isOverTime && points.count > Self.bars ? .line : .bars, points,
            in: isMoney ? .amounts(visit.format) : .counts(visit.format)
        ).view(in: visit.language)
    }

    /// What names a line: its first column.
    private func key(of line: JSONValue) -> String { grouping.columns.first.flatMap { line.text($0.member) } ?? "" }

    private func table(_ lines: [JSONValue]) -> [String: Any] {
        let columns = grouping.columns
        let rows = lines.prefix(Self.limit).map { line in
            ["cells": visit.cells(columns, of: line), "does": false] as [String: Any]
        }
        var view: [String: Any] = [
            "id": "report-lines", "heading": visit.word(grouping.word), "rows": rows, "empty": rows.isEmpty,
            "does": false,
            "heads": columns.map { ["title": visit.text($0.title), "isNumber": $0.isNumeric] as [String: Any] },
        ]
        if lines.count > rows.count { view["more"] = visit.text(Words.inCSV, String(lines.count - rows.count)) }
        if grouping.isOverTime, lines.count > Self.limit { view["note"] = visit.text(Words.tooManyPoints) }
        return view
    }
}
