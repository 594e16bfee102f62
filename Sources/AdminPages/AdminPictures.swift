/// Pictures of a row: several uploaded at once, described, put in order, taken off.
public struct AdminPictures: Sendable {
    /// The member of the row that lists them, in their order. Each has an `id` and a `version`.
    public let member: String
    /// What can be written about a picture.
    public let fields: [AdminField]
    /// The call that adds one; it takes a form with a file.
    public let add: AdminCall
    /// The call that changes one.
    public let change: AdminCall
    /// The call that takes one off.
    public let remove: AdminCall
    /// The field of the form with the file.
    public var file = "image"
    /// The types of files that are taken.
    public var types = ["image/jpeg", "image/png", "image/webp"]
    /// The member of a picture with its address.
    public var address = "image"
    /// The member of a picture with the addresses of its smaller sizes.
    public var sizes = "sizes"
    /// The member of a picture with its alternative text.
    public var text = "alt_text"
    /// The field of a picture that says its place, counted from 0.
    public var order = "display_order"

    /// Creates pictures that `add` adds to the list `member`; `change` and `remove` name a picture's members by `row.`.
    public init(_ member: String, _ fields: [AdminField], add: AdminCall, change: AdminCall, remove: AdminCall) {
        self.member = member
        self.fields = fields
        self.add = add
        self.change = change
        self.remove = remove
    }
}
