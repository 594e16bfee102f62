import Primitives

/// The parts of the admin's menu, in its order.
public enum AdminArea: String, Sendable, CaseIterable {
    /// Orders, returns, payments.
    case sales
    /// Products, categories, stock.
    case catalog
    /// Customers, vendors, reviews.
    case people
    /// Coupons and what else brings buyers.
    case marketing
    /// What the shop is set to: taxes, shipping, gateways, texts, staff.
    case settings
    /// What runs by itself: mails, jobs, webhooks, the audit.
    case system
}

/// A kind of row that staff see in the admin: its list, the page of one, its form and what can be done to it.
///
/// A screen is a value in its room's module. It says which endpoints of the API it stands on and how what they answer is
/// shown; permissions, rules, statements and the audit are theirs. Whoever may not call an endpoint is not offered what needs it.
///
///     AdminScreen(
///         "tax-rates", in: .settings, Phrase("Tax rates", "Steuersätze"), one: Phrase("tax rate", "Steuersatz"),
///         list: "/api/admin/tax-rates/", columns: [.text("name", Phrase("Name", "Name")), .rate("rate", Phrase("Rate", "Satz"))],
///         form: AdminForm([.text("name", Phrase("Name", "Name")), .rate("rate", Phrase("Rate", "Satz"))]))
public struct AdminScreen: Sendable {
    /// Its part of the address: `/admin/tax-rates/`.
    public let name: String
    /// The part of the menu that it stands in.
    public let area: AdminArea
    /// What its rows are called, many of them.
    public let title: Phrase
    /// What one of its rows is called, within a sentence.
    public let singular: Phrase
    /// The path of the list's endpoint. It may have a query of its own, which narrows the list for good: `/api/users/?role=staff`.
    public let list: String
    /// The template of the endpoint of one row; nil where rows have no page.
    public var item: String?
    /// The member of a row that stands for the parameter of ``item``.
    public var key = "id"
    /// The member that names a row to people; `key` where rows have no name.
    public var label: String
    /// The columns of the list.
    public var columns: [AdminColumn]
    /// The filters of the list, query parameters of its endpoint.
    public var filters: [AdminFilter] = []
    /// What can be searched for; nil where the endpoint has no `search`.
    public var search: Phrase?
    /// The form of a row; nil where rows are neither made nor edited as such.
    public var form: AdminForm?
    /// What the form would make of what is typed, shown beside it; nil where there is nothing to see before it is saved.
    public var preview: AdminPreview?
    /// The parts of a row's page beside its form.
    public var sections: [AdminSection] = []
    /// What can be done to a row.
    public var actions: [AdminAction] = []
    /// What can be done without a row, such as a payout run.
    public var commands: [AdminAction] = []
    /// Documents about a row, such as an invoice.
    public var files: [AdminFile] = []
    /// Documents about all rows, such as a table for an import elsewhere.
    public var exports: [AdminFile] = []
    /// Screens that belong to this one: its list links to theirs.
    public var neighbors: [String] = []
    /// The member that names a row in a choice among all of them; nil where ``label`` does.
    public var choiceLabel: String?
    /// The query parameter of the list that finds rows by their keys, with commas between them; nil where it has none.
    public var keysParameter: String?
    /// Documents about many rows at once, such as slips.
    public var bulkFiles: [AdminBulkFile] = []
    /// The member of a row that holds those below it, rows like itself; nil where rows have none.
    public var nesting: String?
    /// What an empty list says to do next.
    public var hint: Phrase?
    /// Pages of their own about these rows, such as a stocktake.
    public var links: [AdminLink] = []
    /// The place within its part of the menu: lower ones stand first, those of one place in the order of the modules.
    public var place = 0
    /// Whether the menu shows it.
    public var isInMenu = true

    /// Creates a screen over a list's endpoint. `item` is the template of a row's own endpoint; where it is nil and
    /// the screen has a form, it is `list` followed by `{id}/`.
    public init(
        _ name: String, in area: AdminArea, _ title: Phrase, one singular: Phrase, list: String, item: String? = nil,
        key: String = "id", label: String = "name", columns: [AdminColumn], filters: [AdminFilter] = [],
        search: Phrase? = nil, form: AdminForm? = nil, sections: [AdminSection] = [], actions: [AdminAction] = [],
        hint: Phrase? = nil
    ) {
        self.name = name
        self.area = area
        self.title = title
        self.singular = singular
        self.list = list
        self.item = item ?? (form == nil ? nil : String(list.halves(at: "?").0) + "{id}/")
        self.key = key
        self.label = label
        self.columns = columns
        self.filters = filters
        self.search = search
        self.form = form
        self.sections = sections
        self.actions = actions
        self.hint = hint
    }

    /// The path of the list's endpoint without its query.
    public var listPath: String { String(list.halves(at: "?").0) }

    /// Returns this screen with changes.
    public func with(_ change: (inout AdminScreen) -> Void) -> AdminScreen {
        var copy = self
        change(&copy)
        return copy
    }
}

/// A call of an endpoint.
public struct AdminCall: Sendable, Hashable {
    /// A method of HTTP.
    public enum Method: String, Sendable {
        /// Reads.
        case get = "GET"
        /// Creates, or does something.
        case post = "POST"
        /// Replaces, or does something.
        case put = "PUT"
        /// Changes some fields.
        case patch = "PATCH"
        /// Deletes.
        case delete = "DELETE"
    }

    /// The method.
    public let method: Method
    /// The path. What stands in braces is a member of the row that it is called for, by dots (`{order.number}`), or with
    /// `row.` before it a member of a row within that row's page.
    public let path: String

    /// Creates a call.
    public init(_ method: Method, _ path: String) {
        self.method = method
        self.path = path
    }
}
