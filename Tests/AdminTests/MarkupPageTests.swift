import AppHarness
import Testing

/// The reader that finds texts which got out of their place.
@Suite struct MarkupPageTests {
    private static func read(_ html: String) -> MarkupPage { MarkupPage(Array(html.utf8)) }

    @Test(arguments: [
        "<!doctype html>\n<p class=\"a\" hidden>x &amp; &lt;y&gt;</p>", "<img src=\"/a\" alt=\"\"><br>",
        "<svg><path d=\"M0 0\"/></svg>", "<a href=\"/x?a=1&amp;b=2\">1 &#8211; 2</a>", "text alone", "",
    ])
    func `what templates write has no fault`(_ html: String) {
        let page = Self.read(html)
        #expect(page.faults.isEmpty && page.dangers.isEmpty)
    }

    @Test(arguments: [
        "<p>a < b</p>", "<<p>", "<p class='a'>", "<p class=a>", "<p class=\"a\"b\">", "<p class=\"a<b\">", "<!-- x -->",
        "<![CDATA[x]]>", "<p class=\"a\" class=\"b\">", "<\u{338}p>", "<p", "</p x>", "<p class=\"a", "<?xml?>",
        "<input value=\"\"><img src=x onerror=alert(1)>\">",
    ])
    func `what no template writes is a fault`(_ html: String) {
        #expect(!Self.read(html).faults.isEmpty)
    }

    @Test(arguments: [
        "<script>x</script>", "<script src=\"https://evil.example/x.js\"></script>", "<p onclick=\"x\">",
        "<p style=\"x\">",
        "<a href=\"javascript:x\">", "<a href=\" java\tscript:x\">", "<form action=\"javascript:x\">",
        "<style>x</style>",
        "<iframe src=\"/x\"></iframe>", "<iframe srcdoc=\"x\"></iframe>", "<object data=\"/x\"></object>",
        "<iframe sandbox=\"allow-scripts\" srcdoc=\"x\"></iframe>", "<meta http-equiv=\"refresh\">",
        "<base href=\"/\">",
        "<a href=\"data:text/html,x\">",
    ])
    func `what acts on its reader is a danger`(_ html: String) {
        #expect(!Self.read(html).dangers.isEmpty)
    }

    @Test func `a form has what a browser would send`() throws {
        let page = Self.read(
            """
            <form method="post" action="/to/" enctype="multipart/form-data"><input type="hidden" name="csrf" value="t&amp;u">
            <input name="a" value="1"><input type="checkbox" name="b" value="x"><input type="checkbox" name="b" value="y" checked>
            <select name="c"><option value="1">One</option><option value="2" selected>Two</option></select>
            <select name="d"><option value="">–</option></select><textarea name="e">two
            lines &lt;b&gt;</textarea><input type="file" name="f"><button name="g" value="h">Send</button></form>
            <form action="/search/"><input type="search" name="q"></form>
            """)
        let form = try #require(page.form(to: "/to/"))
        #expect(form.isMultipart && form.method == "post" && page.forms.count == 2)
        #expect(form.fields.map(\.name) == ["csrf", "a", "b", "c", "d", "e"])
        #expect(form.fields.map(\.value) == ["t&u", "1", "y", "2", "", "two\nlines <b>"])
        #expect(form.buttons.map(\.text) == ["Send"] && form.buttons.map(\.name) == ["g"])
        #expect(form.controls.first { $0.name == "c" }?.options == ["1", "2"])
        #expect(form.filled(["a": "9", "z": "8"]).map(\.value) == ["t&u", "y", "2", "", "two\nlines <b>", "9", "8"])
    }

    @Test func `texts are what a reader reads`() {
        let page = Self.read(
            "<h1>A <b>bold</b> heading</h1><label for=\"x\">Name</label><input id=\"x\" placeholder=\"Your name\">"
                + "<a href=\"/a\">one</a><a href=\"/b\" title=\"more\">two</a>")
        #expect(page.heading == "A bold heading" && page.links == ["/a", "/b"] && page.labelled == ["x"])
        #expect(page.words.contains("Your name") && page.words.contains("more") && page.texts.last == "two")
    }
}
