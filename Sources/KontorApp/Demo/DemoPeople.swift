import Accounts
import Commerce
import SQL
import Web

/// A customer of the demo shop, with where they live.
struct DemoCustomer: Sendable {
    let id: UserID
    let email: String
    let address: PostalAddress
}

/// The people of the demo shop whom its data is about.
struct DemoUsers: Sendable {
    let administrator: UserID
    /// Who sells plants and gift boxes.
    let vendor: UserID
    let customers: [DemoCustomer]
}

/// Writes the people of the demo shop; they all have one password.
struct DemoPeople {
    let shop: Shop

    init(_ shop: Shop) {
        self.shop = shop
    }

    private static let people = [
        ("Ada", "Lindqvist", "12 Harbour Street", "Portland", "ME", "04101", "US"),
        ("Bruno", "Keller", "Lindenallee 7", "Freiburg", "BW", "79098", "DE"),
        ("Chiara", "Ricci", "Via Garibaldi 21", "Bologna", "BO", "40124", "IT"),
        ("Dmitri", "Novák", "Vinohradská 88", "Praha", "10", "12000", "CZ"),
        ("Elif", "Yılmaz", "Bağdat Caddesi 140", "Istanbul", "34", "34728", "TR"),
        ("Femke", "de Vries", "Prinsengracht 263", "Amsterdam", "NH", "1016", "NL"),
        ("Gareth", "Owen", "4 Castle Road", "Cardiff", "CRF", "CF10", "GB"),
        ("Hana", "Sato", "Kawaramachi 3", "Kyoto", "26", "6048006", "JP"),
        ("Inês", "Carvalho", "Rua da Bica 15", "Lisboa", "11", "1200", "PT"),
        ("Jakub", "Wiśniewski", "Floriańska 30", "Kraków", "12", "31021", "PL"),
    ]

    /// Creates the administrator, the customers and the vendor. Who is there already stays as they are: the first
    /// administrator may have been made before.
    func insert(passwordHash: String, in tx: Transaction) throws -> DemoUsers {
        let administrator = try id(of: DemoShop.Administrator().email, "Kontor", "Admin", .admin, passwordHash, tx)
        let customers = try customers(passwordHash, tx)
        let vendor = try id(of: DemoShop.Administrator().vendor, "Nora", "Wind", .customer, passwordHash, tx)
        return DemoUsers(administrator: administrator, vendor: vendor, customers: customers)
    }

    private func id(
        of email: String, _ firstName: String, _ lastName: String, _ role: Role, _ passwordHash: String,
        _ tx: Transaction
    ) throws -> UserID {
        if let known = try DemoQueries.user(email, tx) { return known }
        var user = NewUser(email: email, passwordHash: passwordHash)
        (user.firstName, user.lastName, user.role, user.isEmailVerified) = (firstName, lastName, role, true)
        return try shop.accounts.superusers.insert(user, in: tx)
    }

    private func customers(_ passwordHash: String, _ tx: Transaction) throws -> [DemoCustomer] {
        try Self.people.map { first, last, street, city, state, postalCode, country in
            var user = NewUser(email: "\(Self.mailName(first))@example.com", passwordHash: passwordHash)
            user.firstName = first
            user.lastName = last
            user.isEmailVerified = true
            let address = PostalAddress(
                fullName: "\(first) \(last)", phoneNumber: "+15550100", addressLine1: street, addressLine2: "",
                city: city, state: state, postalCode: postalCode, country: country)
            let id = try shop.accounts.superusers.insert(user, in: tx)
            try shop.accounts.addressBook.add(AddressDraft(label: "Home", address), for: id, in: tx)
            return DemoCustomer(id: id, email: user.email, address: address)
        }
    }

    private static func mailName(_ name: String) -> String {
        name.lowercased().map { $0 == "ê" ? "e" : $0 }.filter(\.isASCII).map(String.init).joined()
    }
}
