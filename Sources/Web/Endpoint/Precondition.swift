import Commerce
import HTTPTypes
import Primitives

/// A refusal of an edit: the resource has another version than `If-Match` names.
public struct PreconditionFailed: BusinessError, Equatable {
    /// Always `.preconditionFailed`: 412.
    public let kind = ErrorKind.preconditionFailed
    /// The same code for every resource.
    public let code = "version_mismatch"
    /// One sentence for people.
    public let message = "The resource has been changed since it was read."

    /// Creates the error; it names no version.
    public init() {}
}

extension APIRequest {
    /// Compares `If-Match` with the `version` of what is about to be changed; a request without the header passes.
    ///
    /// The header names versions as entity tags (`"3"`, several with commas between) or bare (`3`); `*` is any.
    ///
    /// - Throws: `PreconditionFailed` where none of them is `version`.
    public func checkVersion(_ version: Int) throws {
        guard let header = headers[.ifMatch] else { return }
        let matches = header.cut(at: ",").contains { tag in
            let text = tag.trimmed
            let named = text.after("\"")?.before("\"").map(String.init) ?? text
            return named == "*" || named == String(version)
        }
        guard matches else { throw PreconditionFailed() }
    }
}
