/// A body that leaves some fields out where they are nil, instead of sending null.
public protocol PartialBody: ResponseBody {
    /// The names of those fields on the wire; its `encode(to:)` leaves them out where they are nil.
    static var leftOut: Set<String> { get }
}
