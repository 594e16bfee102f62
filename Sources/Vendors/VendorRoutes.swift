import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints by which staff list and create vendors.
public struct VendorRoutes: Sendable {
    static let permission = "vendors.edit"

    let database: any Database
    let vendors: VendorService

    /// Creates the endpoints; rows are stamped by `time`.
    public init(database: any Database, time: TimeSource) {
        self.database = database
        self.vendors = VendorService(time: time)
    }

    /// The endpoints under the tag `Vendors`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Vendors", "Who sells in the shop.",
            [
                Endpoint(
                    .get, "/api/admin/vendors/", "Lists vendors.", access: .staff(Self.permission), use: list
                ).refusing(.notFound),
                Endpoint(
                    .post, "/api/admin/vendors/", "Makes a vendor.", access: .staff(Self.permission),
                    status: .created, in: database, use: create),
            ])
    }

    private func list(_ call: APIRequest, _ input: VendorListInput) async throws -> Page<VendorBody> {
        let found = try await database.read { try vendors.list(input.filter, by: input.ordering, input.page, $0) }
        return try Page(found, input.page, of: call, VendorBody.init)
    }

    private func create(_: APIRequest, _ input: VendorInput, _ tx: Transaction) throws -> VendorBody {
        VendorBody(try vendors.create(name: input.name, user: input.user, status: input.status, in: tx))
    }
}

/// The query parameters of a list of vendors.
struct VendorListInput: Input {
    let filter: VendorQueries.Filter
    let ordering: Ordering<VendorQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        let status: VendorStatus? =
            fields.optionalString("status").flatMap { text in
                let status = VendorStatus(rawValue: text)
                if status == nil { fields.fail("status", "\"\(text)\" is not a valid choice.") }
                return status
            }
        filter = VendorQueries.Filter(status: status, search: fields.optionalString("search"))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// A new vendor.
struct VendorInput: Input {
    let name: String
    let user: UserID?
    let status: VendorStatus

    init(_ fields: Fields) {
        name = fields.string("name", length: 1...200)
        user = fields.optionalID("user")
        status = fields.choice("status", .optional(.approved))
    }
}

/// A vendor as staff see it.
struct VendorBody: ResponseBody {
    let id: VendorID
    let name: String
    let slug: String
    let user: UserID?
    let status: VendorStatus
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ vendor: Vendor) {
        self.id = vendor.id
        self.name = vendor.name
        self.slug = vendor.slug
        self.user = vendor.userID
        self.status = vendor.status
        self.version = vendor.version
        self.createdAt = vendor.createdAt
        self.updatedAt = vendor.updatedAt
    }
}
