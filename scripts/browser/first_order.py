"""The way of somebody who opens a shop: from an empty folder to the first order that is paid and sent. Whoever walks it reads
labels and headings alone; page loads and actions are counted."""

import pathlib

from .person import Person
from .pictures import draw
from .shop import ADMIN
from .story import fill_variants

MOST_LOADS, MOST_ACTIONS = 90, 150


class FirstOrder:
    def __init__(self, browser, shop, folder, scripts=True):
        self.shop, self.folder = shop, pathlib.Path(folder)
        self.person = Person(browser, shop.base, "first-order" if scripts else "first-order-plain", scripts=scripts)
        self.faults = []

    def walk(self):
        """Walks the way and returns what went wrong, with the figures at its end."""
        try:
            for step in [self.open, self.settings, self.category, self.product, self.tax, self.shipping, self.order, self.send]:
                step()
        except Exception as error:  # noqa: BLE001: what was counted is told all the same
            self.faults.append(f"{step.__name__}: {type(error).__name__}: {error}")
        person = self.person
        if person.loads > MOST_LOADS:
            self.faults.append(f"{person.loads} page loads: {MOST_LOADS} are the most")
        if person.actions > MOST_ACTIONS:
            self.faults.append(f"{person.actions} actions: {MOST_ACTIONS} are the most")
        person.close()
        return self.faults + person.complaints

    def open(self):
        person = self.person
        person.open(self.shop.welcome)
        person.enter("E-mail", ADMIN[0])
        person.enter("Password, at least 8 characters", ADMIN[1])
        person.do("Make the account")

    def settings(self):
        person = self.person
        if not person.path.startswith("/admin/settings/"):
            person.go("Shop settings")
        person.enter("Name", "Lindqvist Lamps")
        person.enter("Address and registrations", "12 Harbour Street\n04101 Portland\nTax number 98-7654321")
        person.choose("Currency", "EUR")
        person.do("Save")
        assert self.shop.admin().get("/api/admin/settings/"), "the settings are saved"

    def category(self):
        person = self.person
        person.go("Categories")
        person.do("New category")
        person.enter("Name", "Lamps")
        person.do("Save")

    def product(self):
        person = self.person
        person.go("Products")
        person.do("New product")
        person.enter("Name", "Brass Reading Lamp")
        person.enter("SKU", "LAMP-1")
        person.choose("Category", "Lamps")
        person.enter("Price", "89.50")
        person.do("Save")
        person.upload("Add pictures", [draw(self.folder / f"first-{number}.png", number) for number in (1, 2)])
        person.do("Upload")
        fill_variants(
            person, [("BRASS", "Brass", ""), ("BLACK", "Black", "95.00"), ("WHITE", "White", "99.00"), ("RED", "Red", "")], "LAMP-1")

    def tax(self):
        person = self.person
        person.go("Tax rates")
        person.do("New tax rate")
        person.enter("Name", "Sales tax")
        person.choose("Country", "United States")
        person.enter("Rate", "5.5")
        person.do("Save")

    def shipping(self):
        person = self.person
        person.go("Shipping methods")
        person.do("New shipping method")
        person.enter("Name", "Parcel")
        person.enter("Code", "PARCEL")
        person.enter("Price", "4.90")
        person.do("Save")

    def order(self):
        """What a customer does at the storefront: no step of the shop's people."""
        staff = self.shop.admin()
        product = staff.get("/api/admin/products/?search=LAMP-1")["results"][0]
        detail = staff.get(f"/api/admin/products/{product['id']}/")
        assert len(detail["images"]) == 2 and len(detail["variants"]) == 4, f"two pictures and four variants: {detail}"
        customer = self.shop.customer("first@example.com", "Fay", "First")
        self.placed = customer.order([(product["id"], detail["variants"][0]["id"], 1)])
        assert self.placed["currency"] == "EUR", f"the order is in {self.placed['currency']}"
        customer.pay(self.placed)

    def send(self):
        person = self.person
        person.go("Orders")
        person.do(self.placed["order_number"])
        person.do("Ship")
        person.enter("Carrier", "DHL")
        person.enter("Tracking number", "JD014600006281")
        person.do("Ship")
        kind, slip = person.read_file("Delivery slip")
        assert kind.startswith("application/pdf") and slip.startswith(b"%PDF"), "the slip is a PDF"
        order = self.shop.admin().get(f"/api/admin/orders/{self.placed['id']}/")
        assert order["status"] == "shipped" and order["payment_status"] == "paid", f"{order['status']}, {order['payment_status']}"
