import Commerce
import Primitives
import Web

/// The query parameters of a list of vendors.
struct VendorListInput: Input {
    let filter: VendorQueries.Filter
    let ordering: Ordering<VendorQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = VendorQueries.Filter(
            status: fields.optionalChoice("status", of: VendorStatus.self), search: fields.optionalString("search"),
            ids: fields.optionalIDs("ids"))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// A new vendor of staff's making.
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

/// An application.
struct RegisterInput: Input {
    let change: VendorChange

    init(_ fields: Fields) {
        var change = VendorChange()
        change.readBusiness(fields)
        change.readContact(fields)
        self.change = change
    }
}

/// The body of PUT and PATCH on a vendor's profile: the name and form of the business are required by PUT, what else is
/// not sent stays.
struct VendorEditInput: Input {
    let change: VendorChange
    let presence: PresenceInput

    init(_ fields: Fields) {
        let profile = fields.optionalObject("profile", VendorProfileInput.self)
        var change = profile?.change ?? VendorChange()
        change.readBusiness(fields)
        self.change = change
        presence = PresenceInput(fields)
    }
}

/// The nested `profile` of such a body.
struct VendorProfileInput: Input {
    let change: VendorChange

    init(_ fields: Fields) {
        var change = VendorChange()
        change.readContact(fields)
        change.address.addressLine1 = fields.change("address_line1")
        change.address.addressLine2 = fields.change("address_line2")
        change.address.city = fields.change("city", length: 0...100)
        change.address.postalCode = fields.change("postal_code", length: 0...20)
        let country = fields.optionalCountry("country")
        if fields.isPresent("country") { change.address.country = country ?? "" }
        change.address.state = fields.state("state", of: country)
        let account = fields.optionalObject("bank_account", BankAccountInput.self)
        if fields.isPresent("bank_account") { change.bankAccount = .some(account?.account) }
        change.payoutMethod = fields.optionalChoice("payout_method")
        let links = fields.texts("social_links", length: 0...200)
        if fields.isPresent("social_links") { change.socialLinks = Self.checked(links, fields) }
        self.change = change
    }

    /// Returns the links that are not empty; refuses too many and those that are no addresses.
    private static func checked(_ links: [String: String], _ fields: Fields) -> [String: String] {
        let filled = links.filter { !$0.value.isEmpty }
        if filled.count > 20 { fields.fail("social_links", "Ensure this field has no more than 20 elements.") }
        if filled.keys.contains(where: { $0.unicodeScalars.count > 50 }) {
            fields.fail("social_links", "Ensure that no name has more than 50 characters.")
        }
        if !filled.values.allSatisfy(WebAddress.isWhole) { fields.fail("social_links", "Enter a valid URL.") }
        return filled
    }
}

/// A bank account, whole. Its numbers are as long as a payment order takes them (ISO 20022, `Max34Text` for accounts and
/// `Max35Text` for banks); those that people group by spaces may be longer as they are sent.
struct BankAccountInput: Input {
    let account: BankAccount

    init(_ fields: Fields) {
        let number = { (name: String, limit: Int) in fields.optionalString(name, length: 0...limit) ?? "" }
        account = BankAccount(
            accountHolder: fields.string("account_holder", length: 1...150),
            bankName: fields.string("bank_name", length: 1...150), iban: number("iban", 50),
            accountNumber: number("account_number", 34), routingNumber: number("routing_number", 35),
            swift: number("swift", 50))
    }
}

extension VendorChange {
    /// Reads what a vendor says of the business.
    mutating func readBusiness(_ fields: Fields) {
        name = fields.sent("business_name") { $0.string($1, length: 1...200) }
        type = fields.sent("business_type") { $0.choice($1) }
        registrationNumber = fields.change("registration_number", length: 0...100)
        taxID = fields.change("tax_id", length: 0...50)
        description = fields.change("description", length: 0...5_000)
    }

    /// Reads how a vendor is reached.
    mutating func readContact(_ fields: Fields) {
        phoneNumber = fields.phoneChange("phone_number")
        email = fields.change("email", length: 0...254, or: "Enter a valid email address.") { EmailAddress($0)?.text }
        website = fields.urlChange("website")
    }
}

/// A paper as a form.
struct VendorDocumentInput: Input {
    let type: VendorDocumentType
    let document: UploadedFile

    init(_ fields: Fields) {
        type = fields.choice("document_type")
        document = fields.file("document")
    }
}

/// A picture as a form.
struct VendorPictureInput: Input {
    let image: UploadedFile

    init(_ fields: Fields) {
        image = fields.file("image")
    }
}

/// An approval.
struct ApprovalInput: Input {
    /// Millionths; nil leaves the rate to the shop's rules, or as it is.
    let rate: Int64?

    init(_ fields: Fields) {
        rate = fields.optionalDecimal("commission_rate", scale: 6, in: 0...1_000_000)
    }
}

/// The reason of a decision against a vendor.
struct ReasonInput: Input {
    let reason: String

    init(_ fields: Fields) {
        reason = fields.string("reason", length: 1...500)
    }
}

/// The reason why a paper is not accepted.
struct DocumentRejectionInput: Input {
    let reason: String

    init(_ fields: Fields) {
        reason = fields.string("rejection_reason", length: 1...500)
    }
}

/// A review of a vendor.
struct VendorReviewInput: Input {
    let draft: VendorReviewDraft

    init(_ fields: Fields) {
        draft = VendorReviewDraft(
            rating: fields.integer("rating", in: 1...5), text: fields.string("review_text", length: 1...5_000),
            order: fields.id("order_id"))
    }
}

/// The answer to a review.
struct VendorResponseInput: Input {
    let response: String

    init(_ fields: Fields) {
        response = fields.string("response", length: 1...5_000)
    }
}
