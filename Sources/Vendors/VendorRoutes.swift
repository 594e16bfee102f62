import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints by which staff list, create and decide about vendors.
public struct VendorRoutes: Sendable {
    static let permission = "vendors.edit"
    static let access = Access.staff(permission)

    let database: any Database
    let vendors: VendorService
    let currency: Currency

    /// Creates the endpoints over `vendors`; what they have sold is shown in `currency`.
    public init(database: any Database, vendors: VendorService, currency: Currency) {
        self.database = database
        self.vendors = vendors
        self.currency = currency
    }

    /// The endpoints under the tag `Vendors`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Vendors", "Who sells in the shop.",
            [
                Endpoint(
                    .get, "/api/admin/vendors/", "Lists vendors.", access: Self.access, use: list
                ).refusing(.notFound),
                Endpoint(
                    .post, "/api/admin/vendors/", "Makes a vendor.", access: Self.access,
                    status: .created, in: database, use: create),
                Endpoint(
                    .get, "/api/admin/vendors/{vendor}/", "Shows a vendor with profile and papers.",
                    access: Self.access, use: show
                ).refusing(.notFound),
                decision("approve", "Lets a vendor sell, at a rate of commission or at the shop's rules.", approve),
                decision("reject", "Rejects an application.", reject),
                decision("suspend", "Hides a vendor's products at once; orders go on.", suspend),
                decision("reinstate", "Ends a vendor's suspension.", reinstate),
            ])
    }

    private func decision<In: Input>(
        _ name: String, _ summary: String,
        _ handler: @escaping @Sendable (APIRequest, In, Transaction) throws -> VendorBody
    ) -> Endpoint {
        Endpoint(
            .put, "/api/admin/vendors/{vendor}/\(name)/", summary, access: Self.access, in: database, use: handler
        ).refusing(.notFound, .conflict, .preconditionFailed)
    }

    private func list(_ call: APIRequest, _ input: VendorListInput) async throws -> Page<VendorBody> {
        let (found, figures) = try await database.read { connection in
            let found = try vendors.list(input.filter, by: input.ordering, input.page, connection)
            return (found, try vendors.figures(found.rows.map(\.id), currency, connection))
        }
        return try Page(found, input.page, of: call) { VendorBody($0, figures, baseURL: call.baseURL) }
    }

    private func create(_ call: APIRequest, _ input: VendorInput, _ tx: Transaction) throws -> VendorBody {
        let made = try vendors.create(name: input.name, user: input.user, status: input.status, in: tx)
        try call.recordAfter(MadeVendorRecord(made))
        return VendorBody(made, try vendors.figures([made.id], currency, tx), baseURL: call.baseURL)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> VendorDetailBody {
        let id = try call.id("vendor", as: VendorID.self)
        return try await database.read { connection in
            let account = VendorAccountBody(
                try vendors.file(id, connection), try vendors.figures([id], currency, connection),
                baseURL: call.baseURL)
            return VendorDetailBody(
                account, documents: try VendorDocumentQueries.all(of: id, connection).map(VendorDocumentBody.init))
        }
    }

    private func approve(_ call: APIRequest, _ input: ApprovalInput, _ tx: Transaction) throws -> VendorBody {
        try decide(.approve(rate: input.rate), call, tx)
    }

    private func reject(_ call: APIRequest, _ input: ReasonInput, _ tx: Transaction) throws -> VendorBody {
        try decide(.reject(reason: input.reason), call, tx)
    }

    private func suspend(_ call: APIRequest, _ input: ReasonInput, _ tx: Transaction) throws -> VendorBody {
        try decide(.suspend(reason: input.reason), call, tx)
    }

    private func reinstate(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> VendorBody {
        try decide(.reinstate, call, tx)
    }

    private func decide(_ decision: VendorDecision, _ call: APIRequest, _ tx: Transaction) throws -> VendorBody {
        let id = try call.id("vendor", as: VendorID.self)
        let decided = try vendors.decide(decision, on: id, before: { try recordBefore($0, call, tx) }, in: tx)
        return VendorBody(decided, try vendors.figures([id], currency, tx), baseURL: call.baseURL)
    }

    /// Compares the version, and has the audit know the vendor as it is before a change.
    private func recordBefore(_ vendor: Vendor, _ call: APIRequest, _ tx: Transaction) throws {
        try call.checkVersion(vendor.version)
        guard call.audit != nil else { return }
        try call.recordBefore(
            VendorBody(vendor, try vendors.figures([vendor.id], currency, tx), baseURL: call.baseURL))
    }
}

extension VendorService {
    /// Returns what others know of these vendors.
    ///
    /// - Throws: `SQLError`.
    func figures(_ ids: [VendorID], _ currency: Currency, _ connection: Connection) throws -> VendorFigures {
        guard !ids.isEmpty else { return VendorFigures(products: [:], sales: [:], currency: currency) }
        return VendorFigures(
            products: try links.productCounts(ids, connection), sales: try links.sales(ids, connection),
            currency: currency)
    }
}
