import Testing

@testable import Accounts

@Suite struct AccountsDeviceTests {
    typealias Row = (
        header: String, browser: String, version: String, system: String, kind: Device.Kind, name: String
    )

    static let blink = "AppleWebKit/537.36 (KHTML, like Gecko)"
    static let webKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
    static let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
    static let macintosh = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
    static let iPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X)"
    static let iPad = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X)"
    static let android = "Mozilla/5.0 (Linux; Android 10; K)"

    static let desktops: [Row] = [
        (
            "\(windows) \(blink) Chrome/126.0.0.0 Safari/537.36",
            "Chrome", "126", "Windows", .desktop, "Chrome 126 on Windows"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox", "128", "Windows", .desktop, "Firefox 128 on Windows"
        ),
        (
            "\(windows) \(blink) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87",
            "Edge", "126", "Windows", .desktop, "Edge 126 on Windows"
        ),
        (
            "\(windows) \(blink) Chrome/70.0.3538.102 Safari/537.36 Edge/18.19045",
            "Edge", "18", "Windows", .desktop, "Edge 18 on Windows"
        ),
        (
            "\(windows) \(blink) Chrome/125.0.0.0 Safari/537.36 OPR/111.0.0.0",
            "Opera", "111", "Windows", .desktop, "Opera 111 on Windows"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
            "", "", "Windows", .desktop, "An unknown browser on Windows"
        ),
        (
            "\(macintosh) \(webKit) Version/17.5 Safari/605.1.15",
            "Safari", "17", "macOS", .desktop, "Safari 17 on macOS"
        ),
        (
            "\(macintosh) \(blink) Chrome/126.0.0.0 Safari/537.36",
            "Chrome", "126", "macOS", .desktop, "Chrome 126 on macOS"
        ),
        ("\(macintosh) \(webKit)", "", "", "macOS", .desktop, "An unknown browser on macOS"),
        (
            "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
            "Firefox", "127", "Linux", .desktop, "Firefox 127 on Linux"
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) \(blink) HeadlessChrome/126.0.6478.126 Safari/537.36",
            "Chrome", "126", "Linux", .desktop, "Chrome 126 on Linux"
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) \(blink) Chrome/126.0.0.0 Safari/537.36",
            "Chrome", "126", "ChromeOS", .desktop, "Chrome 126 on ChromeOS"
        ),
    ]

    static let handhelds: [Row] = [
        (
            "\(iPhone) \(webKit) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari", "17", "iOS", .mobile, "Safari 17 on iOS"
        ),
        (
            "\(iPhone) \(webKit) GSA/322.0.645769229 Mobile/15E148 Safari/604.1",
            "Safari", "", "iOS", .mobile, "Safari on iOS"
        ),
        (
            "\(iPhone) \(webKit) CriOS/126.0.6478.153 Mobile/15E148 Safari/604.1",
            "Chrome", "126", "iOS", .mobile, "Chrome 126 on iOS"
        ),
        (
            "\(iPhone) \(webKit) FxiOS/128.0 Mobile/15E148 Safari/605.1.15",
            "Firefox", "128", "iOS", .mobile, "Firefox 128 on iOS"
        ),
        (
            "\(iPhone) \(webKit) Version/17.0 EdgiOS/125.2535.96 Mobile/15E148 Safari/604.1",
            "Edge", "125", "iOS", .mobile, "Edge 125 on iOS"
        ),
        (
            "\(iPhone) \(webKit) Version/17.5 Mobile/15E148 Safari/604.1 OPT/4.7.1",
            "Opera", "4", "iOS", .mobile, "Opera 4 on iOS"
        ),
        ("\(iPhone) \(webKit) Mobile/15E148", "", "", "iOS", .mobile, "An unknown browser on iOS"),
        (
            "\(iPad) \(webKit) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari", "17", "iPadOS", .tablet, "Safari 17 on iPadOS"
        ),
        (
            "\(macintosh) \(webKit) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari", "17", "iPadOS", .tablet, "Safari 17 on iPadOS"
        ),
        (
            "\(android) \(blink) Chrome/126.0.0.0 Mobile Safari/537.36",
            "Chrome", "126", "Android", .mobile, "Chrome 126 on Android"
        ),
        (
            "\(android) \(blink) Chrome/126.0.0.0 Safari/537.36",
            "Chrome", "126", "Android", .tablet, "Chrome 126 on Android"
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S921B; wv) \(blink) Version/4.0 Chrome/126.0.6478.122 "
                + "Mobile Safari/537.36",
            "Chrome", "126", "Android", .mobile, "Chrome 126 on Android"
        ),
        (
            "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) \(blink) Chrome/83.0.4103.106 Mobile Safari/537.36",
            "Chrome", "83", "Android", .mobile, "Chrome 83 on Android"
        ),
        (
            "\(android) \(blink) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
            "Samsung Internet", "25", "Android", .mobile, "Samsung Internet 25 on Android"
        ),
        (
            "\(android) \(blink) Chrome/126.0.0.0 Mobile Safari/537.36 EdgA/126.0.0.0",
            "Edge", "126", "Android", .mobile, "Edge 126 on Android"
        ),
        (
            "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0",
            "Firefox", "128", "Android", .mobile, "Firefox 128 on Android"
        ),
        (
            "Mozilla/5.0 (Android 14; Tablet; rv:128.0) Gecko/128.0 Firefox/128.0",
            "Firefox", "128", "Android", .tablet, "Firefox 128 on Android"
        ),
    ]

    static let bots: [Row] = [
        (
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Googlebot", "2", "", .bot, "Googlebot 2"
        ),
        (
            "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) \(blink) Chrome/126.0.6478.126 "
                + "Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Googlebot", "2", "Android", .bot, "Googlebot 2 on Android"
        ),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; "
                + "+http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
            "bingbot", "2", "", .bot, "bingbot 2"
        ),
        (
            "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
            "Baiduspider", "2", "", .bot, "Baiduspider 2"
        ),
        (
            "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
            "Slurp", "", "", .bot, "Slurp"
        ),
        (
            "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
            "facebookexternalhit", "1", "", .bot, "facebookexternalhit 1"
        ),
        (
            "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
            "Slackbot-LinkExpanding", "", "", .bot, "Slackbot-LinkExpanding"
        ),
        ("MY-CRAWLER/3", "MY-CRAWLER", "3", "", .bot, "MY-CRAWLER 3"),
        ("БотBot/1.0", "", "", "", .bot, "An unknown device"),
    ]

    static let programs: [Row] = [
        ("curl/8.5.0", "curl", "8", "", .other, "curl 8"),
        ("okhttp/4.12.0", "okhttp", "4", "", .other, "okhttp 4"),
        ("python-requests/2.31.0", "python-requests", "2", "", .other, "python-requests 2"),
        ("Dart/3.2 (dart:io)", "Dart", "3", "", .other, "Dart 3"),
        ("PostmanRuntime/7.37.3", "PostmanRuntime", "7", "", .other, "PostmanRuntime 7"),
        ("Go-http-client/1.1", "Go-http-client", "1", "", .other, "Go-http-client 1"),
        ("Shop/3.1 (iPhone; iOS 17.4; Scale/3.00)", "Shop", "3", "iOS", .other, "Shop 3 on iOS"),
        (
            "Dalvik/2.1.0 (Linux; U; Android 13; SM-A536B Build/TP1A.220624.014)",
            "Dalvik", "2", "Android", .other, "Dalvik 2 on Android"
        ),
        ("curl", "curl", "", "", .other, "curl"),
        ("tool/v2", "tool", "", "", .other, "tool"),
    ]

    static let hostile = [
        "", " \t ", "Mozilla/5.0", "/", "//", "/8.5.0", ")", "(Chrome/126.0", "cu\u{0}rl/8", "curl\r\n/8",
        "\u{1B}[31m/1",
        "<script>/1", "Schaufenster\u{308}/2", "🛒/1", "(\u{301}/\u{301}\u{200D})", "curl\u{301}/8",
        "cu/\u{301}8/8\u{0}",
        String(repeating: "(", count: 400), String(repeating: ")", count: 400), String(repeating: "()", count: 200),
        String(repeating: "/", count: 400), String(repeating: "a", count: 41) + "/1",
    ]

    static let limits: [Row] = [
        (")))) curl/8.5.0 ((((", "curl", "8", "", .other, "curl 8"),
        ("Mozilla/5.0 (Windows NT 10.0", "", "", "Windows", .desktop, "An unknown browser on Windows"),
        ("\(windows) Chrome Safari", "", "", "Windows", .desktop, "An unknown browser on Windows"),
        ("\(windows) (Chrome/126.0)", "", "", "Windows", .desktop, "An unknown browser on Windows"),
        ("\(windows) Version/17.5", "", "", "Windows", .desktop, "An unknown browser on Windows"),
        ("\(windows) Firefox/<b>", "Firefox", "", "Windows", .desktop, "Firefox on Windows"),
        ("Firefox/٣", "Firefox", "", "", .other, "Firefox"),
        ("Firefox/" + String(repeating: "9", count: 20), "Firefox", "", "", .other, "Firefox"),
        (
            String(repeating: "a", count: 40) + "/1",
            String(repeating: "a", count: 40), "1", "", .other, String(repeating: "a", count: 40) + " 1"
        ),
    ]

    @Test(arguments: desktops + handhelds + bots + programs + limits)
    func `a user agent names its browser, system and kind`(
        _ header: String, browser: String, version: String, system: String, kind: Device.Kind, name: String
    ) {
        let device = Device(userAgent: header)
        #expect(device.browser == browser)
        #expect(device.browserVersion == version)
        #expect(device.system == system)
        #expect(device.kind == kind)
        #expect(device.name == name)
    }

    /// One case for all: control characters in the names of cases would reach the log.
    @Test func `a hostile user agent is of an unknown device`() {
        for header in Self.hostile {
            let device = Device(userAgent: header)
            #expect([device.browser, device.browserVersion, device.system] == ["", "", ""])
            #expect(device.kind == .other)
            #expect(device.name == "An unknown device")
        }
    }
}
