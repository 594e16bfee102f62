"""Every page of the admin, looked at: with axe, in light and dark, wide and narrow, with scripts and without."""

import re
from urllib.parse import quote

from .behind import Behind
from .looks import CRAMPED, LOOKS, NARROW, WIDE, Looker
from .person import Person
from .plain import PlainPage, words
from .shop import ADMIN

# The reader's own account, and what is changed of it.
ACCOUNT = ["/admin/account/"] + [
    f"/admin/account/{part}/" for part in ("email", "confirm", "password", "two-factor", "two-factor/off", "backup-codes")]

# What is shown to who has not signed in.
OPEN = ["/admin/sign-in/", "/admin/forgot/", "/admin/reset/", "/admin/reset/?token=none"]


class Walk:
    """A reader who looks at every page of an admin."""

    def __init__(self, browser, shop, staff):
        self.browser, self.shop, self.staff, self.looker = browser, shop, staff, Looker()
        self.report = self.looker.report

    def person(
            self, width=WIDE, scheme="light", scripts=True, language="en-US", name="walk", account=ADMIN, pictures=True):
        person = Person(
            self.browser, self.shop.base, name, width, scheme, language, scripts, pictures=pictures)
        person.open("/admin/sign-in/")
        person.enter("Passwort" if language.startswith("de") else "Password", account[1])
        person.enter("E-Mail" if language.startswith("de") else "E-mail", account[0])
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
        """Looks at everything in each look and without scripts, or by turns: at each page in two looks that have both widths and
        both schemes, and at what its bytes say without scripts. Returns the report."""
        guide = self.person(name="guide", pictures=False)
        addresses = self.addresses(guide)
        guide.close()
        self.report.pages = len(addresses)
        if by_turns:
            self.walk_by_turns(addresses)
        else:
            for width, scheme in LOOKS:
                person = self.person(width, scheme, name=f"{width}-{scheme}")
                for address in addresses:
                    self.look(person, address, width)
                self.leave(person)
            self.without_scripts(addresses)
        self.in_german(addresses[::2] if by_turns else addresses)
        self.strangers(LOOKS[1:3] if by_turns else LOOKS)
        Behind(self).visit_all()
        return self.report

    def walk_by_turns(self, addresses):
        person = self.person(name="reader", pictures=False)
        for address in addresses:
            answer = person.page.goto(self.shop.base + address)
            self.read(person, answer, address)
            self.compare(person, address)
            self.looker.look_twice(person, address)
        self.leave(person)

    def compare(self, person, address):
        """Expects a page that somebody has come to with scripts to say and offer the same by its bytes alone."""
        heading, said, entries = person.heading, words(self.said(person)), set(self.entries(person))
        answer = person.context.request.get(
            self.shop.base + address, headers={"Accept": "text/html", "Accept-Language": person.language})
        page = PlainPage(answer.text())
        name = f"{address} (without scripts)"
        if page.heading != " ".join(heading.split()):
            self.report.add(name, f"the heading is “{page.heading}”, with scripts “{heading}”")
        # Where one word ends and another begins a style may say.
        squeezed = "".join(page.text.split())
        missing = [word for word in said if word not in squeezed]
        if missing:
            self.report.add(name, f"does not say: {' '.join(missing[:12])}")
        if not entries <= set(page.entries):
            self.report.add(name, f"has no {sorted(entries - set(page.entries))[:6]}")
        for fault in page.faults:
            self.report.add(name, fault)

    def look(self, person, address, width):
        answer = person.page.goto(self.shop.base + address)
        person.look(address)
        name = f"{address} ({person.name})"
        self.read(person, answer, name)
        self.looker.look(person, name, width)

    def in_german(self, addresses):
        """Expects pages in German, whose words are longer, to fit on a narrow screen."""
        person = self.person(NARROW, language="de-DE", name="german", pictures=False)
        for address in [one for one in addresses if "/do/" not in one and "?" not in one]:
            person.page.goto(self.shop.base + address)
            if person.page.get_attribute("html", "lang") != "de":
                self.report.add(f"{address} (in German)", "is not in German")
            for what in person.page.evaluate(CRAMPED):
                self.report.add(f"{address} (in German)", what)
        self.leave(person)

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
                seen.append((person.heading, words(self.said(person)), self.entries(person)))
            (heading, said, entries), (plain_heading, plain_said, plain_entries) = seen
            name = f"{address} (without scripts)"
            if heading != plain_heading:
                self.report.add(name, f"the heading is “{plain_heading}”, with scripts “{heading}”")
            missing = [word for word in said if word not in plain_said]
            if missing:
                self.report.add(name, f"does not say: {' '.join(missing[:12])}")
            if not set(entries) <= set(plain_entries):
                self.report.add(name, f"has no {sorted(set(entries) - set(plain_entries))[:6]}")
        for person in (scripted, plain):
            self.leave(person)

    def leave(self, person):
        self.report.complain(person)
        person.close()

    @staticmethod
    def said(person):
        """The text of a page but for what is a comfort of scripts alone."""
        text = person.text()
        for comfort in person.page.locator("main [data-add-row]").all_inner_texts():
            text = text.replace(comfort, " ")
        return text

    @staticmethod
    def entries(person):
        return person.page.locator("main input:not([type=hidden]), main select, main textarea, main button").evaluate_all(
            "all => all.filter(one => !one.closest('[hidden]') && !one.hasAttribute('data-add-row'))"
            ".map(one => `${one.localName} ${one.name || one.textContent.trim().replace(/\\s+/g, ' ')}`)")

    def strangers(self, looks):
        """Looks at what is shown to who has not signed in."""
        for width, scheme in looks:
            person = Person(self.browser, self.shop.base, f"stranger-{width}-{scheme}", width, scheme)
            for address in OPEN:
                self.look(person, address, width)
            self.leave(person)
