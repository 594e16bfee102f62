import Commerce
import Media
import Pictures
import Primitives
import SQL
import Web

/// The papers of vendors: taken in, shown to their owner and to staff, and decided about.
struct VendorPapers: Sendable {
    /// The media folder of the files, which is never served under `/media/`.
    static let folder = "vendor-documents"
    /// The most papers of one vendor.
    static let limit = 30

    let vendors: VendorService
    let studio: PictureStudio

    /// Keeps a PDF as it is, and a picture without anything but its pixels.
    ///
    /// - Throws: `ValidationError` on `document` where it is neither, `PictureError`, `MediaError`.
    func keep(_ bytes: [UInt8]) async throws -> String {
        if PDFCheck.isPDF(bytes) {
            do {
                return try await studio.store.store(bytes, in: Self.folder, fileExtension: "pdf").description
            } catch MediaError.busy {
                throw PictureError.tooManyUploads
            }
        }
        do {
            return try await studio.store(bytes, in: Self.folder, field: "document").key
        } catch is ValidationError {
            throw ValidationError("document", "Upload a PDF or a picture: JPEG, PNG or WebP.")
        }
    }

    /// Refuses a caller who cannot add papers, before a file is read.
    ///
    /// - Throws: `VendorError.noVendor`, `ValidationError` where there are too many, `SQLError`.
    func checkRoom(of user: UserID, _ connection: Connection) throws {
        try checkRoom(of: VendorAccess.vendor(of: user, connection).id, connection)
    }

    private func checkRoom(of vendor: VendorID, _ connection: Connection) throws {
        guard try VendorDocumentQueries.count(of: vendor, connection) < Self.limit else {
            throw ValidationError("non_field_errors", "A vendor may have \(Self.limit) documents at most.")
        }
    }

    /// Adds a stored file to the papers of the caller's vendor.
    ///
    /// - Throws: `VendorError.noVendor`, `ValidationError` where there are too many, `SQLError`.
    func add(
        _ type: VendorDocumentType, file: String, named name: String, of user: UserID, in tx: Transaction
    ) throws -> VendorDocument {
        guard let vendor = try VendorQueries.lock(of: user, tx) else { throw VendorError.noVendor }
        try checkRoom(of: vendor.id, tx)
        let id = try VendorDocumentQueries.insert(
            type, file: file, named: name, of: vendor.id, at: vendors.time.now, tx)
        return try require(id, of: vendor.id, tx)
    }

    /// Returns a paper of a vendor.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func require(_ id: VendorDocumentID, of vendor: VendorID, _ connection: Connection) throws -> VendorDocument {
        guard let found = try VendorDocumentQueries.find(id, of: vendor, connection) else { throw NotFound() }
        return found
    }

    /// Decides about a paper, and by it whether the vendor is verified, which a rejection never makes them; the vendor is
    /// told.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func decide(
        _ status: VendorDocumentStatus, reason: String = "", on id: VendorDocumentID, of vendorID: VendorID,
        by user: UserID, before look: (Vendor) throws -> Void = { _ in }, in tx: Transaction
    ) throws -> VendorDocument {
        guard let vendor = try VendorQueries.lock(vendorID, tx) else { throw NotFound() }
        try look(vendor)
        let document = try require(id, of: vendorID, tx)
        try VendorDocumentQueries.decide(status, reason: reason, id, by: user, at: vendors.time.now, tx)
        let isVerified = try (status == .verified || vendor.isVerified) && hasAll(vendor, tx)
        if isVerified != vendor.isVerified {
            try VendorQueries.setVerified(isVerified, vendorID, at: vendors.time.now, tx)
        }
        try vendors.tell(
            vendor, "vendor_document_\(status.rawValue)", document.type.mailWords.merging(["reason": reason]) { $1 },
            in: tx
        )
        return try require(id, of: vendorID, tx)
    }

    /// Returns whether every kind of paper that the vendor's business needs is verified.
    private func hasAll(_ vendor: Vendor, _ tx: Transaction) throws -> Bool {
        let verified = try VendorDocumentQueries.all(of: vendor.id, tx).filter { $0.status == .verified }.map(\.type)
        return VendorDocumentType.needed(by: vendor.business.type).isSubset(of: verified)
    }

    /// Reads the file of a paper.
    ///
    /// - Throws: `NotFound` where it is gone, `MediaError`.
    func content(of document: VendorDocument) async throws -> MediaObject {
        guard let key = MediaKey(document.fileKey), let object = try await studio.store.read(key) else {
            throw NotFound()
        }
        return object
    }
}

extension VendorDocumentType {
    /// What mails call it: its English words, under its own name too, by which texts in other languages choose theirs.
    var mailWords: [String: String] { ["document": words, rawValue: words] }

    private var words: String {
        switch self {
        case .idProof: "proof of identity"
        case .addressProof: "proof of address"
        case .businessLicense: "business license"
        }
    }
}
