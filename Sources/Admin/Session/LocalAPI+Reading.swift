import HTTPTypes
import Primitives
import Web

extension LocalAPI.Call {
    /// Creates a reading of a path; what the path has of a query itself comes before `query`.
    init(reading path: String, _ query: [String: String] = [:]) {
        let (bare, own) = path.halves(at: "?")
        self.init(.get, String(bare), query: QueryItems(query.merging(QueryItems(own ?? "").values) { $1 }))
    }
}
