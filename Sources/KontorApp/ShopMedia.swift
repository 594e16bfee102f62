import Accounts
import Catalog
import Pictures
import Privacy
import SQL

/// Who keeps files where: the one list that serving, sweeping and the proof of an erasure go by.
enum ShopMedia {
    /// By folder: which of its keys rows name.
    static let owners: [String: MediaOwner] = [
        UserPicture.avatar.folder: UserPicture.avatars, UserPicture.cover.folder: UserPicture.covers,
        "categories": CategoryQueries.named, "products": ImageQueries.named,
        DataExports.folder: DataExports.named,
    ]

    /// Every folder, in order.
    static var folders: [String] { owners.keys.sorted() }

    /// What everybody may see: all but the archives of users.
    static let served = folders.filter { $0 != DataExports.folder }
}

extension Installation {
    /// What in this shop still names a person who was erased.
    ///
    /// - Throws: `SQLError`, `MediaError`.
    public func erasureAudit(of email: String) async throws -> ErasureAudit {
        try await ErasureAudit.of(email, database, media, folders: ShopMedia.folders + [MediaSweep.trash])
    }
}
