import Primitives
import Synchronization

/// The OpenAPI document of a server and the page of it, each made when it is first asked for.
final class APIDescription: Sendable {
    private struct State {
        var groups: [EndpointGroup] = []
        var bytes: [UInt8]?
        var page: [UInt8]?
    }

    private let title: String
    private let version: String
    private let server: String?
    private let state = Mutex(State())

    init(title: String, version: String, server: String?) {
        self.title = title
        self.version = version
        self.server = server
    }

    var groups: [EndpointGroup] {
        get { state.withLock { $0.groups } }
        set { state.withLock { $0 = State(groups: newValue) } }
    }

    var bytes: [UInt8] {
        state.withLock { state in
            if let bytes = state.bytes { return bytes }
            let bytes = (try? JSONBytes.encode(document(of: state.groups))) ?? []
            state.bytes = bytes
            return bytes
        }
    }

    /// The page that shows the document to people.
    var page: [UInt8] {
        state.withLock { state in
            if let page = state.page { return page }
            let page = DocumentPage(document(of: state.groups), state.groups).bytes
            state.page = page
            return page
        }
    }

    private func document(of groups: [EndpointGroup]) -> JSONValue {
        OpenAPIDocument(groups.filter { !$0.arePages }, title: title, version: version, server: server).json
    }
}
