/// A body that leaves some of its fields out where there is nothing to say, instead of having them be null: what a client may
/// not find.
public protocol PartialBody: ResponseBody {
    /// The names of those fields on the wire. Its `encode(to:)` leaves them out where they are nil.
    static var leftOut: Set<String> { get }
}
