import SQL

/// A room that is made of the context alone, so that one line in the composition root adds it.
///
/// Rooms that other rooms need, or that ask them something, are wired there by hand.
public protocol StandaloneModule: Sendable {
    /// The migrations of the room's own tables, with numbers above those of `Schema`; none where `Schema` has them.
    static var migrations: [Migration] { get }
    /// The types that read the room's settings; none where it reads none.
    static var settings: [any ModuleSettings.Type] { get }

    /// Makes the room and returns what it brings.
    ///
    /// - Throws: `SettingsError`.
    static func module(_ context: ModuleContext) throws -> Module
}

extension StandaloneModule {
    /// No migrations.
    public static var migrations: [Migration] { [] }
    /// No settings.
    public static var settings: [any ModuleSettings.Type] { [] }
}
