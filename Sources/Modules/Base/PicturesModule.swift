import Pictures
import Primitives

/// Uploaded files: their endpoints under `/media/`, their sizes, and the nightly sweep of unused ones.
public struct PicturesModule: Sendable {
    /// The endpoints under `/media/`, the jobs that make sizes and sweep, and the settings.
    public let module: Module
    /// Moves files that no row names to the trash.
    public let sweep: MediaSweep

    /// Creates a module that serves and sweeps the folders of all modules.
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

/// The limits on uploaded pictures.
public struct PictureSettings: ModuleSettings {
    /// The most pixels, width times height, that a picture may have (`MAX_IMAGE_PIXELS`, 40 million by default).
    public let maxPixels: Int

    /// Reads `MAX_IMAGE_PIXELS`.
    ///
    /// - Throws: `SettingsError` naming the key.
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
