"""Every page of the admin, looked at: with axe, in light and dark, wide and narrow, with scripts and without."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from axe_playwright_python.sync_playwright import Axe

from .person import Person
from .shop import ADMIN

WIDE, NARROW = 1280, 360
LOOKS = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]

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


# The reader's own account, and what is changed of it.
ACCOUNT = ["/admin/account/"] + [
    f"/admin/account/{part}/" for part in ("email", "confirm", "password", "two-factor", "two-factor/off", "backup-codes")]

# What is shown to who has not signed in.
OPEN = ["/admin/sign-in/", "/admin/forgot/", "/admin/reset/", "/admin/reset/?token=none"]


@dataclass
class Report:
    """What is wrong, each fault once with the pages that have it."""

    pages: int = 0
    found: dict = field(default_factory=dict)

    def add(self, page, what):
        self.found.setdefault(what, []).append(page)

    @property
    def faults(self):
        return [f"{what} — on {len(pages)} pages: {', '.join(pages[:4])}" for what, pages in sorted(self.found.items())]


class Walk:
    """A reader who looks at every page of an admin."""

    def __init__(self, browser, shop, staff):
        self.browser, self.shop, self.staff, self.report = browser, shop, staff, Report()

    def person(self, width=WIDE, scheme="light", scripts=True, language="en-US", name="walk"):
        person = Person(self.browser, self.shop.base, name, width, scheme, language, scripts)
        person.open("/admin/sign-in/")
        person.enter("Passwort" if language.startswith("de") else "Password", ADMIN[1])
        person.enter("E-Mail" if language.startswith("de") else "E-mail", ADMIN[0])
        person.do("Anmelden" if language.startswith("de") else "Sign in")
        return person

    def addresses(self, person):
        """The pages of the admin: of each screen its list, its form, two rows and what asks before something is done."""
        person.open("/admin/")
        menu = person.page.locator("nav.menu a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        found = list(dict.fromkeys(menu)) + ["/admin/sessions/"] + ACCOUNT
        found += ["/admin/search/?q=lamp", "/admin/search/?q=nothing-of-that-kind"]
        for address in list(found):
            if address.count("/") == 3 and address != "/admin/":
                found += self.beneath(person, address)
        found += self.linked(person, ["/admin/settings/", "/admin/stocktake/"])
        return list(dict.fromkeys(found)) + ["/admin/nothing/", "/admin/products/999999/"]

    def linked(self, person, addresses):
        return [one for one in addresses if person.context.request.get(self.shop.base + one).status == 200]

    def beneath(self, person, address):
        """What a list leads to, and what its rows do: of rows the first and the last, whose states mostly differ."""
        found = []
        links = self.links(person, address)
        rows = [link for link in links if re.fullmatch(re.escape(address) + r"[^/?]+/", link) and not link.endswith("/new/")]
        found += [link for link in links if link in (address + "new/",) or link.startswith(address + "do/")]
        for row in dict.fromkeys(rows[:1] + rows[-1:]):
            found.append(row)
            found += [link for link in self.links(person, row) if link.startswith(row) and "/files/" not in link and link != row]
        if rows:
            found.append(address + "?search=" + quote("no such thing"))
        return found

    def links(self, person, address):
        """The addresses that a page leads to, without the parts of pages."""
        person.page.goto(self.shop.base + address)
        all_links = person.page.locator("main a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        return [link for link in dict.fromkeys(all_links) if link.startswith("/admin/") and not link.endswith(".csv")]

    def walk(self, by_turns=False):
        """Looks at everything in each look, or by turns at each page in one of them, and returns the report."""
        guide = self.person(name="guide")
        addresses = self.addresses(guide)
        guide.close()
        for turn, (width, scheme) in enumerate(LOOKS):
            person = self.person(width, scheme, name=f"{width}-{scheme}")
            for address in addresses[turn::len(LOOKS)] if by_turns else addresses:
                self.look(person, address, width)
            self.complain(person)
            person.close()
        self.report.pages = len(addresses)
        self.without_scripts(addresses[::2] if by_turns else addresses)
        self.strangers()
        return self.report

    def look(self, person, address, width):
        answer = person.page.goto(self.shop.base + address)
        person.look(address)
        name = f"{address} ({person.name})"
        self.read(person, answer, name)
        for violation in Axe().run(person.page, options={"resultTypes": ["violations"]}).response["violations"]:
            node = violation["nodes"][0]
            summary = " ".join(node.get("failureSummary", "").split())
            self.report.add(name, f"axe: {violation['id']}: {node['html'][:160]} {summary[:240]}")
        for what in person.page.evaluate(CRAMPED) if width == NARROW else []:
            self.report.add(name, what)
        for what in person.page.evaluate(SMALL):
            self.report.add(name, f"too small to hit: {what}")

    def read(self, person, answer, name):
        """Expects what every page owes its reader."""
        status = answer.status if answer else 0
        if status not in (200, 404):
            self.report.add(name, f"answered with {status}")
        page = person.page
        if page.locator("h1").count() != 1:
            self.report.add(name, f"{page.locator('h1').count()} main headings")
        if not page.title() or not page.get_attribute("html", "lang"):
            self.report.add(name, "no title or no language")
        policy = (answer.headers if answer else {}).get("content-security-policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy:
            self.report.add(name, f"the policy is {policy}")

    def without_scripts(self, addresses):
        """Expects each page to say the same, and to offer the same, to a browser without scripts."""
        scripted, plain = self.person(name="scripted"), self.person(scripts=False, name="plain")
        for address in addresses:
            seen = []
            for person in (scripted, plain):
                person.page.goto(self.shop.base + address)
                seen.append((person.heading, self.words(self.said(person)), self.entries(person)))
            (heading, words, entries), (plain_heading, plain_words, plain_entries) = seen
            name = f"{address} (without scripts)"
            if heading != plain_heading:
                self.report.add(name, f"the heading is “{plain_heading}”, with scripts “{heading}”")
            missing = [word for word in words if word not in plain_words]
            if missing:
                self.report.add(name, f"does not say: {' '.join(missing[:12])}")
            if not set(entries) <= set(plain_entries):
                self.report.add(name, f"has no {sorted(set(entries) - set(plain_entries))[:6]}")
        for person in (scripted, plain):
            self.complain(person)
            person.close()

    def complain(self, person):
        for complaint in person.complaints:
            place, what = complaint.split(": ", 1)
            self.report.add(place, what)

    @staticmethod
    def said(person):
        """The text of a page but for what is a comfort of scripts alone."""
        text = person.text()
        for comfort in person.page.locator("main [data-add-row]").all_inner_texts():
            text = text.replace(comfort, " ")
        return text

    @staticmethod
    def words(text):
        return [word for word in re.split(r"\s+", text) if len(word) > 2 and not re.search(r"\d", word)]

    @staticmethod
    def entries(person):
        return person.page.locator("main input:not([type=hidden]), main select, main textarea, main button").evaluate_all(
            "all => all.filter(one => !one.closest('[hidden]') && !one.hasAttribute('data-add-row'))"
            ".map(one => `${one.localName} ${one.name || one.innerText}`)")

    def strangers(self):
        """Looks at what is shown to who has not signed in."""
        for width, scheme in LOOKS:
            person = Person(self.browser, self.shop.base, f"stranger-{width}-{scheme}", width, scheme)
            for address in OPEN:
                self.look(person, address, width)
            self.complain(person)
            person.close()
