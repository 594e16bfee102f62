/// A page of the admin that is about rows of a screen and shows no list of them, such as a stocktake.
public struct AdminLink: Sendable, Hashable {
    /// The text of the link.
    public let title: Phrase
    /// The path: `/admin/stocktake/`.
    public let path: String
    /// The call that the page makes: whoever may not make it is not led there.
    public let call: AdminCall

    /// Creates a link to a page that makes a call.
    public init(_ title: Phrase, _ path: String, calling call: AdminCall) {
        self.title = title
        self.path = path
        self.call = call
    }
}
