import Catalog
import Web

/// A page of products, with facets where they were asked for.
struct ProductPage: PartialBody {
    static let leftOut: Set<String> = ["facets"]

    let count: Int
    let next: String?
    let previous: String?
    let results: [ListedItem]
    let facets: Facets?

    init(_ page: Page<ListedItem>, facets: Facets?) {
        count = page.count
        next = page.next
        previous = page.previous
        results = page.results
        self.facets = facets
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        try container.encode(next, forKey: .next)
        try container.encode(previous, forKey: .previous)
        try container.encode(results, forKey: .results)
        if let facets { try container.encode(facets, forKey: .facets) }
    }
}
