import Primitives
import Synchronization
import TestSupport
import Testing
import Web

@testable import KontorApp

/// Holds what a whole shop answers against its document, which is the same in every shop.
enum DocumentedShop {
    private static let known = Mutex<AnswerCheck?>(nil)

    /// Returns a client of the shop on `port` whose answers are all held against the document.
    static func probe(_ port: Int, of shop: Shop) throws -> HTTPProbe {
        let check = try known.withLock { known in
            if let known { return known }
            let check = AnswerCheck(try JSONValue(parsing: shop.server.document))
            known = check
            return check
        }
        return HTTPProbe(port: port) { method, target, answer in
            let exchange = AnswerCheck.Exchange(
                method, target, status: answer.status, contentType: answer.header("Content-Type"),
                contentEncoding: answer.header("Content-Encoding"), body: answer.body)
            for fault in check.faults(of: exchange) { Issue.record("\(method) \(target): \(fault)") }
        }
    }
}
