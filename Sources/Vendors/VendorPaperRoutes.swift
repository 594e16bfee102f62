import Commerce
import HTTPTypes
import Media
import Primitives
import SQL
import Web

/// The endpoints of vendors' papers: for their owner, and for staff.
struct VendorPaperRoutes: Sendable {
    let database: any Database
    let papers: VendorPapers
    let uploadLimit: Int

    var group: EndpointGroup { EndpointGroup("Vendors", own + desk) }

    private var own: [Endpoint] {
        [
            Endpoint(
                .get, "/api/vendors/documents/", "Lists the papers of the caller's vendor.", access: .user, use: list
            )
            .refusing(.forbidden),
            Endpoint(
                .post, "/api/vendors/documents/", "Hands in a paper: a PDF or a picture.", access: .user,
                status: .created, use: upload
            ).form(limit: uploadLimit).refusing(.forbidden, .contentTooLarge, .serviceUnavailable),
            file("/api/vendors/documents/{document}/file/", "Gives the file of one of the caller's papers.", .user) {
                try VendorAccess.vendor(of: $0.caller().userID, $1).id
            },
        ]
    }

    private var desk: [Endpoint] {
        let path = "/api/admin/vendors/{vendor}/documents/"
        return [
            Endpoint(.get, path, "Lists the papers of a vendor.", access: VendorRoutes.access, use: listAll)
                .refusing(.notFound),
            file(path + "{document}/file/", "Gives the file of a vendor's paper.", VendorRoutes.access) { call, _ in
                try call.id("vendor")
            },
            Endpoint(
                .put, path + "{document}/verify/",
                "Notes that a paper is in order; `If-Match` names the version of the vendor whose paper it is.",
                access: VendorRoutes.access, in: database, use: verify
            ).refusing(.notFound, .preconditionFailed),
            Endpoint(
                .put, path + "{document}/reject/", "Rejects a paper; `If-Match` is the vendor's version.",
                access: VendorRoutes.access, in: database, use: reject
            ).refusing(.notFound, .preconditionFailed),
        ]
    }

    private func list(_ call: APIRequest, _ input: PageInput) async throws -> Page<VendorDocumentBody> {
        let user = try call.caller().userID
        return try await page(call, input) { try VendorAccess.vendor(of: user, $0).id }
    }

    private func listAll(_ call: APIRequest, _ input: PageInput) async throws -> Page<VendorDocumentBody> {
        let id = try call.id("vendor", as: VendorID.self)
        return try await page(call, input) { try papers.vendors.file(id, $0).vendor.id }
    }

    /// Returns a page of papers, of which no vendor has many.
    private func page(
        _ call: APIRequest, _ input: PageInput, _ vendor: @escaping @Sendable (Connection) throws -> VendorID
    ) async throws -> Page<VendorDocumentBody> {
        let all = try await database.read { try VendorDocumentQueries.all(of: vendor($0), $0) }
        let rows = try PageRows(count: all.count, input.page) {
            Array(all.reversed().dropFirst(input.page.offset).prefix(input.page.size))
        }
        return try Page(rows, input.page, of: call, VendorDocumentBody.init)
    }

    private func upload(_ call: APIRequest, _ input: VendorDocumentInput) async throws -> VendorDocumentBody {
        let user = try call.caller().userID
        try await database.read { try papers.checkRoom(of: user, $0) }
        let file = try await papers.keep(input.document.bytes)
        return try await database.write { tx in
            try call.confirmSession(in: tx)
            return VendorDocumentBody(
                try papers.add(input.type, file: file, named: input.document.fileName, of: user, in: tx))
        }
    }

    private func file(
        _ template: String, _ summary: String, _ access: Access,
        _ vendor: @escaping @Sendable (APIRequest, Connection) throws -> VendorID
    ) -> Endpoint {
        Endpoint(.get, template, summary, access: access) { (call: APIRequest, _: NoInput) in
            try await content(call, vendor)
        }
        .refusing(.forbidden, .notFound)
        .producing("application/pdf", "image/webp")
    }

    private func content(
        _ call: APIRequest, _ vendor: @escaping @Sendable (APIRequest, Connection) throws -> VendorID
    ) async throws -> Reply<RawBody> {
        let id = try call.id("document", as: VendorDocumentID.self)
        let document = try await database.read { try papers.require(id, of: vendor(call, $0), $0) }
        let object = try await papers.content(of: document)
        let name = "\(document.type.rawValue)-\(id).\(object.contentType == "application/pdf" ? "pdf" : "webp")"
        return Reply(
            RawBody(contentType: object.contentType, bytes: object.bytes),
            headers: [
                .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "private, no-store",
            ])
    }

    private func verify(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> VendorDocumentBody {
        try decide(.verified, reason: "", call, tx)
    }

    private func reject(
        _ call: APIRequest, _ input: DocumentRejectionInput, _ tx: Transaction
    ) throws -> VendorDocumentBody {
        try decide(.rejected, reason: input.reason, call, tx)
    }

    private func decide(
        _ status: VendorDocumentStatus, reason: String, _ call: APIRequest, _ tx: Transaction
    ) throws -> VendorDocumentBody {
        let (id, vendor) = (
            try call.id("document", as: VendorDocumentID.self), try call.id("vendor", as: VendorID.self)
        )
        if call.audit != nil {
            try call.recordBefore(VendorDocumentBody(try papers.require(id, of: vendor, tx)))
        }
        return VendorDocumentBody(
            try papers.decide(
                status, reason: reason, on: id, of: vendor, by: call.caller().userID,
                before: { try call.checkVersion($0.version) }, in: tx))
    }
}
