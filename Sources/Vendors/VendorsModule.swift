import Commerce
import Messages
import Modules
import Pictures
import Primitives
import SQL
import Web

/// What vendors bring.
public struct VendorsModule: Sendable {
    /// The service over vendors, for the rooms that pay them.
    public let vendors: VendorService
    /// The endpoints, permission, mails, media folders, personal data and checks.
    public let module: Module

    /// Makes the service, which asks accounts, products, orders and books through `links`; `events` is told of vendors
    /// that can sell.
    public init(_ context: ModuleContext, studio: PictureStudio, events: EventPublisher, links: VendorLinks) {
        let (database, shop) = (context.database, context.shop)
        let vendors = VendorService(
            jobs: context.jobs, secret: context.secret, time: context.time, links: links,
            events: VendorEvents(events, currency: shop.currency) { [address = context.address] in address.text })
        self.vendors = vendors
        var module = Module("Vendors")
        module.endpoints = [
            VendorRoutes(database: database, vendors: vendors, currency: shop.currency).group,
            VendorAccountRoutes(
                database: database, vendors: vendors, studio: studio, currency: shop.currency,
                uploadLimit: shop.uploadBytes
            ).group,
            VendorPaperRoutes(
                database: database, papers: VendorPapers(vendors: vendors, studio: studio),
                uploadLimit: shop.uploadBytes
            ).group,
            VendorPublicRoutes(database: database, reviews: VendorReviews(vendors: vendors)).group,
        ]
        module.permissions = [
            Permission(VendorRoutes.permission, "Make vendors, see them with their papers, and decide about them.")
        ]
        module.mailTemplates = VendorTemplates.all
        module.mediaFolders = [
            MediaFolder(VendorPicture.logo.folder) { try VendorQueries.referenced(.logo, $0, $1) },
            MediaFolder(VendorPicture.banner.folder) { try VendorQueries.referenced(.banner, $0, $1) },
            MediaFolder(VendorPapers.folder, isServed: false) { try VendorDocumentQueries.referenced($0, $1) },
        ]
        module.personalData = Self.personalData(vendors)
        module.purges = [{ _, limit, tx in try vendors.releasePayees(limit: limit, in: tx) }]
        module.checks = [Self.miscounted]
        module.screens = [Self.screen]
        self.module = module
    }

    /// A vendor whose owner is erased sells no more; the row stays without a name, for orders and books, and where money
    /// goes until none is to.
    private static func personalData(_ vendors: VendorService) -> PersonalData {
        var data = PersonalData()
        data.archive = VendorErasureQueries.archive
        data.archivedFiles = { try VendorErasureQueries.files(of: $0, $1) }
        data.erasedFiles = { try VendorErasureQueries.files(of: $0, $1) }
        data.eraseAtOnce = [{ user, _, tx in try vendors.close(of: user.id, in: tx) }]
        data.erase = [
            .rows { user, limit, tx in try VendorErasureQueries.unname(reviewsBy: user.id, limit: limit, tx) },
            .rows { user, limit, tx in try VendorErasureQueries.unname(answersBy: user.id, limit: limit, tx) },
        ]
        data.userPaths = [
            { user, connection in
                try VendorQueries.find(of: user, connection).map { ["/api/admin/vendors/\($0.id)/"] } ?? []
            }
        ]
        return data
    }

    private static let miscounted: ModuleCheck = { database in
        try await database.read { try VendorReviewQueries.miscounted($0) }.map {
            CheckFinding(
                "vendors", "has sums of ratings for vendor \($0) that its reviews do not come to", isError: true)
        }
    }
}
