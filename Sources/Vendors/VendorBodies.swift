import Commerce
import Pictures
import Primitives
import Web

/// A vendor as staff see it.
struct VendorBody: ResponseBody {
    let id: VendorID
    let name: String
    let businessName: String
    let slug: String
    let user: UserID?
    let businessType: BusinessType
    let registrationNumber: String
    let taxID: String
    let description: String
    let logo: String?
    let bannerImage: String?
    /// A fraction; null where the shop's rules decide.
    let commissionRate: String?
    let status: VendorStatus
    let statusReason: String
    let isVerified: Bool
    let rating: Double
    let reviewsCount: Int
    /// The products that the public sees.
    let totalProducts: Int
    let totalSales: Price
    let version: Int
    let approvedAt: Timestamp?
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ vendor: Vendor, _ figures: VendorFigures, baseURL: String) {
        id = vendor.id
        name = vendor.name
        businessName = vendor.name
        slug = vendor.slug
        user = vendor.userID
        businessType = vendor.business.type
        registrationNumber = vendor.business.registrationNumber
        taxID = vendor.business.taxID
        description = vendor.business.description
        logo = vendor.logoKey.map { MediaURL.of($0, baseURL) }
        bannerImage = vendor.bannerKey.map { MediaURL.of($0, baseURL) }
        commissionRate = vendor.commissionRate.map { $0.decimalText(scale: 6, atLeast: 1) }
        status = vendor.status
        statusReason = vendor.statusReason
        isVerified = vendor.isVerified
        rating = vendor.rating
        reviewsCount = vendor.ratingCount
        totalProducts = figures.products[vendor.id] ?? 0
        totalSales = figures.currency.price(figures.sales[vendor.id] ?? .zero)
        version = vendor.version
        approvedAt = vendor.approvedAt
        createdAt = vendor.createdAt
        updatedAt = vendor.updatedAt
    }
}

/// What the audit keeps of a vendor that staff have made: no name, since the path does not say whose it is, and it may
/// have to be erased.
struct MadeVendorRecord: ResponseBody {
    let id: VendorID
    let user: UserID?
    let status: VendorStatus

    init(_ vendor: Vendor) {
        id = vendor.id
        user = vendor.userID
        status = vendor.status
    }
}

/// What others know of vendors.
struct VendorFigures: Sendable {
    let products: [VendorID: Int]
    let sales: [VendorID: Money]
    let currency: Currency
}

/// How a vendor is reached and paid, as the vendor and staff see it.
struct VendorProfileBody: Codable, Sendable {
    struct Account: Codable, Sendable {
        let accountHolder: String
        let bankName: String
        /// `•••• 1234`; null where there is none.
        let iban: String?
        /// `•••• 1234`; null where there is none.
        let accountNumber: String?
        /// `•••• 1234`; null where there is none.
        let routingNumber: String?
        let swift: String?

        init(_ account: BankAccount) {
            let shown = account.masked
            let text = { (text: String) in text.isEmpty ? nil : text }
            accountHolder = shown.accountHolder
            bankName = shown.bankName
            iban = text(shown.iban)
            accountNumber = text(shown.accountNumber)
            routingNumber = text(shown.routingNumber)
            swift = text(shown.swift)
        }
    }

    let phoneNumber: String
    let email: String
    let website: String
    let addressLine1: String
    let addressLine2: String
    let city: String
    let state: String
    let postalCode: String
    let country: String
    let bankAccount: Account?
    let payoutMethod: PayoutMethod
    let socialLinks: [String: String]

    init(_ profile: VendorProfile, _ account: BankAccount?) {
        phoneNumber = profile.phoneNumber
        email = profile.email
        website = profile.website
        addressLine1 = profile.address.addressLine1
        addressLine2 = profile.address.addressLine2
        city = profile.address.city
        state = profile.address.state
        postalCode = profile.address.postalCode
        country = profile.address.country
        bankAccount = account.map(Account.init)
        payoutMethod = profile.payoutMethod
        socialLinks = profile.socialLinks
    }
}

/// A vendor as its owner sees it.
struct VendorAccountBody: ResponseBody {
    let vendor: VendorBody
    let profile: VendorProfileBody

    init(_ file: VendorFile, _ figures: VendorFigures, baseURL: String) {
        vendor = VendorBody(file.vendor, figures, baseURL: baseURL)
        profile = VendorProfileBody(file.profile, file.account)
    }

    private enum CodingKeys: String, CodingKey {
        case profile
    }

    init(from decoder: any Decoder) throws {
        vendor = try VendorBody(from: decoder)
        profile = try decoder.container(keyedBy: CodingKeys.self).decode(VendorProfileBody.self, forKey: .profile)
    }

    func encode(to encoder: any Encoder) throws {
        try vendor.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(profile, forKey: .profile)
    }
}

/// A vendor with papers, as staff see it.
struct VendorDetailBody: ResponseBody {
    let account: VendorAccountBody
    let documents: [VendorDocumentBody]

    private enum CodingKeys: String, CodingKey {
        case documents
    }

    init(_ account: VendorAccountBody, documents: [VendorDocumentBody]) {
        self.account = account
        self.documents = documents
    }

    init(from decoder: any Decoder) throws {
        account = try VendorAccountBody(from: decoder)
        documents = try decoder.container(keyedBy: CodingKeys.self).decode(
            [VendorDocumentBody].self, forKey: .documents)
    }

    func encode(to encoder: any Encoder) throws {
        try account.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(documents, forKey: .documents)
    }
}

/// A paper of a vendor. Its file has no public address.
struct VendorDocumentBody: ResponseBody {
    let id: VendorDocumentID
    let vendorID: VendorID
    let documentType: VendorDocumentType
    let fileName: String
    let status: VendorDocumentStatus
    let rejectionReason: String?
    let uploadedAt: Timestamp
    let verifiedAt: Timestamp?

    init(_ document: VendorDocument) {
        id = document.id
        vendorID = document.vendor
        documentType = document.type
        fileName = document.fileName
        status = document.status
        rejectionReason = document.rejectionReason.isEmpty ? nil : document.rejectionReason
        uploadedAt = document.uploadedAt
        verifiedAt = document.verifiedAt
    }
}

/// A vendor as everybody sees it.
struct PublicVendorBody: ResponseBody {
    let id: VendorID
    let businessName: String
    let slug: String
    let description: String
    let logo: String?
    let bannerImage: String?
    let isVerified: Bool
    let rating: Double
    let reviewsCount: Int
    let productsCount: Int
    let createdAt: Timestamp

    init(_ vendor: Vendor, products: Int, baseURL: String) {
        id = vendor.id
        businessName = vendor.name
        slug = vendor.slug
        description = vendor.business.description
        logo = vendor.logoKey.map { MediaURL.of($0, baseURL) }
        bannerImage = vendor.bannerKey.map { MediaURL.of($0, baseURL) }
        isVerified = vendor.isVerified
        rating = vendor.rating
        reviewsCount = vendor.ratingCount
        productsCount = products
        createdAt = vendor.createdAt
    }
}

/// A review of a vendor, as everybody sees it.
struct VendorReviewBody: ResponseBody {
    struct Author: Codable, Sendable {
        let id: UserID
        let displayName: String
    }

    let id: VendorReviewID
    let vendorID: VendorID
    /// Null where the customer's account was deleted.
    let user: Author?
    let rating: Int
    let reviewText: String
    let response: String?
    let respondedAt: Timestamp?
    let createdAt: Timestamp

    init(_ review: VendorReview, names: [UserID: String]) {
        id = review.id
        vendorID = review.vendor
        user = review.user.flatMap { id in names[id].map { Author(id: id, displayName: $0) } }
        rating = review.rating
        reviewText = review.text
        response = review.response.isEmpty ? nil : review.response
        respondedAt = review.respondedAt
        createdAt = review.createdAt
    }
}
