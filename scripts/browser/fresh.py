"""A shop on its first day: the welcome, lists that have nothing to show and say what to do, and the way by keys alone."""

from .chapters import Tale
from .keys import walk_by_tab
from .looks import Looker
from .shop import ADMIN

# What a new shop begins with: their empty lists lead to the form of the first one.
BEGUN_HERE = ["categories", "products", "tax-rates", "shipping-methods", "coupons", "webhooks", "groups"]


class Fresh(Tale):
    name = "fresh"

    def __init__(self, browser, shop, folder):
        super().__init__(browser, shop, folder)
        self.looker = Looker()

    @property
    def told(self):
        return [self.welcome, self.door, self.first_steps, self.empty_lists, self.first_row]

    def tell(self):
        return super().tell() + self.looker.report.faults

    def see(self, name):
        self.looker.look_twice(self.person, f"{name} at {self.person.path}")

    def welcome(self):
        """The page of the first account: looked at, refused a wrong code, and used."""
        person = self.person
        person.open("/")
        self.see("front")
        person.open(self.shop.welcome)
        self.see("welcome")
        self.by_tab("Make the account")
        code = person.field("Setup code").input_value()
        person.enter("Setup code", "not-the-code")
        person.enter("E-mail", ADMIN[0])
        person.enter("Password, at least 8 characters", ADMIN[1])
        person.do("Make the account")
        person.expect("That is not the code that the program printed when it started.")
        self.see("refused welcome")
        self.expect(person.field("E-mail").input_value() == ADMIN[0], "the e-mail is kept")
        person.enter("Setup code", code)
        person.enter("Password, at least 8 characters", ADMIN[1])
        person.do("Make the account")
        self.expect(self.shop.admin().get("/api/auth/profile/")["role"] == "admin", "the first account is the administrator's")

    def door(self):
        """Signing in by keys alone: Tab leads from field to field, and Enter lets in."""
        person = self.person
        person.context.clear_cookies()
        person.open("/admin/")
        self.expect("/sign-in/" in person.path, f"without a session there is the door, not {person.path}")
        names = self.by_tab("Sign in")
        self.expect(names[:2] == ["email", "password"], f"the e-mail comes first, then the password: {names}")
        person.open("/admin/")
        person.press_until("Tab", "#email")
        person.type(ADMIN[0])
        person.press("Tab")
        person.type(ADMIN[1])
        person.lead("sign in by Enter", lambda: person.page.keyboard.press("Enter"))
        person.expect("Overview")
        self.expect(person.path == "/admin/", f"signing in leads to the overview, not to {person.path}")
        self.by_tab("Find")

    def by_tab(self, what):
        """Walks a page by Tab, which has to reach a field or button of a name among others."""
        faults, names = walk_by_tab(self.person)
        self.faults += faults
        known = {"Find": "q"}.get(what, what)
        self.expect(any(name.strip() == known for name in names), f"Tab reaches {what} at {self.person.path}: {names}")
        return names

    def follow(self, address):
        """Expects an address to be a page that one can work on, and goes there."""
        answer = self.person.page.goto(self.shop.base + address)
        self.person.look()
        self.expect(answer.status == 200, f"{address} is answered with {answer.status}")
        self.expect(self.person.main.locator("form, table, .void, .steps, .panels").count() > 0, f"there is nothing to do at {address}")

    def first_steps(self):
        """The first page names what a shop needs, and leads to each."""
        person = self.person
        person.open("/admin/")
        person.expect("Your first steps", "Nothing was sold in the last 30 days.", "Nothing waits.")
        self.see("overview of a new shop")
        steps = person.page.locator("ol.steps li")
        links = steps.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        self.expect(steps.count() >= 5 and len(links) == steps.count(), f"each step leads somewhere: {steps.all_inner_texts()}")
        for link in links:
            self.follow(link)

    def empty_lists(self):
        """A list that has nothing yet says what comes here, and what to do for that; what it leads to is there."""
        person = self.person
        person.open("/admin/")
        menu = person.page.locator("nav.menu a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        empty, leading = [], {}
        for address in dict.fromkeys(menu):
            person.page.goto(self.shop.base + address)
            void = person.main.locator(".void")
            if address.count("/") != 3 or not void.count() or address == "/admin/":
                continue
            empty.append(address)
            sentences = [text for text in void.locator("p:not(:has(a))").all_inner_texts() if text.strip()]
            self.expect(len(sentences) >= 2, f"{address} does not say what to do: {sentences}")
            leading[address] = void.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
            self.expect(leading[address], f"{address} leads nowhere")
            if len(empty) % 8 == 1:
                self.see("empty list")
        self.expect(len(empty) >= 15, f"a new shop has empty lists: {empty}")
        for name in BEGUN_HERE:
            address = f"/admin/{name}/"
            self.expect(f"{address}new/" in leading.get(address, []), f"{address} does not lead to a first one: {leading.get(address)}")
        for address in dict.fromkeys(link for links in leading.values() for link in links):
            self.follow(address)

    def first_row(self):
        """What an empty list leads to makes the first row of it."""
        person = self.person
        person.open("/admin/categories/")
        person.do("New category", within=person.main.locator(".void"))
        person.enter("Name", "Lamps")
        person.do("Save")
        person.expect("Created: category.")
        person.open("/admin/categories/")
        self.expect(not person.main.locator(".void").count(), "a list with a row is not empty")
        known = self.shop.admin().get("/api/categories/")["results"]
        self.expect([one["name"] for one in known] == ["Lamps"], f"the first category is there: {known}")
