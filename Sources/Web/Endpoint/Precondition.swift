import Commerce
import HTTPTypes
import Primitives

/// Why an edit was refused: the resource is at another version than `If-Match` says.
public struct PreconditionFailed: BusinessError, Equatable {
    public let kind = ErrorKind.preconditionFailed
    public let code = "version_mismatch"
    public let message = "The resource has been changed since it was read."

    public init() {}
}

extension APIRequest {
    /// Holds `If-Match` against the `version` of what is about to be changed; a request without the header passes.
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
