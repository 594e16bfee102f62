"""A page that stands in front of somebody, looked at: with axe, in light and dark, wide and narrow."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe

WIDE, NARROW, HEIGHT = 1280, 360, 844
LOOKS = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]

# Two looks that have both widths and both schemes, and the other two: by turns they show every page so, and all four over a walk.
PAIRS = [((WIDE, "light"), (NARROW, "dark")), ((WIDE, "dark"), (NARROW, "light"))]

# What a narrow screen is too narrow for: what stands out of the window, and what is read by scrolling it sideways.
CRAMPED = """() => {
    const name = (element) => `${element.localName}.${element.className} ${element.textContent.trim().slice(0, 40)}`
    const elements = [...document.querySelectorAll("body *")].filter((element) => !element.closest("[hidden]"))
    const wide = document.documentElement.scrollWidth
    const outside = wide > innerWidth ? elements.filter((element) => element.getBoundingClientRect().right > innerWidth + 1) : []
    const sideways = elements.filter((element) => element.scrollWidth > element.clientWidth + 1 &&
        /auto|scroll/.test(getComputedStyle(element).overflowX) && !element.matches("input, textarea, select"))
    return outside.slice(0, 3).map((element) => `stands out: ${name(element)}`)
        .concat(wide > innerWidth ? `the page is ${wide} wide` : [])
        .concat(sideways.slice(0, 3).map((element) => `scrolls sideways: ${name(element)}`))
}"""

# What a finger cannot hit (WCAG 2.2, 2.5.8): 24 pixels a side, text links aside.
SMALL = """() => [...document.querySelectorAll("button, select, input:not([type=hidden]), a.button, summary")].filter((element) => {
    const box = element.getBoundingClientRect()
    return box.width > 0 && (box.height < 24 || box.width < 24) && !element.matches("input[type=checkbox], input[type=radio], .quiet")
}).map((element) => `${element.localName} “${(element.innerText || element.name || element.id).trim().slice(0, 30)}”`)"""

# As the page's own script leaves the menu: closed where there is little room for it.
MENU = """isOpen => { for (const menu of document.querySelectorAll(".menu details")) menu.open = isOpen }"""

# Of a letter within a page only what the standard asks for: it has no headings and regions of a page.
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Report:
    """What is wrong, each fault once with the pages that have it."""

    pages: int = 0
    found: dict = field(default_factory=dict)

    def add(self, page, what):
        self.found.setdefault(what, []).append(page)

    def complain(self, person):
        """Takes over what somebody's browser has complained about."""
        for complaint in person.complaints:
            place, what = complaint.split(": ", 1)
            self.add(place, what)

    @property
    def faults(self):
        return [f"{what} — on {len(pages)} pages: {', '.join(pages[:4])}" for what, pages in sorted(self.found.items())]


class Looker:
    """Looks at pages that somebody has come to, and writes down what is wrong with them."""

    def __init__(self):
        self.report, self.turn = Report(), 0

    def look(self, person, name, width, rules=None):
        """Looks at a page as it stands."""
        options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
        for violation in Axe().run(person.page, options=options).response["violations"]:
            node = violation["nodes"][0]
            summary = " ".join(node.get("failureSummary", "").split())
            self.report.add(name, f"axe: {violation['id']}: {node['html'][:160]} {summary[:240]}")
        for what in person.page.evaluate(CRAMPED) if width == NARROW else []:
            self.report.add(name, what)
        for what in person.page.evaluate(SMALL):
            self.report.add(name, f"too small to hit: {what}")

    def look_twice(self, person, name, rules=None):
        """Looks at a page in two looks that have both widths and both schemes; the next page has the other two."""
        for width, scheme in PAIRS[self.turn % len(PAIRS)]:
            person.page.set_viewport_size({"width": width, "height": HEIGHT})
            person.page.emulate_media(color_scheme=scheme)
            person.page.evaluate(MENU, width == WIDE)
            self.look(person, f"{name} ({width}, {scheme})", width, rules)
        person.page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        person.page.evaluate(MENU, True)
        self.turn += 1
