/// The version of this program.
public enum Release {
    /// The semantic version (https://semver.org), which `--version` prints and the API's document names.
    public static let version = "0.1.0"
}
