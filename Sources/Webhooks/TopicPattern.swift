import Messages
import Primitives

/// What a receiver asks for: one topic, all of a group (`order.*`), or all (`*`).
struct TopicPattern: Sendable, Hashable {
    /// The form in which it is written and stored.
    let text: String

    /// Reads a pattern; nil where no topic meets it.
    init?(_ text: String) {
        self.text = text
        guard Self.offered.contains(where: matches) else { return nil }
    }

    /// The topics that can be asked for.
    static let offered = EventTopic.allCases.filter { $0 != .webhookTest }

    /// Returns whether a topic is asked for.
    func matches(_ topic: EventTopic) -> Bool {
        if text.isSame(as: "*") || text.isSame(as: topic.rawValue) { return true }
        guard let group = text.before("*") else { return false }
        return group.ends(with: ".") && topic.rawValue.begins(with: String(group))
    }
}

/// The patterns of a receiver, as they are stored: separated by blanks.
enum TopicList {
    static func read(_ text: String) -> [TopicPattern] {
        text.cut(at: " ", keepsEmpty: false).compactMap { TopicPattern(String($0)) }
    }

    static func text(_ patterns: [TopicPattern]) -> String { patterns.map(\.text).joined(separator: " ") }
}
