import Pictures
import Primitives

/// What the room of uploads brings: the files under `/media/`, their sizes, and their sweep at night.
public struct PicturesModule: Sendable {
    public let module: Module
    /// Takes files that nothing names into the trash.
    public let sweep: MediaSweep

    /// Makes it over the folders that the modules keep files in.
    public init(_ context: ModuleContext, _ studio: PictureStudio, _ folders: [MediaFolder]) {
        let owners = Dictionary(folders.map { ($0.name, $0.owner) }) { first, _ in first }
        sweep = MediaSweep(
            context.media, database: context.database, jobs: context.jobs, time: context.time,
            random: context.random, owners: owners)
        var module = Module("Pictures")
        let served = folders.filter(\.isServed).map(\.name)
        module.endpoints = [MediaRoutes(store: context.media, folders: served).group]
        module.jobs = [MakePictureSizes.handler(studio), sweep.handler, sweep.dropHandler]
        module.cron = [MediaSweep.entry]
        module.settings = [PictureSettings.self]
        self.module = module
    }
}

/// How large uploaded pictures may be.
public struct PictureSettings: ModuleSettings {
    /// `MAX_IMAGE_PIXELS`.
    public let maxPixels: Int

    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        maxPixels = try source.number("MAX_IMAGE_PIXELS", or: 40_000_000, in: 1...1_000_000_000)
    }
}

extension PictureStudio {
    /// Makes the studio that all rooms share.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ context: ModuleContext) throws {
        self.init(context.media, maxPixels: try PictureSettings(context.settings, context.shop).maxPixels)
    }
}
