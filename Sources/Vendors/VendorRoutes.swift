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
    public var group: EndpointGroup { EndpointGroup("Vendors", "Who sells in the shop.", [list, create]) }

    private var list: Endpoint {
        Endpoint(.get, "/api/admin/vendors/", "Lists vendors.", access: .staff(Self.permission)) {
            (call: APIRequest, input: VendorListInput) -> Page<VendorBody> in
            try await database.read { connection in
                let count = try VendorQueries.count(input.filter, connection)
                return try Page(count: count, input.page, of: call) {
                    try VendorQueries.list(input.filter, by: input.ordering, input.page, connection).map(
                        VendorBody.init)
                }
            }
        }
        .refusing(.notFound)
    }

    private var create: Endpoint {
        Endpoint(
            .post, "/api/admin/vendors/", "Makes a vendor.", access: .staff(Self.permission), status: .created,
            in: database
        ) { (_: APIRequest, input: VendorInput, tx) -> VendorBody in
            let vendor = try vendors.create(name: input.name, user: input.user, status: input.status, in: tx)
            return VendorBody(vendor)
        }
    }
}

/// The query parameters of a list of vendors.
struct VendorListInput: Input {
    let filter: VendorQueries.Filter
    let ordering: Ordering<VendorQueries.Order>
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

    enum CodingKeys: String, CodingKey {
        case id, name, slug, user, status, version
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
