import HTTPTypes
import Primitives
import Web

/// Which requests for a tracked link are people's: programs look into mails before their readers do.
enum TrackingRules {
    /// How long after a mail was sent a request cannot be its reader's.
    static let least = TimeSpan.seconds(10)

    /// Parts of the names of programs that look at links for somebody else, in lower case.
    private static let programs = [
        "bot", "crawl", "spider", "scan", "preview", "prefetch", "barracuda", "mimecast", "proofpoint", "safelinks",
        "fortinet", "sophos", "symantec", "trendmicro", "urldefense", "virustotal", "zscaler", "facebookexternalhit",
        "whatsapp", "headlesschrome", "phantomjs", "python", "curl/", "wget/", "go-http-client", "java/", "okhttp",
        "libwww", "httpclient", "axios", "node-fetch", "monitor",
    ]

    /// Returns whether a request may be a person's.
    ///
    /// Apple's Mail Privacy Protection fetches all pictures of all mails under the name `Mozilla/5.0` alone.
    static func isPerson(_ call: APIRequest) -> Bool {
        guard call.method == .get else { return false }
        let agent = (call.headers[.userAgent] ?? "").trimmed.lowercased()
        guard !agent.isEmpty, agent != "mozilla/5.0" else { return false }
        let purposes = ["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].compactMap { HTTPField.Name($0) }
        let isAhead = purposes.compactMap { call.headers[$0]?.lowercased() }.contains {
            $0.holds(text: "prefetch") || $0.holds(text: "preview")
        }
        return !isAhead && !programs.contains { agent.holds(text: $0) }
    }
}
