import Modules

/// What vendors bring.
public enum VendorsModule: StandaloneModule {
    /// Returns the module with the endpoints for staff and their permission.
    public static func module(_ context: ModuleContext) -> Module {
        var module = Module("Vendors")
        module.endpoints = [VendorRoutes(database: context.database, time: context.time).group]
        module.permissions = [Permission("vendors.edit", "Make vendors and see them.")]
        return module
    }
}
