import Pictures

/// A folder of the media store that one room keeps files in.
public struct MediaFolder: Sendable {
    /// The first part of its files' keys; no two modules have the same.
    public let name: String
    /// Whether everybody may see its files under `/media/`.
    public let isServed: Bool
    /// Returns which of the folder's files the room's rows name; the sweep deletes the others.
    public let owner: MediaOwner

    /// Creates a folder that everybody may read, unless `isServed` is false.
    public init(_ name: String, isServed: Bool = true, owner: @escaping MediaOwner) {
        self.name = name
        self.isServed = isServed
        self.owner = owner
    }
}
