"""The page of the API's document: looked at in every look, read without scripts, searched, and used to call the shop."""

import json

from axe_playwright_python.sync_playwright import Axe

from .looks import CRAMPED, LOOKS, NARROW, SMALL
from .person import Lost, Person
from .shop import ADMIN

PAGE = "/api/docs/"


class DocumentReader:
    def __init__(self, browser, shop):
        self.browser, self.shop, self.faults = browser, shop, []
        shop.run("createsuperuser", "--email", ADMIN[0], "--password", ADMIN[1], "--promote")

    def read(self):
        """Does all that a reader does with the page and returns what went wrong."""
        for step in [self.look, self.plain, self.search, self.call]:
            try:
                step()
            except (Lost, AssertionError) as error:
                self.faults.append(f"{step.__name__}: {error}")
        return self.faults

    def person(self, name, **how):
        person = Person(self.browser, self.shop.base, f"document-{name}", **how)
        person.open(PAGE)
        return person

    def leave(self, person):
        self.faults += person.complaints
        person.close()

    @staticmethod
    def box(person, method, path):
        return person.page.locator(f'details.op[data-method="{method}"][data-path="{path}"]')

    def look(self):
        for width, scheme in LOOKS:
            person = self.person(f"{width}-{scheme}", width=width, scheme=scheme)
            name = person.name
            for method, path in [("post", "/api/orders/"), ("get", "/api/products/")]:
                box = self.box(person, method, path)
                box.locator("summary").click()
                box.get_by_role("button", name="Try it").click()
                box.get_by_role("button", name="Send").wait_for()
            person.page.locator("#token summary").click()
            person.look("opened")
            for violation in Axe().run(person.page, options={"resultTypes": ["violations"]}).response["violations"]:
                self.faults.append(f"{name}: axe: {violation['id']}: {violation['nodes'][0]['html'][:200]}")
            found = person.page.evaluate(SMALL) + (person.page.evaluate(CRAMPED) if width == NARROW else [])
            self.faults += [f"{name}: {what}" for what in found]
            self.leave(person)

    def plain(self):
        """Expects the whole document on the page as it is sent."""
        person = self.person("plain", scripts=False)
        document = json.loads(self.shop.anonymous().send("GET", "/api/schema/")[2])
        for path, methods in document["paths"].items():
            for method in methods:
                assert self.box(person, method, path).count() == 1, f"{method} {path} is not on the page"
        box = self.box(person, "post", "/api/orders/")
        box.locator("summary").click()
        text = box.inner_text()
        for field in ["shipping_address", "address_line1", "payment_method"]:
            assert field in text, f"a reader without scripts does not see {field}: {text[:500]}"
        assert not person.page.get_by_label("Search fields and words").is_visible(), "a search that nothing can do"
        self.leave(person)

    def search(self):
        person = self.person("search")
        boxes = person.page.locator("details.op")
        whole = boxes.count()
        person.page.get_by_label("Search fields and words").fill("Expected_Total billing_address")
        person.expect(f"of {whole} endpoints")
        found = boxes.evaluate_all("all => all.filter(one => !one.hidden).map(one => one.textContent)")
        assert 0 < len(found) < 5 and all("expected_total" in text for text in found), f"{len(found)} are found"
        person.page.get_by_label("Search fields and words").fill("nothing-of-that-kind")
        person.expect(f"0 of {whole} endpoints")
        person.page.goto(self.shop.base + PAGE + "#" + boxes.first.get_attribute("id"))
        assert boxes.first.evaluate("box => box.open"), "a link to an endpoint does not open it"
        self.leave(person)

    def call(self):
        """Signs in on the page, and has it ask who that is."""
        person = self.person("call")
        box = self.box(person, "get", "/api/auth/profile/")
        self.send(person, box, "401")
        person.page.locator("#token summary").click()
        person.page.get_by_label("E-mail").first.fill(ADMIN[0])
        person.page.get_by_label("Password").first.fill(ADMIN[1])
        person.page.get_by_role("button", name="Sign in on this page").click()
        person.expect("Signed in")
        self.send(person, box, "200", ADMIN[0])
        product = self.box(person, "get", "/api/products/{product}/")
        self.send(person, product, "404", fields={"product (required)": "no such thing"})
        added = self.box(person, "post", "/api/cart/add/")
        self.send(person, added, "400", "product_id")
        self.leave(person)

    @staticmethod
    def send(person, box, *texts, fields=None):
        if not box.evaluate("box => box.open"):
            box.locator("summary").click()
        box.locator(".try").wait_for()
        if box.get_by_role("button", name="Try it").count():
            box.get_by_role("button", name="Try it").click()
        for label, value in (fields or {}).items():
            box.get_by_label(label).fill(value)
        with person.page.expect_response(lambda answer: "/api/" in answer.url and "/api/schema/" not in answer.url):
            box.get_by_role("button", name="Send").click()
        for text in texts:
            box.locator(".answer").get_by_text(text).first.wait_for()
