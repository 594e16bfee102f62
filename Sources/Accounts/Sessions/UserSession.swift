import Commerce
import Primitives
import SQL
import Web

/// A session as its user sees it.
struct UserSession: RowDecodable, Sendable {
    static let columns: Query = """
        id, user_agent, ip_address, city, country, created_at, last_activity_at, expires_at, ended_at
        """

    let id: SessionID
    let userAgent: String
    let address: String
    let place: Place
    let createdAt: Timestamp
    let lastActivityAt: Timestamp
    let expiresAt: Timestamp
    let endedAt: Timestamp?

    init(row: inout RowReader) throws {
        id = try row()
        userAgent = try row()
        address = try row()
        place = Place(city: try row(), country: try row())
        createdAt = try row()
        lastActivityAt = try row()
        expiresAt = try row()
        endedAt = try row()
    }
}

/// A session as it is shown.
struct SessionBody: ResponseBody {
    let id: SessionID
    let device: DeviceBody
    let userAgent: String
    let ipAddress: String
    let location: PlaceBody
    let loginAt: Timestamp
    let lastActivityAt: Timestamp
    let expiresAt: Timestamp
    let isActive: Bool
    let isCurrent: Bool

    init(_ session: UserSession, current: SessionID, at now: Timestamp) {
        id = session.id
        device = DeviceBody(session.userAgent)
        userAgent = session.userAgent
        ipAddress = session.address
        location = PlaceBody(session.place)
        loginAt = session.createdAt
        lastActivityAt = session.lastActivityAt
        expiresAt = session.expiresAt
        isActive = session.endedAt == nil && now < session.expiresAt
        isCurrent = session.id == current
    }
}

/// What a user agent says of a device.
struct DeviceBody: Codable, Sendable {
    let name: String
    let browser: String
    let browserVersion: String
    let system: String
    let kind: Device.Kind

    init(_ userAgent: String) {
        let device = Device(userAgent: userAgent)
        name = device.name
        browser = device.browser
        browserVersion = device.browserVersion
        system = device.system
        kind = device.kind
    }
}

/// Where an address is; blank where the installation does not know.
struct PlaceBody: Codable, Sendable {
    let city: String
    let country: String

    init(_ place: Place) {
        city = place.city
        country = place.country
    }
}
