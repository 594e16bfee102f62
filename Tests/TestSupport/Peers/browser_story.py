"""Pays in Chromium by the keyboard alone, with scripts switched off, and prints what was seen as JSON.

Arguments: the address of the page on which a payment is decided, the outcome to choose there, and the answer to the second step
where one is asked for. `KONTOR_SCREENSHOTS` names a folder for pictures of each page.
"""

import json
import os
import shutil
import sys
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

WIDTHS, SCHEMES = (390, 1280), ("light", "dark")

# The largest number of times that Tab is pressed before an element is taken for unreachable.
PATIENCE = 20

FOCUS = """() => {
    const element = document.activeElement, shown = element.closest("label") ?? element, style = getComputedStyle(shown)
    return {name: element.name ?? "", value: element.value ?? "", text: element.innerText ?? "", tag: element.localName,
            visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2}
}"""

# Texts whose contrast with the background behind them is below 4.5 (WCAG 2.2, 1.4.3), large ones below 3.
FAINT = """() => {
    const channels = text => text.match(/[\\d.]+/g).map(Number)
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0)
    const behind = element => {
        for (let e = element; e; e = e.parentElement) {
            const color = channels(getComputedStyle(e).backgroundColor)
            if (color.length < 4 || color[3] === 1) return color
        }
        return [255, 255, 255]
    }
    const faint = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement, style = getComputedStyle(element)
        if (!texts.currentNode.data.trim() || element.localName === "style") continue
        const [one, other] = [light(channels(style.color)), light(behind(element))].sort((a, b) => b - a)
        const ratio = (one + 0.05) / (other + 0.05)
        if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) faint.push(texts.currentNode.data.trim() + " " + ratio)
    }
    return faint
}"""


class Story:
    def __init__(self, context, page, name):
        self.context, self.page, self.name = context, page, name
        self.pages, self.complaints, self.hosts, self.unfocused = [], [], set(), []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(f"{request.url}: {request.failure}"))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def look(self, name, response):
        """Writes down what is on the page, in each width and scheme."""
        page = self.page
        seen = {"name": name, "status": response.status, "policy": response.headers.get("content-security-policy", ""),
                "title": page.title(), "language": page.get_attribute("html", "lang") or "",
                "heading": page.inner_text("h1"), "text": page.inner_text("body"), "nameless": self.nameless(),
                "cramped": [], "faint": []}
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    seen["cramped"].append(width)
                seen["faint"] += page.evaluate(FAINT)
                self.take_picture(f"{self.name}-{name}-{width}-{scheme}")
        self.pages.append(seen)

    def nameless(self):
        """The roles of controls of which the tree of accessibility knows no name."""
        tree = self.context.new_cdp_session(self.page).send("Accessibility.getFullAXTree")
        controls = [node for node in tree["nodes"] if not node.get("ignored")
                    and node.get("role", {}).get("value") in ("radio", "radiogroup", "button", "link", "group", "textbox")]
        return [node["role"]["value"] for node in controls if not node.get("name", {}).get("value")]

    def take_picture(self, name):
        if folder := os.environ.get("KONTOR_SCREENSHOTS"):
            os.makedirs(folder, exist_ok=True)
            self.page.screenshot(path=os.path.join(folder, name + ".png"), full_page=True)

    def tab(self, wanted):
        """Presses Tab until the element that has the focus is the wanted one."""
        for _ in range(PATIENCE):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS)
            if focus["tag"] != "body" and not focus["visible"]:
                self.unfocused.append(focus["text"] or focus["value"])
            if wanted(focus):
                return
        raise SystemExit(f"Tab does not reach it on {self.page.url}")

    def press_enter(self):
        """Presses Enter and waits for the page that it leads to."""
        with self.page.expect_navigation() as navigation:
            self.page.keyboard.press("Enter")
        return navigation.value

    def choose(self, outcome):
        if outcome == "abandon":
            self.tab(lambda focus: focus["tag"] == "button" and "without paying" in focus["text"])
            return self.press_enter()
        self.tab(lambda focus: focus["name"] == "outcome")
        for _ in range(PATIENCE):
            if self.page.evaluate(FOCUS)["value"] == outcome:
                break
            self.page.keyboard.press("ArrowDown")
        self.tab(lambda focus: focus["tag"] == "button")
        return self.press_enter()

    def tell(self, address, outcome, answer):
        self.look("choice", self.page.goto(address))
        response = self.choose(outcome)
        if answer:
            self.look("challenge", response)
            self.tab(lambda focus: focus["value"] == answer)
            self.press_enter()
        landed = self.page.url
        self.look("afterwards", self.page.goto(address))
        again = landed
        if outcome != "abandon":
            self.tab(lambda focus: focus["tag"] == "a")
            self.press_enter()
            again = self.page.url
        return {"pages": self.pages, "complaints": self.complaints, "hosts": sorted(self.hosts), "landed": landed,
                "landed_again": again, "unfocused": self.unfocused}


def main(address, outcome, answer):
    with sync_playwright() as playwright:
        # Debian's: without a path Playwright would look for one of its own.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or "chromium")
        context = browser.new_context(java_script_enabled=False)
        story = Story(context, context.new_page(), f"{outcome}-{answer}".strip("-"))
        print(json.dumps(story.tell(address, outcome, answer)))
        browser.close()


main(*sys.argv[1:])
