import AdminPages
import Primitives

/// Holds the declaration of a report against its endpoint.
struct ReportWalk {
    let report: AdminReport
    let api: APISchemas

    /// What does not agree.
    var faults: [String] {
        guard let endpoint = api.operation("GET", report.path), let answer = endpoint.answer else {
            return ["no endpoint GET \(report.path) that answers JSON"]
        }
        var faults: [String] = []
        let words = endpoint.inputs[report.parameter].flatMap { api.words(of: $0) } ?? []
        for grouping in report.groupings {
            if !words.contains(grouping.word) { faults.append("it is not grouped by \(grouping.word)") }
            let unknown = grouping.columns.map(\.member).filter { api.schema(at: $0, in: api.row(of: answer)) == nil }
            if !unknown.isEmpty { faults.append("by \(grouping.word): a line has no \(unknown)") }
            if !grouping.columns.contains(where: { $0.member == report.measure }) {
                faults.append("by \(grouping.word): no column has \(report.measure), which is drawn")
            }
        }
        for filter in report.filters where endpoint.inputs[filter.name] == nil {
            faults.append("it has no filter \(filter.name)")
        }
        for fact in report.facts where api.schema(at: fact.member, in: answer) == nil {
            faults.append("the answer has no \(fact.member)")
        }
        return faults
    }

    /// Every text of the report.
    var phrases: [PhraseWalk.Placed] {
        let columns = report.groupings.flatMap { grouping in
            grouping.columns.map { PhraseWalk.Placed("the column \($0.member) by \(grouping.word)", $0.title) }
        }
        return [PhraseWalk.Placed("the title", report.title)] + columns
            + report.filters.map { PhraseWalk.Placed("the filter \($0.name)", $0.title) }
            + report.facts.map { PhraseWalk.Placed("the fact \($0.member)", $0.title) }
    }
}
