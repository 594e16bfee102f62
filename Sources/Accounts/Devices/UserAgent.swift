import Commerce
import Primitives
import SQL

/// What a `User-Agent` header says of a device, as a list of sessions shows it: "Firefox 128 on Windows".
struct Device: Sendable, Hashable {
    /// What a device is used as.
    enum Kind: String, WireEnum {
        case desktop, mobile, tablet, bot, other
    }

    /// The browser, the bot or the program; empty where unknown.
    let browser: String
    /// The major version of it; empty where the header names none.
    let browserVersion: String
    /// The operating system; empty where unknown.
    let system: String
    let kind: Kind

    /// Reads any text; what it does not understand of it stays unknown.
    init(userAgent: String) {
        let header = UserAgent(userAgent)
        let program = header.bot ?? header.browser ?? header.program
        let platform = header.platform
        browser = program?.name ?? ""
        browserVersion = program?.version ?? ""
        system = platform?.system ?? ""
        kind = program?.kind ?? platform?.kind ?? .other
    }

    /// One line for people.
    var name: String {
        let program = browserVersion.isEmpty ? browser : "\(browser) \(browserVersion)"
        return switch (program.isEmpty, system.isEmpty) {
        case (true, true): "An unknown device"
        case (true, false): "An unknown browser on \(system)"
        case (false, true): program
        case (false, false): "\(program) on \(system)"
        }
    }
}

/// The words of a `User-Agent` header, and what they stand for.
private struct UserAgent {
    /// Who sent a header; the kind is nil where the platform decides.
    typealias Program = (name: String, version: String, kind: Device.Kind?)

    /// Products by their browsers: the first that a header has counts, for most also name those they descend from.
    static let browsers: [(product: String, browser: String)] = [
        ("Edg", "Edge"), ("EdgA", "Edge"), ("EdgiOS", "Edge"), ("Edge", "Edge"),
        ("OPR", "Opera"), ("OPT", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("HeadlessChrome", "Chrome"),
        ("Safari", "Safari"),
    ]

    /// Words of comments by their platforms, the first that fits; `mobile` is whether "Mobile" must be there, too.
    static let platforms: [(word: String, mobile: Bool?, system: String, kind: Device.Kind)] = [
        ("iPad", nil, "iPadOS", .tablet),
        ("iPhone", nil, "iOS", .mobile),
        ("iPod", nil, "iOS", .mobile),
        ("Macintosh", true, "iPadOS", .tablet),
        ("Macintosh", false, "macOS", .desktop),
        ("Android", true, "Android", .mobile),
        ("Android", false, "Android", .tablet),
        ("CrOS", nil, "ChromeOS", .desktop),
        ("Windows", nil, "Windows", .desktop),
        ("X11", nil, "Linux", .desktop),
        ("Linux", nil, "Linux", .desktop),
    ]

    /// What the names of bots contain.
    static let bots = ["bot", "crawler", "spider", "slurp", "facebookexternalhit"]

    private var products: [Word] = []
    private var comments: [Word] = []

    init(_ text: String) {
        var depth = 0
        var word = ""
        for scalar in text.unicodeScalars {
            guard " \t;()".unicodeScalars.contains(scalar) else {
                word.unicodeScalars.append(scalar)
                continue
            }
            keep(word, depth)
            word = ""
            if scalar == "(" { depth += 1 }
            if scalar == ")" { depth = max(depth - 1, 0) }
        }
        keep(word, depth)
    }

    private mutating func keep(_ word: String, _ depth: Int) {
        if word.isEmpty { return }
        if depth == 0 { products.append(Word(word)) } else { comments.append(Word(word)) }
    }

    /// The crawler that sent the header, whatever browser it says it is.
    var bot: Program? {
        (products + comments).first(where: \.isBot).map { ($0.safeName, $0.major, .bot) }
    }

    /// The browser that sent the header.
    var browser: Program? {
        for (product, browser) in Self.browsers {
            guard let word = versioned(product) else { continue }
            // Safari's own number is that of WebKit.
            let version = product == "Safari" ? versioned("Version") : word
            return (browser, version?.major ?? "", nil)
        }
        return nil
    }

    /// The program that sent the header, by its own name; nil for what calls itself "Mozilla", as every browser does.
    var program: Program? {
        guard let first = products.first, first.name != "Mozilla" else { return nil }
        return (first.safeName, first.major, .other)
    }

    /// The first platform that the comments name.
    var platform: (system: String, kind: Device.Kind)? {
        let isMobile = (products + comments).contains { $0.name == "Mobile" }
        return Self.platforms.first { platform in
            (platform.mobile ?? isMobile) == isMobile && comments.contains { $0.name == platform.word }
        }.map { ($0.system, $0.kind) }
    }

    private func versioned(_ product: String) -> Word? {
        products.first { $0.name == product && $0.version != nil }
    }
}

/// A word of a header: `name` or `name/version`.
private struct Word {
    let name: String
    let version: String?

    init(_ text: String) {
        let (name, version) = text.halves(at: "/")
        self.name = String(name)
        self.version = version.map(String.init)
    }

    /// Whether it is a crawler's name.
    var isBot: Bool {
        let lower = name.lowercased()
        // Cubot makes telephones.
        return !lower.begins(with: "cubot") && UserAgent.bots.contains { lower.holds(text: $0) }
    }

    /// The name where it is fit to be shown to people, else empty; beside a version in hostile bytes it is not.
    var safeName: String {
        let isPlain = (version ?? "").utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isPlain && (1...40).contains(name.utf8.count) && name.utf8.allSatisfy(Self.isSafe) ? name : ""
    }

    /// The first number of the version; empty where there is none, where it is absurd, and beside a name not shown.
    var major: String {
        let digits = (version ?? "").utf8.prefix { (0x30...0x39).contains($0) }
        return digits.count > 8 || safeName.isEmpty ? "" : String(decoding: digits, as: UTF8.self)
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
