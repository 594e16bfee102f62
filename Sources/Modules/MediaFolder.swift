import Pictures

/// A folder of the media store that one room keeps files in.
public struct MediaFolder: Sendable {
    public let name: String
    /// Whether everybody may see its files under `/media/`.
    public let isServed: Bool
    /// Tells which files of it the room's rows name.
    public let owner: MediaOwner

    public init(_ name: String, isServed: Bool = true, owner: @escaping MediaOwner) {
        self.name = name
        self.isServed = isServed
        self.owner = owner
    }
}
