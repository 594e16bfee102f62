import Jobs
import Logging
import Media
import Primitives
import SQL
import Web

/// The dependencies that every room makes its services from.
public struct ModuleContext: Sendable {
    /// The shop's one database.
    public let database: any Database
    /// The queue in which every room enqueues its jobs.
    public let jobs: JobQueue
    /// The store of uploaded files.
    public let media: any MediaStore
    /// The secret from which keys, seals and signatures are derived (`SECRET_KEY`).
    public let secret: SecretKey
    /// The settings, for each room to read its own.
    public let settings: any SettingsSource
    /// The settings that several rooms read.
    public let shop: ShopSettings
    /// The clock that every room asks.
    public let time: TimeSource
    /// The source of tokens, codes and ids.
    public let random: RandomSource
    /// The logger of the process.
    public let logger: Logger
    /// What links to this shop begin with.
    public let address: PublicAddress
    /// The queue that all exports of the shop share.
    public let exports = ExportLine()

    /// Creates a context with a line of its own for exports.
    public init(
        database: any Database, jobs: JobQueue, media: any MediaStore, secret: SecretKey,
        settings: any SettingsSource, shop: ShopSettings, address: PublicAddress, time: TimeSource,
        random: RandomSource, logger: Logger
    ) {
        self.database = database
        self.jobs = jobs
        self.media = media
        self.secret = secret
        self.settings = settings
        self.shop = shop
        self.address = address
        self.time = time
        self.random = random
        self.logger = logger
    }
}
