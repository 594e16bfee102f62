import Modules

/// What the catalog brings: the pictures of products and categories.
public enum CatalogModule {
    /// The media folders `categories` and `products`, each with what finds the rows that name a file of it.
    public static var module: Module {
        var module = Module("Catalog")
        module.mediaFolders = [
            MediaFolder("categories", owner: CategoryQueries.referenced),
            MediaFolder("products", owner: ImageQueries.referenced),
        ]
        return module
    }
}
