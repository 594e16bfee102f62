import HTTPTypes

/// Lists every endpoint in the order of the document: what is asked for, who may, and where it stands in the sources.
public struct RouteTable: Sendable {
    /// One endpoint.
    public struct Route: Codable, Sendable {
        /// The HTTP method.
        public let method: String
        /// The template, with parameters in braces.
        public let path: String
        /// The access, in words.
        public let access: String
        /// The group of the document that it stands in.
        public let tag: String
        /// The source file that declares it, as `Room/File.swift`.
        public let file: String

        var cells: [String] { [method, path, access, tag, file] }
    }

    /// The endpoints, one each.
    public let routes: [Route]

    init(_ groups: [EndpointGroup]) {
        routes = groups.flatMap { group in
            group.endpoints.map { endpoint in
                Route(
                    method: endpoint.method.rawValue, path: endpoint.template, access: endpoint.access.words,
                    tag: group.name, file: endpoint.file)
            }
        }
    }

    /// The table for people, its columns aligned.
    public var text: String {
        let widths = (0..<5).map { column in routes.map { $0.cells[column].unicodeScalars.count }.max() ?? 0 }
        return routes.map { route in
            zip(route.cells.dropLast(), widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.unicodeScalars.count) + "  "
            }.joined() + route.file
        }.joined(separator: "\n")
    }
}

extension Access {
    /// The access, in words.
    var words: String {
        switch self {
        case .anyone: "anyone"
        case .optionalUser: "anyone, known by a token"
        case .user: "users"
        case .userOr(let token): "users, anyone with \(token.header)"
        case .vendorOr(let permission): "vendors, staff with \(permission)"
        case .staff(let permission): "staff with \(permission)"
        case .admin: "administrators"
        }
    }
}
