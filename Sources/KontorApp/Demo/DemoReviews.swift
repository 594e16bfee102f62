import Commerce
import Primitives
import Reviews
import SQL
import Storefront
import Web

/// Writes what the customers of the demo shop say of what they got; the last few wait for staff.
struct DemoReviews {
    private static let waiting = 3
    private static let words: [(rating: Int, title: String, text: String)] = [
        (5, "Exactly what I hoped for", "Well made, and it looks as it does in the picture. I would buy it again."),
        (4, "Good, with one small flaw", "Does its job every day. The instructions could be clearer."),
        (5, "A gift that was well received", "Bought for my sister, who uses it all the time."),
        (3, "It is all right", "Neither better nor worse than others that I have had. The price was fair."),
        (4, "Sturdy", "Half a year in use and still as on the first day."),
        (2, "Smaller than I thought", "Read the measures before you order. The shop took it back without fuss."),
        (5, "Lovely", "The color is even nicer than in the picture."),
    ]

    let shop: Shop

    init(_ shop: Shop) {
        self.shop = shop
    }

    func insert(in tx: Transaction) throws {
        let found = try DemoQueries.deliveries(tx)
        let clock = MovableClock(startingAt: shop.installation.time.now - .days(80))
        for (number, delivery) in found.enumerated() {
            let reviews = ReviewService(
                questions: ReviewedQueries.questions, approvesAtOnce: number + Self.waiting < found.count,
                time: clock.source)
            let words = Self.words[number % Self.words.count]
            var draft = ReviewDraft()
            (draft.rating, draft.title, draft.text) = (words.rating, words.title, words.text)
            let author = Identity(
                userID: delivery.user, sessionID: SessionID(0), email: delivery.email, role: .customer,
                permissions: [], isEmailVerified: true)
            _ = try reviews.create(draft, of: .id(delivery.product.rawValue), in: nil, by: author, tx)
            clock.advance(by: .hours(18))
        }
    }
}
