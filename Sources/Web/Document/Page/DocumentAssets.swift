import CResources
import Primitives

/// The style and the script of the document's page. They stand in the page, and its policy allows what has their digests alone.
enum DocumentAssets {
    static let style = text(kontor_docs_css_bytes(), kontor_docs_css_length)
    static let script = text(kontor_docs_js_bytes(), kontor_docs_js_length)

    /// The page's policy: nothing from elsewhere, no other script or style, and calls of this shop alone.
    static let policy =
        "default-src 'none'; style-src \(source(style)); script-src \(source(script)); connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static func source(_ text: String) -> String {
        "'sha256-" + Base64.encode(Digest.sha256(text.utf8)) + "'"
    }

    private static func text(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
}
