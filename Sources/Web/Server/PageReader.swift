import Commerce
import Synchronization

/// Who reads a page for people. The server admits anyone to pages, which find their reader by a cookie of their own.
final class PageReader: Sendable {
    private let id = Mutex<UserID?>(nil)

    /// The user for whom the page was made; nil where it was made for nobody who is known.
    var user: UserID? { id.withLock { $0 } }

    /// Remembers for whom the page is made.
    func note(_ identity: Identity) { id.withLock { $0 = identity.userID } }
}
