/// What a row's form would make of what is typed, shown on the row's page before it is saved: a mail from its template.
///
/// It is made anew while somebody types, and by a button where the browser runs no script.
public struct AdminPreview: Sendable {
    /// A part of what is made: a member of the endpoint's answer.
    public struct Part: Sendable, Hashable {
        /// The ways to show it.
        public enum Kind: Sendable, Hashable {
            /// In one line.
            case line
            /// As text whose lines stay as they are.
            case plain
            /// An HTML document, in a frame in which no script runs and no form is sent.
            case document
        }

        /// The member.
        public let member: String
        /// The heading.
        public let title: Phrase
        /// The way it is shown.
        public let kind: Kind

        /// Creates a part.
        public init(_ member: String, _ title: Phrase, _ kind: Kind) {
            self.member = member
            self.title = title
            self.kind = kind
        }
    }

    /// The endpoint that makes it and keeps nothing; `path` may hold the row's members in braces.
    public let call: AdminCall
    /// The names of the form's fields that are sent to it.
    public let fields: [String]
    /// What is shown of its answer.
    public let parts: [Part]
    /// What to know of it; nil where the parts say enough.
    public var explanation: Phrase?

    /// Creates what is shown of the answer of an endpoint to some of the form's fields.
    public init(_ method: AdminCall.Method, _ path: String, fields: [String], parts: [Part], explanation: Phrase? = nil)
    {
        call = AdminCall(method, path)
        self.fields = fields
        self.parts = parts
        self.explanation = explanation
    }
}
