import HTTPTypes
import Primitives
import Synchronization
import TestSupport
import Testing

@testable import Web

/// Holds what endpoints answer against what the document says of them.
package enum DocumentedAnswer {
    /// Whether answers are held against the document; rounds of one call after another need it once.
    @TaskLocal package static var isChecked = true

    private static let checks = Mutex<[String: AnswerCheck]>([:])

    /// Records an issue for each thing that the document of the API does not say of `response`.
    static func check(_ response: APIResponse, to target: String, of endpoint: Endpoint) {
        guard isChecked else { return }
        let exchange = AnswerCheck.Exchange(
            endpoint.method.rawValue, target, status: response.status.code, contentType: response.headers[.contentType],
            contentEncoding: response.headers[.contentEncoding], body: response.body + response.blocks.joined())
        for fault in check(of: endpoint).faults(of: exchange) {
            Issue.record("\(endpoint.method) \(endpoint.template): \(fault)")
        }
    }

    /// Returns the document of one endpoint alone.
    private static func check(of endpoint: Endpoint) -> AnswerCheck {
        let name = "\(endpoint.method) \(endpoint.template)"
        if let known = checks.withLock({ $0[name] }) { return known }
        let group = EndpointGroup("Tests", [endpoint])
        let check = AnswerCheck(OpenAPIDocument([group], title: "", version: "", server: nil).json)
        checks.withLock { $0[name] = check }
        return check
    }
}
