import Synchronization
import Web

/// The shop that serves: another one takes its place where the settings have changed, over the same database and behind
/// the same listener.
final class LiveShop: Sendable {
    private let shop: Mutex<Shop>

    init(_ shop: Shop) {
        self.shop = Mutex(shop)
    }

    /// The shop that serves now.
    var current: Shop { shop.withLock { $0 } }

    /// What answers the next request.
    var server: APIServer { shop.withLock { $0.server } }

    /// Puts another shop into service; requests that are under way finish with the former.
    func replace(by next: Shop) { shop.withLock { $0 = next } }
}
