import Commerce
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

@Suite struct AccountsAddressTests {
    private static let postal = PostalAddress(
        fullName: "Ada Lovelace", phoneNumber: "+493012345", addressLine1: "Unter den Linden 1", addressLine2: "",
        city: "Berlin", state: "", postalCode: "10117", country: "DE")

    @Test(arguments: Backend.available)
    func `the first address is the default of its kinds, the next is not`(_ backend: Backend) async throws {
        try await withBook(backend) { book in
            let billing = try await book.add(.billing)
            #expect(!billing.isDefaultShipping && billing.isDefaultBilling)
            let both = try await book.add(.both)
            #expect(both.isDefaultShipping && !both.isDefaultBilling)
            let shipping = try await book.add(.shipping)
            #expect(!shipping.isDefaultShipping && !shipping.isDefaultBilling)
        }
    }

    @Test(arguments: Backend.available)
    func `there is one default of each kind, whoever asks and however many at once`(_ backend: Backend) async throws {
        try await withBook(backend) { book in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        _ = try await book.add(.both, wishes: index.isMultiple(of: 2) ? [.shipping: true] : [:])
                    }
                }
                try await group.waitForAll()
            }
            let all = try await book.all()
            #expect(all.count == 12)
            #expect(all.count { $0.isDefaultShipping } == 1)
            #expect(all.count { $0.isDefaultBilling } == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a deleted default falls to the oldest that remains`(_ backend: Backend) async throws {
        try await withBook(backend) { book in
            let first = try await book.add(.both)
            let second = try await book.add(.billing)
            let third = try await book.add(.both)
            try await book.write { try book.service.remove(first.id, of: book.user, in: .all, $0) }
            #expect(try await book.find(second.id).isDefaultBilling)
            #expect(try await book.find(third.id).isDefaultShipping)
            #expect(try await book.find(third.id).isDefaultBilling == false)
        }
    }

    @Test(arguments: Backend.available)
    func `set-default takes the address's own type when none is said`(_ backend: Backend) async throws {
        try await withBook(backend) { book in
            let first = try await book.add(.both)
            let second = try await book.add(.both)
            let half = try await book.write { try book.service.setDefault(second.id, of: book.user, .billing, $0) }
            #expect(half.isDefaultBilling && !half.isDefaultShipping)
            let whole = try await book.write { try book.service.setDefault(second.id, of: book.user, nil, $0) }
            #expect(whole.isDefaultBilling && whole.isDefaultShipping)
            #expect(try await book.find(first.id).isDefaultShipping == false)
            let billing = try await book.add(.billing)
            await #expect(throws: ValidationError.self) {
                try await book.write { try book.service.setDefault(billing.id, of: book.user, .shipping, $0) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an address that changes its type gives back what it can be no longer`(_ backend: Backend) async throws {
        try await withBook(backend) { book in
            let first = try await book.add(.both)
            let second = try await book.add(.both)
            var changes = AddressChanges()
            changes.type = .billing
            changes.postal.city = "Potsdam"
            let changed = try await book.write { [changes] in
                try book.service.update(first.id, of: book.user, changes, in: .all, $0)
            }
            #expect(changed.postal.city == "Potsdam" && changed.postal.postalCode == "10117")
            #expect(changed.isDefaultBilling && !changed.isDefaultShipping)
            #expect(changed.version == first.version + 1)
            #expect(try await book.find(second.id).isDefaultShipping)
        }
    }

    @Test(arguments: Backend.available)
    func `an address of another user is not there`(_ backend: Backend) async throws {
        try await withBook(backend) { book in
            let mine = try await book.add(.both)
            let stranger = try await book.shop.register("eve@example.com").account.user.id
            await #expect(throws: NotFound.self) { try await book.service.find(mine.id, of: stranger) }
            await #expect(throws: NotFound.self) {
                try await book.write { try book.service.remove(mine.id, of: stranger, in: .all, $0) }
            }
            await #expect(throws: NotFound.self) {
                try await book.write { try book.service.setDefault(mine.id, of: stranger, nil, $0) }
            }
            let found = try await book.shop.database.read { connection in
                (
                    try book.service.address(mine.id, of: book.user, in: connection),
                    try book.service.address(mine.id, of: stranger, in: connection)
                )
            }
            #expect(found.0 == Self.postal)
            #expect(found.1 == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `the shipping view leaves out what is for billing alone`(_ backend: Backend) async throws {
        try await withBook(backend) { book in
            let billing = try await book.add(.billing)
            let shipping = try await book.add(.shipping)
            let seen = try await book.shop.database.read { connection in
                try AddressQueries.list(of: book.user, .shipping, limit: "LIMIT 10", connection).map(\.id)
            }
            #expect(seen == [shipping.id])
            await #expect(throws: NotFound.self) {
                try await book.write { try book.service.remove(billing.id, of: book.user, in: .shipping, $0) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a book is full at a hundred`(_ backend: Backend) async throws {
        try await withBook(backend) { book in
            try await book.write { tx in
                for _ in 0..<AddressBook.maxAddresses {
                    try book.service.add(.init(Self.postal), for: book.user, in: tx)
                }
            }
            await #expect(throws: ValidationError.self) { try await book.add(.both) }
        }
    }

    @Test func `only countries of ISO 3166 are countries`() {
        #expect(["DE", "us", "Gb", "ZW"].map(Country.code) == ["DE", "US", "GB", "ZW"])
        #expect(["", "XX", "UK", "EU", "DEU", "Germany", "D"].allSatisfy { Country.code($0) == nil })
    }

    @Test func `an address that gives its default up hands it to the oldest other one`() {
        let book: [AddressDefaults.Entry] = [
            .init(id: AddressID(1), type: .both, current: [.shipping]), .init(id: AddressID(2), type: .billing),
            .init(id: AddressID(3), type: .shipping),
        ]
        #expect(AddressDefaults.choose(.shipping, in: book, wish: (AddressID(1), false)) == AddressID(3))
        #expect(AddressDefaults.choose(.shipping, in: book, wish: (AddressID(3), false)) == AddressID(1))
        #expect(AddressDefaults.choose(.shipping, in: book, wish: (AddressID(2), true)) == AddressID(1))
        #expect(AddressDefaults.choose(.billing, in: book) == AddressID(1))
        #expect(AddressDefaults.choose(.billing, in: []) == nil)
    }

    private struct Book: Sendable {
        let shop: AccountsFixture
        let user: UserID
        var service: AddressBook { shop.service.addressBook }

        func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
            try await shop.database.write(body)
        }

        @discardableResult
        func add(_ type: AddressType, wishes: [DefaultKind: Bool] = [:]) async throws -> Address {
            var draft = AddressDraft(type: type, AccountsAddressTests.postal)
            draft.wishes = wishes
            return try await write { [draft] in try service.add(draft, for: user, in: $0) }
        }

        func find(_ id: AddressID) async throws -> Address { try await service.find(id, of: user) }

        func all() async throws -> [Address] {
            try await shop.database.read { try AddressQueries.list(of: user, .all, limit: .empty, $0) }
        }
    }

    private func withBook(_ backend: Backend, _ body: (Book) async throws -> Void) async throws {
        try await withAccounts(backend) { shop in
            try await body(Book(shop: shop, user: try await shop.register().account.user.id))
        }
    }
}
