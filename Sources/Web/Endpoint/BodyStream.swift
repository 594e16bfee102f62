/// The rest of a body that is made while it is sent: block after block, each once the client has room for it.
///
/// It is given what sends a block, none of which may be empty. Where the client has gone, or the body cannot be made to its end,
/// an error ends it, and the connection with it, so that nobody takes a part for the whole.
public typealias BodyStream =
    @Sendable (_ send: (_ block: [UInt8]) async throws -> Void) async throws -> Void
