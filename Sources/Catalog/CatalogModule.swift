import Modules

/// What the catalogue brings: the pictures of products and categories.
public enum CatalogModule {
    public static var module: Module {
        var module = Module("Catalog")
        module.mediaFolders = [
            MediaFolder("categories", owner: CategoryQueries.named), MediaFolder("products", owner: ImageQueries.named),
        ]
        return module
    }
}
