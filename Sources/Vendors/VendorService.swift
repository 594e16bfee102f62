import Commerce
import Jobs
import Messages
import Primitives
import SQL
import Web

/// Vendors from their application to their end: what they say of themselves, and what staff decide.
public struct VendorService: Sendable {
    let time: TimeSource
    let jobs: JobQueue
    let links: VendorLinks
    let events: VendorEvents
    private let box: SecretBox
    private let counts = CountCache()

    /// Creates a service that seals bank accounts under `secret`, mails through `jobs`, asks others through `links` and
    /// tells `events` of who can sell.
    public init(
        jobs: JobQueue, secret: SecretKey, time: TimeSource, links: VendorLinks = VendorLinks(),
        events: VendorEvents = .silent
    ) {
        self.jobs = jobs
        self.time = time
        self.links = links
        self.events = events
        box = SecretBox(secret, purpose: "vendors.bank-account")
    }

    /// Creates a vendor, with a unique slug made of the name.
    ///
    /// - Throws: `ValidationError` on `user` where there is no such user or they have a vendor, `SQLError`.
    public func create(
        name: String, user: UserID?, status: VendorStatus = .approved, in tx: Transaction
    ) throws -> Vendor {
        if let user, try VendorQueries.find(of: user, tx) != nil { throw Self.userTaken }
        do {
            let vendor = try insert(Vendor.Business(name: name), user: user, status, taken: Self.userTaken, tx)
            guard status == .approved else { return vendor }
            if let user { try links.promote(user, tx) }
            try events.approved(vendor, self, in: tx)
            return vendor
        } catch let error as SQLError where error.kind == .foreignKey {
            guard let user else { throw error }
            throw ValidationError("user", "Invalid pk \"\(user)\" - object does not exist.")
        }
    }

    /// Makes the vendor of a caller, to be approved by staff.
    ///
    /// - Throws: `VendorError.emailNotVerified`, `ValidationError` where they have one, `SQLError`.
    func register(_ change: VendorChange, by caller: Identity, in tx: Transaction) throws -> VendorFile {
        guard caller.isEmailVerified else { throw VendorError.emailNotVerified }
        if try VendorQueries.find(of: caller.userID, tx) != nil { throw Self.registered }
        let business = change.applied(to: Vendor.Business(name: ""))
        let vendor = try insert(business, user: caller.userID, .pending, taken: Self.registered, tx)
        let profile = try change.applied(to: VendorProfile())
        try VendorProfileQueries.update(profile, of: vendor.id, tx)
        try tell(vendor, "vendor_registered", in: tx)
        return VendorFile(vendor: vendor, profile: profile, account: nil)
    }

    static let registered = ValidationError("non_field_errors", "You have registered as a vendor already.")
    private static let userTaken = ValidationError("user", "This user has a vendor already.")

    /// Names in paths that mean something else than a vendor.
    private static let reserved: Set<String> = [
        "analytics", "banner", "dashboard", "documents", "ledger", "logo", "orders", "payouts", "products", "profile",
        "register", "reviews",
    ]

    private func insert(
        _ business: Vendor.Business, user: UserID?, _ status: VendorStatus, taken: ValidationError, _ tx: Transaction
    ) throws -> Vendor {
        let (slug, now) = (Slug(business.name, kind: "vendor"), time.now)
        let id = try slug.claim(in: tx) {
            try VendorQueries.slugs(like: slug, $0).union(Self.reserved)
        } _: { text in
            do {
                return try VendorQueries.insert(business, slug: text, user: user, status: status, at: now, tx)
            } catch let error as SQLError where error.kind == .unique {
                // The same user may have been quicker elsewhere.
                if let user, try VendorQueries.find(of: user, tx) != nil { throw taken }
                throw error
            }
        }
        try VendorProfileQueries.insert(VendorProfile(), of: id, tx)
        guard let vendor = try VendorQueries.find(id, tx) else { throw NotFound() }
        return vendor
    }

    /// Returns the vendors of a list; where it is long its length may be a second old.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func list(
        _ filter: VendorQueries.Filter, by ordering: Ordering<VendorQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<Vendor> {
        let count = try counts.count(VendorQueries.counting(filter, connection.dialect), connection)
        return try PageRows(count: count, page) {
            try VendorQueries.list(filter, by: ordering, page, connection)
        }
    }

    /// Returns a vendor with the profile behind it.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func file(_ id: VendorID, _ connection: Connection) throws -> VendorFile {
        guard let vendor = try VendorQueries.find(id, connection) else { throw NotFound() }
        return try file(vendor, connection)
    }

    func file(_ vendor: Vendor, _ connection: Connection) throws -> VendorFile {
        let profile = try VendorProfileQueries.find(vendor.id, connection) ?? VendorProfile()
        return VendorFile(vendor: vendor, profile: profile, account: account(profile, of: vendor.id))
    }

    /// Decides about a vendor. Products are shown or hidden in the same transaction; orders go on. `look` sees the
    /// locked vendor before anything is changed.
    ///
    /// - Throws: `NotFound`, `VendorError.invalidTransition`, `SQLError`, what `look` throws.
    func decide(
        _ decision: VendorDecision, on id: VendorID, before look: (Vendor) throws -> Void, in tx: Transaction
    ) throws -> Vendor {
        guard let vendor = try VendorQueries.lock(id, tx) else { throw NotFound() }
        try look(vendor)
        guard decision.origins.contains(vendor.status), try !VendorErasureQueries.isClosed(id, tx) else {
            throw VendorError.invalidTransition(from: vendor.status, to: decision.status)
        }
        try VendorQueries.decide(decision.status, reason: decision.reason, id, at: time.now, tx)
        if case .approve(let rate) = decision {
            try VendorQueries.noteApproval(rate, id, at: time.now, tx)
            if let user = vendor.userID { try links.promote(user, tx) }
            try events.approved(vendor, self, in: tx)
        }
        try links.show(id, decision.status == .approved, tx)
        tx.catalogChanged()
        try tell(vendor, decision.template, ["reason": decision.reason], in: tx)
        guard let decided = try VendorQueries.find(id, tx) else { throw NotFound() }
        return decided
    }

    /// Mails the owner of a vendor something about their products; one without an account is told nothing.
    ///
    /// - Throws: `SQLError`.
    public func notify(
        _ id: VendorID, _ template: String, _ context: [String: String], in tx: Transaction
    ) throws {
        guard let vendor = try VendorQueries.find(id, tx) else { return }
        try tell(vendor, template, context, in: tx)
    }

    /// Mails a vendor's owner; one without an account or an address is told nothing.
    func tell(_ vendor: Vendor, _ template: String, _ more: [String: String] = [:], in tx: Transaction) throws {
        guard let user = vendor.userID, let email = try links.email(user, tx), !email.isEmpty else { return }
        let context = more.merging(["business_name": vendor.name]) { $1 }.mapValues {
            $0.isEmpty ? JSONValue.null : .string($0)
        }
        try jobs.enqueue(MailJob(template: template, to: email, userID: user, context: .object(context)), in: tx)
    }

    func account(_ profile: VendorProfile, of id: VendorID) -> BankAccount? {
        guard !profile.sealedAccount.isEmpty,
            let text = try? box.open(profile.sealedAccount, context: Self.context(id)),
            let json = try? JSONValue(parsing: Array(text.utf8))
        else { return nil }
        return BankAccount(json)
    }

    func seal(_ account: BankAccount, of id: VendorID) throws -> String {
        try box.seal(String(decoding: JSONBytes.encode(account), as: UTF8.self), context: Self.context(id))
    }

    /// Returns the address that PayPal pays to, which is sealed once the owner is erased; may be empty.
    func email(_ profile: VendorProfile, of id: VendorID) -> String {
        guard !profile.sealedEmail.isEmpty else { return profile.email }
        return (try? box.open(profile.sealedEmail, context: Self.emailContext(id))) ?? ""
    }

    func seal(_ email: String, of id: VendorID) throws -> String {
        try box.seal(email, context: Self.emailContext(id))
    }

    private static func context(_ id: VendorID) -> String { "vendor \(id)" }
    private static func emailContext(_ id: VendorID) -> String { "vendor \(id) email" }
}

/// A vendor with the profile behind it.
struct VendorFile: Sendable {
    let vendor: Vendor
    let profile: VendorProfile
    /// Nil without one, and where it was sealed under another secret.
    let account: BankAccount?
}

extension BankAccount {
    /// Reads an account as it was sealed.
    init(_ json: JSONValue) {
        let text = { (name: String) in if case .string(let text)? = json[name] { text } else { "" } }
        self.init(
            accountHolder: text("account_holder"), bankName: text("bank_name"), iban: text("iban"),
            accountNumber: text("account_number"), routingNumber: text("routing_number"), swift: text("swift"))
    }
}
