/// What this program is called and which one it is.
public enum Release {
    public static let name = "Kontor"
    public static let version = "0.1.0"
}
