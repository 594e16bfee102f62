import Commerce
import Primitives
import SQL
import Web

/// A remark of staff on an order.
struct OrderNote: RowDecodable, Sendable {
    static let columns: Query = "id, author_id, text, is_visible, created_at"

    let id: Int64
    let author: UserID?
    let text: String
    /// Whether the customer reads it too.
    let isVisible: Bool
    let createdAt: Timestamp

    init(row: inout RowReader) throws {
        id = try row()
        author = try row()
        text = try row()
        isVisible = try row()
        createdAt = try row()
    }
}

/// A note as it is shown.
struct OrderNoteBody: ResponseBody {
    let id: Int64
    /// Null for customers.
    let authorID: UserID?
    let text: String
    let isVisible: Bool
    let createdAt: Timestamp

    init(_ note: OrderNote, forStaff: Bool) {
        id = note.id
        authorID = forStaff ? note.author : nil
        text = note.text
        isVisible = note.isVisible
        createdAt = note.createdAt
    }
}

/// A note to write.
struct OrderNoteInput: Input {
    let text: String
    let isVisible: Bool

    init(_ fields: Fields) {
        text = fields.string("text", length: 1...2_000)
        isVisible = fields.boolean("is_visible", .optional(false))
    }
}
