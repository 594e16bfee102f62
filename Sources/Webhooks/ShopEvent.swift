import Messages
import Primitives

/// An event as it is published: `{type, timestamp, data}`, rendered once, and sent and signed as these bytes.
struct ShopEvent: Sendable {
    /// The id by which receivers know it again, the same at every attempt: the header `webhook-id`.
    let eventID: String
    let topic: EventTopic
    let subject: EventSubject
    let body: [UInt8]
    let createdAt: Timestamp

    /// Makes an event over `data`, which is JSON.
    init(_ topic: EventTopic, _ subject: EventSubject, data: [UInt8], at now: Timestamp, random: RandomSource) {
        eventID = "evt_" + Hex.encode(random.bytes(16))
        self.topic = topic
        self.subject = subject
        body = Array(#"{"type":"\#(topic.rawValue)","timestamp":"\#(now)","data":"#.utf8) + data + Array("}".utf8)
        createdAt = now
    }
}
