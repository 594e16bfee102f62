import Primitives
import Synchronization
import TestSupport
import Testing
import Web

@testable import KontorApp

/// Holds what a whole shop answers against its document, which is the same in every shop with the same rooms.
enum DocumentedShop {
    private static let known = Mutex<[[UInt8]: AnswerCheck]>([:])

    /// Returns a client of the shop on `port` whose answers are all held against the document.
    static func probe(_ port: Int, of shop: Shop) throws -> HTTPProbe {
        let check = try known.withLock { known in
            let document = Array(shop.server.document)
            if let check = known[document] { return check }
            let check = AnswerCheck(try JSONValue(parsing: document))
            known[document] = check
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
