import Outbound
import Primitives

/// The calls of Razorpay's API: JSON over HTTPS under the key's id and secret.
///
/// https://razorpay.com/docs/api/understand/
struct RazorpayAPI: Sendable {
    let keyID: String
    let keySecret: String
    let base: String
    let channel: GatewayChannel

    /// Gets an entity or a collection.
    func get(_ path: String, _ query: [(String, String)] = [], _ operation: String) async throws -> RazorpayEntity {
        let pairs = query.map { "\(Self.escaped($0))=\(Self.escaped($1))" }.joined(separator: "&")
        let url = "\(base)/v1/\(path)" + (pairs.isEmpty ? "" : "?" + pairs)
        let request = OutboundRequest("GET", url, headers: [authorization])
        return try RazorpayAnswer.entity(try await channel.send(request, .safe, operation))
    }

    /// Gets an entity; nil where Razorpay has none of that id.
    func getIfThere(_ path: String, _ operation: String) async throws -> RazorpayEntity? {
        do {
            return try await get(path, [], operation)
        } catch let error as GatewayError where RazorpayAnswer.isNotFound(error) {
            return nil
        }
    }

    /// Posts a body.
    func post(
        _ path: String, _ body: [String: JSONValue], _ repetition: GatewayChannel.Repetition, _ operation: String,
        headers: [OutboundHeader] = []
    ) async throws -> RazorpayEntity {
        let request = OutboundRequest(
            "POST", "\(base)/v1/\(path)",
            headers: [authorization, OutboundHeader("Content-Type", "application/json")] + headers,
            body: try JSONBytes.encode(JSONValue.object(body)))
        return try RazorpayAnswer.entity(try await channel.send(request, repetition, operation))
    }

    private var authorization: OutboundHeader {
        OutboundHeader("Authorization", "Basic " + Base64.encode("\(keyID):\(keySecret)".utf8))
    }

    /// Returns a text with each byte escaped that has a meaning in a path or query (RFC 3986, section 2.3).
    static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { escaped, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isPlainWord || scalar == "." || scalar == "~" {
                escaped.unicodeScalars.append(scalar)
            } else {
                escaped += "%" + Hex.encode([byte]).uppercased()
            }
        }
    }
}
