import Commerce
import Primitives
import SQL
import Web

/// The endpoints by which staff edit tax rates.
public struct TaxRoutes: Sendable {
    let database: any Database
    let taxes: TaxService

    /// Creates the endpoints over `taxes`.
    public init(database: any Database, taxes: TaxService) {
        self.database = database
        self.taxes = taxes
    }

    /// The endpoints under the tag `Tax rates`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Tax rates", "What is taxed how, by place and class.",
            ResourceEndpoints(
                taxes, at: "/api/admin/tax-rates/", "tax rate", "tax rates", permission: "settings.edit", in: database
            ).endpoints)
    }
}

/// A tax rate as staff see it.
public struct TaxRuleBody: ResponseBody {
    let id: TaxRuleID
    let name: String
    let country: String
    let state: String
    /// A decimal: `"0.19"`.
    let rate: String
    let taxClass: String
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ rule: TaxRule) {
        id = rule.id
        name = rule.name
        country = rule.country
        state = rule.state
        rate = TaxRate(name: rule.name, millionths: rule.rate).text
        taxClass = rule.taxClass
        version = rule.version
        createdAt = rule.createdAt
        updatedAt = rule.updatedAt
    }
}
