/// The name and the version of this program.
public enum Release {
    /// The product's own name, whatever a shop is called.
    public static let name = "Kontor"
    /// The semantic version (https://semver.org), which `--version` prints and the API's document names.
    public static let version = "0.1.0"
}
