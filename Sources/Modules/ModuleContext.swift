import Jobs
import Logging
import Media
import Primitives
import SQL
import Web

/// What every room is given to make its services of.
public struct ModuleContext: Sendable {
    public let database: any Database
    public let jobs: JobQueue
    public let media: any MediaStore
    public let secret: SecretKey
    public let settings: any SettingsSource
    public let shop: ShopSettings
    public let time: TimeSource
    public let random: RandomSource
    public let logger: Logger
    /// What every export of the shop waits in.
    public let exports = ExportLine()

    public init(
        database: any Database, jobs: JobQueue, media: any MediaStore, secret: SecretKey,
        settings: any SettingsSource, shop: ShopSettings, time: TimeSource, random: RandomSource, logger: Logger
    ) {
        self.database = database
        self.jobs = jobs
        self.media = media
        self.secret = secret
        self.settings = settings
        self.shop = shop
        self.time = time
        self.random = random
        self.logger = logger
    }
}
