import Commerce
import SQL

/// A product as reviews know it.
public struct ReviewedProduct: Sendable {
    /// The primary key.
    public let id: ProductID
    /// What its approved reviews add up to.
    public let ratings: RatingSummary

    /// A product that everybody may see, with what its reviews add up to.
    public init(id: ProductID, ratings: RatingSummary) {
        self.id = id
        self.ratings = ratings
    }
}

/// What the approved reviews of a product add up to.
public struct RatingSummary: Sendable, Hashable {
    /// The sum of the ratings.
    public let sum: Int
    /// The number of reviews.
    public let count: Int
    /// The number of reviews by buyers.
    public let verified: Int
    /// The number of reviews by rating, from 1 to 5.
    public let distribution: [Int]

    /// Collects sums; `distribution` has five numbers.
    public init(sum: Int, count: Int, verified: Int, distribution: [Int]) {
        self.sum = sum
        self.count = count
        self.verified = verified
        self.distribution = distribution
    }

    /// Nothing to sum up.
    public static let none = RatingSummary(sum: 0, count: 0, verified: 0, distribution: [0, 0, 0, 0, 0])

    /// The mean rating, rounded to two decimals; 0 without reviews.
    var average: Double { count == 0 ? 0 : (Double(sum) / Double(count) * 100).rounded() / 100 }

    /// Returns the number of reviews with this rating, from 1 to 5.
    func count(of rating: Int) -> Int {
        distribution.indices.contains(rating - 1) ? distribution[rating - 1] : 0
    }
}

/// An author as everybody sees them.
public struct ReviewAuthor: Sendable, Hashable {
    /// A name for people, never an e-mail address.
    public let displayName: String
    /// The media key of the author's picture; nil where there is none.
    public let avatar: String?

    /// An author by name and picture.
    public init(displayName: String, avatar: String?) {
        self.displayName = displayName
        self.avatar = avatar
    }

    /// Makes the name of what an account says of its owner: `Ada L.`, else the user name, else no name at all.
    public init(firstName: String, lastName: String, username: String, avatar: String, isErased: Bool) {
        let initial = lastName.prefix(1).uppercased()
        let name = firstName.isEmpty ? username : initial.isEmpty ? firstName : "\(firstName) \(initial)."
        self.init(
            displayName: isErased ? Self.erasedName : name.isEmpty ? Self.nobody : name,
            avatar: avatar.isEmpty ? nil : avatar)
    }

    /// Somebody whose account does not exist any more.
    static let unknown = ReviewAuthor(displayName: erasedName, avatar: nil)

    private static let erasedName = "Deleted user"
    private static let nobody = "Customer"
}

/// What reviews ask of the catalog, of orders, of accounts and of vendors.
public struct ReviewQuestions: Sendable {
    /// Returns a product by id or slug; nil where the public sees none. Throws `SQLError`.
    public typealias Product = @Sendable (Reference, Connection) throws -> ReviewedProduct?
    /// Returns a delivered order of a user with the product, the named one where one is named. Throws `SQLError`.
    public typealias Purchase = @Sendable (UserID, ProductID, OrderID?, Connection) throws -> OrderID?
    /// Returns whether a user sells a product as an approved vendor. Throws `SQLError`.
    public typealias Sells = @Sendable (UserID, ProductID, Connection) throws -> Bool
    /// Returns whether a product is of a user's own business, whatever the shop has decided about it. Throws `SQLError`.
    public typealias Owns = @Sendable (UserID, ProductID, Connection) throws -> Bool
    /// Returns the authors with these ids. Throws `SQLError`.
    public typealias Authors = @Sendable ([UserID], Connection) throws -> [UserID: ReviewAuthor]
    /// Takes what a review added to its product's ratings out of them, and adds what it adds now. Throws `SQLError`.
    public typealias Ratings =
        @Sendable (ProductID, _ before: CountedRating?, _ after: CountedRating?, Transaction) throws -> Void

    /// Returns a query for the ids, as the column `id`, of what goes by a text.
    public typealias Finding = @Sendable (_ text: String) -> Query

    let product: Product
    let purchase: Purchase
    let sells: Sells
    let owns: Owns
    let authors: Authors
    let ratings: Ratings
    let naming: NameSubselect
    let named: Finding
    let people: Finding

    /// Collects the answers of other rooms: `named` finds products by a part of their names, `people` a user by the whole
    /// e-mail address.
    public init(
        product: @escaping Product, purchase: @escaping Purchase, sells: @escaping Sells, owns: @escaping Owns,
        authors: @escaping Authors, ratings: @escaping Ratings, naming: @escaping NameSubselect,
        named: @escaping Finding, people: @escaping Finding
    ) {
        self.product = product
        self.purchase = purchase
        self.sells = sells
        self.owns = owns
        self.authors = authors
        self.ratings = ratings
        self.naming = naming
        self.named = named
        self.people = people
    }
}
