/// Texts that would become markup, a script or a template on a page that does not escape them.
enum HostileText {
    /// Each has a word of its own, by which it is found.
    static let all = [
        "<script>zq1()</script>", "\"><img src=zq2 onerror=alert(1)>", "' onmouseover='zq3", "<\u{338}b zq4>",
        "\"\u{301} onfocus=\"zq5", "{{zq6}} {{{csrf}}}", "javascript:alert('zq7')", "&lt;zq8&gt; &amp;",
        "</textarea><b zq9>", "<!-- zq10", "\u{202E}zq11\u{2066}", "]]></title><svg/onload=zq12>", "<zq13/x=\u{2028}y>",
        "zq14\u{200D}<i>\u{FE0F}", "%3Cscript%3Ezq15", "\\u003czq16\\u003e",
    ]

    /// Returns one of them, another for each number.
    static func text(_ number: Int) -> String { all[number % all.count] }

    /// Whether a text is one of them, or holds one.
    static func isIn(_ text: String) -> Bool {
        zip(text.utf8, text.utf8.dropFirst()).contains { $0 == UInt8(ascii: "z") && $1 == UInt8(ascii: "q") }
    }
}
