import Modules
import Primitives
import SQL

/// What settings bring that are changed while the shop serves.
public struct LiveSettingsModule: Sendable {
    /// What the room asks of the composition root, which knows what every room makes of the settings.
    public struct Questions: Sendable {
        /// The settings that the shop was made of.
        public let layers: SettingsLayers
        /// Returns what rooms cannot use of changed settings.
        public var problems: @Sendable (SettingsLayers) -> [SettingsError] = { _ in [] }
        /// Refuses changed settings that do not go with what the shop holds, and notes what must not change behind them.
        public var confirm: @Sendable (SettingsLayers, Transaction) throws -> Void = { _, _ in }
        /// Returns the names of settings that cannot be changed any more.
        public var locked: @Sendable (Connection) throws -> Set<String> = { _ in [] }
        /// Puts a version into service and waits a moment for it; returns whether this process serves by it.
        public var apply: @Sendable (_ version: Int) async -> Bool = { _ in false }

        /// Creates questions to which there is no answer yet.
        public init(_ layers: SettingsLayers) {
            self.layers = layers
        }
    }

    /// The endpoints and their permission.
    public let module: Module

    /// Makes the room.
    public init(_ context: ModuleContext, asking questions: Questions) {
        let service = SettingsService(
            questions: questions, box: SecretBox(context.secret, purpose: SettingsService.purpose), time: context.time)
        var module = Module("LiveSettings")
        module.endpoints = [SettingsRoutes(database: context.database, service: service).group]
        module.permissions = [
            Permission(SettingsRoutes.permission, "Change what the shop is set to, and try its mail server.")
        ]
        self.module = module
    }
}
