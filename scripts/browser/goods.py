"""What staff do to goods with hands and keys: drop and drag pictures, count with a scanner, move categories, work in grids."""

import base64
import pathlib
import re

from .chapters import Tale
from .keys import walk_by_tab
from .pictures import draw
from .shop import ADMIN
from .story import fill_variants

EAN = "4006381333931"

# The files that somebody drags over the window, as their browser hands them to the page.
CARRIED = """(files) => {
    const carried = new DataTransfer()
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
        carried.items.add(new File([bytes], name, { type: "image/png" }))
    }
    return carried
}"""


class Goods(Tale):
    name = "goods"

    def __init__(self, browser, shop, folder):
        super().__init__(browser, shop, folder)
        shop.run("createsuperuser", "--email", ADMIN[0], "--password", ADMIN[1], "--promote")
        self.staff = shop.admin()
        category = self.staff.post("/api/categories/", {"name": "Lamps"})["id"]
        self.product = self.make("Brass Reading Lamp", "LAMP-1", category)
        self.counted = self.make("Linen Shade", EAN, category, stock=5)

    @property
    def told(self):
        return [
            self.come_in, self.drop, self.drag, self.push, self.grid, self.refused_grid, self.tree, self.branch, self.scan, self.book,
            self.by_tab,
        ]

    def make(self, name, sku, category, stock=0):
        return self.staff.post("/api/products/", {
            "name": name, "sku": sku, "price": "89.50", "category": category, "stock_quantity": stock})["id"]

    def open_product(self):
        self.person.open(f"/admin/products/{self.product}/")

    def seen(self):
        return self.staff.get(f"/api/admin/products/{self.product}/")

    def pictures(self):
        """The pictures' ids, the main one first, as the API and as the page have them."""
        shown = self.person.page.locator("ol.gallery input[name=row]").evaluate_all("rows => rows.map(row => row.value)")
        return [str(one["id"]) for one in self.seen()["images"]], shown

    # Chapters.

    def drop(self):
        """Files that are dropped on the form of a product are its pictures."""
        person = self.person
        self.open_product()
        person.expect("No pictures yet.")
        form = person.page.locator("form[data-drop]")
        files = [pathlib.Path(draw(self.folder / f"dropped-{number}.png", number)) for number in (1, 2, 3)]
        carried = person.page.evaluate_handle(
            CARRIED, [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files])
        is_over = lambda: form.evaluate("form => form.classList.contains('over')")
        form.dispatch_event("dragover", {"dataTransfer": carried})
        self.expect(is_over(), "a form shows that files are over it")
        form.dispatch_event("dragleave", {"dataTransfer": carried})
        self.expect(not is_over(), "a form shows that files have left it")
        person.lead("drop three pictures", lambda: form.dispatch_event("drop", {"dataTransfer": carried}))
        person.expect("Main picture")
        known, shown = self.pictures()
        self.expect(len(known) == 3 and known == shown, f"three pictures were dropped: {known}, {shown}")

    def drag(self):
        """The last picture is dragged by its handle before the first."""
        person = self.person
        self.open_product()
        before, _ = self.pictures()
        items = person.page.locator("ol.gallery li")
        handle = items.nth(2).locator(".handle")
        handle.scroll_into_view_if_needed()
        from_box, to_box = handle.bounding_box(), items.nth(0).bounding_box()
        mouse = person.page.mouse

        def carry():
            mouse.move(from_box["x"] + from_box["width"] / 2, from_box["y"] + from_box["height"] / 2)
            mouse.down()
            mouse.move(to_box["x"] + to_box["width"] / 2, to_box["y"] + to_box["height"] / 2, steps=12)
            mouse.move(to_box["x"] + to_box["width"] / 2 + 2, to_box["y"] + to_box["height"] / 2, steps=2)
            mouse.up()

        person.lead("drag the last picture to the first place", carry)
        known, shown = self.pictures()
        self.expect(known == [before[2], before[0], before[1]], f"the last picture is the first: {before}, then {known}")
        self.expect(shown == known, f"the page shows that order: {shown}, {known}")

    def push(self):
        """The first picture is moved behind the second by keys alone."""
        person = self.person
        self.open_product()
        before, _ = self.pictures()
        person.press_until("Tab", f'button[value="down.{before[0]}"]')
        person.lead("move the first picture back by Enter", lambda: person.page.keyboard.press("Enter"))
        known, shown = self.pictures()
        self.expect(known == [before[1], before[0], before[2]], f"the first picture went one place back: {before}, then {known}")
        self.expect(shown == known, f"the page shows that order: {shown}, {known}")

    def grid_of_variants(self):
        page = self.person.page
        return page.locator("section", has=page.get_by_role("heading", name="Variants", exact=True))

    def grid(self):
        """Four variants in the grid; then one gets another price, and one goes."""
        person = self.person
        self.open_product()
        fill_variants(
            person, [("BRASS", "Brass", ""), ("BLACK", "Black", "95.00"), ("WHITE", "White", "99.00"), ("RED", "Red", "")], "LAMP-1")
        person.expect("Saved.")
        made = {one["sku"]: one for one in self.seen()["variants"]}
        self.expect(
            sorted(made) == ["LAMP-1-BLACK", "LAMP-1-BRASS", "LAMP-1-RED", "LAMP-1-WHITE"], f"four variants: {sorted(made)}")
        grid = self.grid_of_variants()
        person.enter("Price, or blank: LAMP-1-BRASS", "91.00", within=grid)
        person._act("tick the red one", lambda: grid.get_by_label("Delete: LAMP-1-RED").check())
        person.do("Save", within=grid)
        person.expect("Saved.")
        now = {one["sku"]: one for one in self.seen()["variants"]}
        self.expect("LAMP-1-RED" not in now and len(now) == 3, f"the red one is gone: {sorted(now)}")
        self.expect(now["LAMP-1-BRASS"]["price"] == "91.00", f"the price of one: {now['LAMP-1-BRASS']}")
        self.expect(now["LAMP-1-BLACK"] == made["LAMP-1-BLACK"], "what was not touched stays as it was")

    def refused_grid(self):
        """What is no price is told at its cell, and the others keep what was typed."""
        person = self.person
        self.open_product()
        before = self.seen()["variants"]
        grid = self.grid_of_variants()
        person.enter("Price, or blank: LAMP-1-BRASS", "much", within=grid)
        person.enter("SKU: LAMP-1-BRASS", "LAMP-1-BRASS-2", within=grid)
        person.do("Save", within=grid)
        person.expect("Please check the marked cells.")
        cell = person.page.locator('input[value="much"]')
        self.expect(cell.get_attribute("aria-invalid") == "true", "the cell is marked")
        self.expect(person.page.locator('input[value="LAMP-1-BRASS-2"]').count() == 1, "what was typed beside it is kept")
        self.expect(self.seen()["variants"] == before, "a refused row changes nothing")

    def names(self):
        return [(one["name"], one["depth"]) for one in self.staff.get("/api/admin/category-tree/")["results"]]

    def tree(self):
        """Two categories change their places in the list."""
        person = self.person
        for name in ("Shades", "Bulbs"):
            person.go("Categories")
            person.do("New category")
            person.enter("Name", name)
            person.do("Save")
            person.expect("Created: category.")
        before = [name for name, _ in self.names()]
        self.expect(sorted(before) == ["Bulbs", "Lamps", "Shades"], f"three categories: {before}")
        person.go("Categories")
        person.do(f"Move down: {before[0]}")
        known = [name for name, _ in self.names()]
        self.expect(known == [before[1], before[0], before[2]], f"the first went one place down: {before}, then {known}")
        shown = person.page.locator("table tbody tr td.lead").all_inner_texts()
        self.expect([text.strip() for text in shown] == known, f"the list shows that order: {shown}")

    def branch(self):
        """A category is moved below another on its own page."""
        person = self.person
        person.go("Categories")
        person.do("Shades")
        person.choose("Below", "Lamps")
        person.do("Save")
        person.expect("Saved.")
        known = self.names()
        place = known.index(("Lamps", 0)) if ("Lamps", 0) in known else -1
        self.expect(place >= 0 and known[place + 1:place + 2] == [("Shades", 1)], f"shades stand below lamps: {known}")
        person.go("Categories")
        self.expect(
            person.page.locator(".indent").filter(has_text="Shades").count() == 1, f"the list sets it in: {person.text()[:400]}")

    def scan(self):
        """A scanner types a code and Enter; the field keeps the focus, and no page is loaded."""
        person = self.person
        person.open("/admin/stocktake/")
        loads = person.loads
        for _ in range(3):
            person.type(EAN)
            person.press("Enter")
        self.wait_for_count("3")
        self.expect(person.page.evaluate("document.activeElement.id") == "code", "the field keeps the focus")
        person.type("4006381333900")
        person.press("Enter")
        person.page.locator("#missed li").filter(has_text="4006381333900").wait_for()
        person.type(EAN)
        person.press("Tab")
        person.type("7")
        person.press("Enter")
        self.wait_for_count("7")
        self.expect(person.loads == loads, f"{person.loads - loads} pages were loaded by scans")
        self.expect(self.on_hand() == 5, "counting changes nothing")

    def wait_for_count(self, number):
        row = self.person.page.locator("#counted tbody tr").filter(has_text=EAN)
        row.locator("td").nth(1).filter(has_text=re.compile(rf"^\s*{number}\s*$")).wait_for()

    def on_hand(self):
        return self.staff.get(f"/api/inventory/stock/{self.counted}/")["quantity"]

    def book(self):
        """What was counted outlives the tab, and its difference is booked."""
        person = self.person
        person.open("/admin/stocktake/")
        person.do("Go on with it")
        self.wait_for_count("7")
        person.do("Book the differences")
        person.expect("Linen Shade")
        person.do("Book the differences: 1")
        person.expect("Booked: 1.")
        self.expect(self.on_hand() == 7, f"seven are on hand: {self.on_hand()}")
        moves = self.staff.get(f"/api/inventory/movements/?product={self.counted}")["results"]
        self.expect(any("7 counted, 5 expected" in one["notes"] for one in moves), f"the movement says why: {moves}")
        person.open("/admin/stocktake/")
        self.expect(not person.page.locator("#kept").is_visible(), "what is booked is not kept")

    def by_tab(self):
        """Tab leads over the page of an order in its order."""
        customer = self.shop.customer("ada@example.com")
        order = customer.order([(self.counted, None, 2)])
        customer.pay(order)
        self.person.open(f"/admin/orders/{order['id']}/")
        faults, names = walk_by_tab(self.person)
        self.faults += faults
        self.expect(any(name.strip() == "Ship" for name in names), f"the next thing to do is reached: {names}")
