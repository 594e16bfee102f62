"""The story of a shop in its admin: from the first run to a dead job that is tried again. Each chapter is told whatever became of
the ones before, as far as it does not need them."""

import csv
import io
import time

import pyotp

from .chapters import Tale
from .money import Figures, Money
from .pictures import draw
from .shop import ADMIN, API, Refused


def fill_variants(person, variants, sku, stock="10"):
    """Enters variants of one option into the grid of a product's page, a new row each, and saves them: once where a script adds rows,
    else as often as the blank ones are full."""
    grid = person.page.locator("section", has=person.page.get_by_role("heading", name="Variants", exact=True))
    person.enter("Option 1", "Color", within=grid)
    row = 0
    for mark, color, price in variants:
        row += 1
        if not person.field(f"SKU: new row {row}", within=grid).count():
            if grid.get_by_role("button", name="Add a row").is_visible():
                person.click("Add a row", within=grid)
            else:
                person.do("Save", within=grid)
                row = 1
        named = person.field(f"Color: new row {row}", within=grid)
        option = "Color" if named.count() else "Option 1"
        person.enter(f"SKU: new row {row}", f"{sku}-{mark}", within=grid)
        person.enter(f"{option}: new row {row}", color, within=grid)
        person.enter(f"Stock: new row {row}", stock, within=grid)
        if price:
            person.enter(f"Price, or blank: new row {row}", price, within=grid)
    person.do("Save", within=grid)


class Story(Tale, Money, Figures):
    name = "story"

    def __init__(self, browser, shop, folder):
        super().__init__(browser, shop, folder)
        self.backup_codes, self._staff, self._customer, self.placed, self._applicant = [], None, None, None, None

    @property
    def told(self):
        return [
            self.first_run, self.two_factors, self.category, self.product, self.variants, self.found, self.order, self.overview,
            self.refund, self.vendor, self.payout, self.review, self.coupon, self.many, self.export, self.template, self.dead_job,
        ]

    def come_in(self):
        """Opens a session by other ways where a chapter has not: the chapters behind it are not about that."""
        try:
            self.shop.anonymous().post("/api/auth/login/", {"email": ADMIN[0], "password": ADMIN[1]})
        except Refused:
            self.shop.run("createsuperuser", "--email", ADMIN[0], "--password", ADMIN[1], "--promote")
        self.person.open("/admin/")
        if "/sign-in/" in self.person.path:
            self.person.enter("E-mail", ADMIN[0])
            self.person.enter("Password", ADMIN[1])
            self.person.do("Sign in")
            self.confirm()
            if "/sign-in/" in self.person.path:
                self.person.do("Sign in")

    # Chapters.

    def first_run(self):
        person = self.person
        person.open(self.shop.welcome)
        person.enter("E-mail", ADMIN[0])
        person.enter("Password, at least 8 characters", ADMIN[1])
        person.do("Make the account")
        self.expect(person.path.startswith("/admin/") and "sign-in" not in person.path, f"the first run ends at {person.path}")
        self.expect(self.shop.admin().get("/api/auth/profile/")["role"] == "admin", "the first account is the administrator's")

    def two_factors(self):
        person = self.person
        api = self.shop.admin()
        secret = api.post("/api/auth/2fa/setup/", {})["secret"]
        code = pyotp.TOTP(secret)
        self.backup_codes = api.post("/api/auth/2fa/enable/", {"code": code.now()})["backup_codes"]
        person._act("open the account", lambda: person.page.locator("header summary").click())
        person.do("Sign out", within=person.page.get_by_role("banner"))
        person.enter("E-mail", ADMIN[0])
        person.enter("Password", "wrong-password-1")
        person.do("Sign in")
        self.expect(person.page.get_by_role("alert").is_visible(), "a wrong password is told")
        person.enter("Password", ADMIN[1])
        person.do("Sign in")
        person.expect("Second factor")
        self.expect(not self._is_inside(), "a password alone opens nothing")
        person.enter("Code", "000000")
        person.do("Sign in")
        self.expect(person.page.get_by_role("alert").is_visible(), "a wrong code is told")
        self.expect(not self._is_inside(), "a wrong code opens nothing")
        # A code is good once: that of the next half minute, which a clock that is a little ahead would show.
        person.enter("Code", code.at(time.time() + 30))
        person.do("Sign in")
        person.expect("Overview")
        self.expect(self._is_inside(), "a password and a code open the admin")

    def _is_inside(self):
        """Whether the browser has a session of the admin's."""
        return self.person.context.request.get(self.shop.base + "/admin/", max_redirects=0).status == 200

    @property
    def staff(self):
        """The administrator's API, opened by a backup code where two factors are on."""
        if self._staff:
            return self._staff
        answer = self.shop.anonymous().post("/api/auth/login/", {"email": ADMIN[0], "password": ADMIN[1]})
        self.expect("challenge_token" in answer and "access" not in answer, f"a password alone signs nobody in: {list(answer)}")
        if "challenge_token" in answer:
            answer = self.shop.anonymous().post(
                "/api/auth/2fa/verify/", {"challenge_token": answer["challenge_token"], "code": self.backup_codes.pop()})
        self._staff = API(self.shop.base, answer["access"])
        return self._staff

    @property
    def customer(self):
        if not self._customer:
            self._customer = self.shop.customer("ada@example.com")
        return self._customer

    def confirm(self):
        """Gives the second factor where a form asks for it."""
        if self.person.page.locator("main input[name=code]").count():
            self.person.enter("Code", self.backup_codes.pop())
            return True
        return False

    def category(self):
        person = self.person
        person.go("Categories")
        person.do("New category")
        person.enter("Name", "Lamps")
        person.enter("Description", "Light for tables & floors.")
        person.do("Save")
        person.expect("Created: category.")
        self.expect(any(one["name"] == "Lamps" for one in self.staff.get("/api/categories/")["results"]), "the category is there")

    def product(self):
        person = self.person
        person.go("Products")
        person.do("New product")
        person.enter("Name", "Brass Reading Lamp")
        person.enter("SKU", "LAMP-1")
        person.choose("Category", "Lamps")
        person.enter("Price", "a lot")
        person.do("Save")
        person.expect("A valid number is required.")
        self.expect(person.field("Name").input_value() == "Brass Reading Lamp", "nothing typed is lost")
        person.enter("Price", "89,50")
        person.enter("Short description", "Warm light, “adjustable” <arm>.")
        person.do("Save")
        person.expect("Created: product.")
        paths = [draw(self.folder / f"lamp-{number}.png", number) for number in (1, 2)]
        person.upload("Add pictures", paths)
        person.do("Upload")
        person.expect("Main picture")
        images = self._product()["images"]
        self.expect(len(images) == 2, f"two pictures: {len(images)}")
        gallery = person.page.locator("ol.gallery li").nth(1)
        person.enter("Alternative text", "The lamp from the side", within=gallery)
        person.do("Make it the main picture: Picture 2")
        images = self._product()["images"]
        self.expect(images[0]["alt_text"] == "The lamp from the side", f"the second picture is the first, and described: {images}")

    def _product(self):
        """The lamp as staff see it; made by other ways where its chapter was broken off."""
        found = self.staff.get("/api/admin/products/?search=LAMP-1")["results"]
        if not found:
            lamps = self.staff.post("/api/categories/", {"name": "Lamps"})["id"]
            found = [self.staff.post("/api/products/", {
                "name": "Brass Reading Lamp", "sku": "LAMP-1", "price": "89.50", "category": lamps, "variants": [
                    {"sku": f"LAMP-1-{color.upper()}", "options": [{"type": "Color", "value": color}], "stock_quantity": 10}
                    for color in ("Brass", "Black", "White")]})]
        return self.staff.get(f"/api/admin/products/{found[0]['id']}/")

    def variants(self):
        person = self.person
        person.open(f"/admin/products/{self._product()['id']}/")
        fill_variants(person, [("BRASS", "Brass", ""), ("BLACK", "Black", "95.00"), ("WHITE", "White", "99.00")], "LAMP-1")
        person.expect("Saved.")
        variants = self._product()["variants"]
        self.expect(sorted(one["sku"] for one in variants) == ["LAMP-1-BLACK", "LAMP-1-BRASS", "LAMP-1-WHITE"], f"{variants}")
        self.expect(sum(one["stock_quantity"] for one in variants) == 30, f"ten of each: {variants}")

    def found(self):
        person = self.person
        person.search("reading lamp")
        person.do("Brass Reading Lamp")
        person.expect("Brass Reading Lamp")
        self.expect("/admin/products/" in person.path, f"a search leads to the product, not to {person.path}")

    def order(self):
        person = self.person
        product = self._product()
        variants = {one["sku"]: one["id"] for one in product["variants"]}
        order = self.customer.order([(product["id"], variants["LAMP-1-BRASS"], 2), (product["id"], variants["LAMP-1-BLACK"], 1)])
        self.customer.pay(order)
        self.placed = order
        number = order["order_number"]
        # What a search names exactly it leads to.
        person.search(number)
        person.expect(number)
        self.expect(person.path.startswith("/admin/orders/"), f"a search leads to the order, not to {person.path}")
        person.do("Ship")
        person.enter("Carrier", "DHL")
        person.enter("Tracking number", "JD014600006281")
        person.do("Ship")
        person.expect("Shipped")
        kind, slip = person.read_file("Delivery slip")
        self.expect(kind.startswith("application/pdf") and slip.startswith(b"%PDF"), "the slip is a PDF")
        person.do("Mark as delivered")
        if person.main.get_by_role("button", name="Mark as delivered").count() and "/do/" in person.path:
            person.do("Mark as delivered")
        now = self.staff.get(f"/api/admin/orders/{order['id']}/")
        self.expect(now["status"] == "delivered", f"the order is {now['status']}")
        kind, invoice = person.read_file("Invoice")
        self.expect(invoice.startswith(b"%PDF"), "the invoice is a PDF")

    def _apply(self):
        """Somebody asks to sell in the shop, once."""
        if not self._applicant:
            self._applicant = self.shop.customer("vera@example.com", "Vera", "Vendor")
            self._applicant.post("/api/vendors/register/", {
                "business_name": "Vera’s Lights", "business_type": "individual", "email": "vera@example.com",
                "phone_number": "+15550101", "description": "Handmade"})

    def vendor(self):
        person = self.person
        self._apply()
        person.go("Vendors")
        person.do("Vera’s Lights")
        person.do("Approve")
        if "/do/" in person.path:
            person.do("Approve")
        vendors = self.staff.get("/api/admin/vendors/?search=Vera")["results"]
        self.expect(vendors and vendors[0]["status"] == "approved", f"the vendor is approved: {vendors}")

    def review(self):
        person = self.person
        product = self._product()
        self.customer.post(f"/api/products/{product['id']}/reviews/", {
            "rating": 5, "title": "Bright", "review_text": "A <b>lovely</b> lamp."})
        person.go("Reviews")
        person.do("Bright")
        person.expect("A <b>lovely</b> lamp.")
        person.do("Approve")
        if "/do/" in person.path:
            person.do("Approve")
        seen = self.shop.anonymous().get(f"/api/products/{product['id']}/reviews/")
        self.expect(seen["count"] == 1, "everybody sees the review")

    def coupon(self):
        person = self.person
        person.go("Coupons")
        person.do("New coupon")
        person.enter("Code", "WELCOME10")
        person.choose("Discount", "Percentage")
        person.enter("Value", "10")
        person.do("Save")
        person.expect("Created: coupon.")
        self.customer.post("/api/cart/add/", {
            "product_id": self._product()["id"], "variant_id": self._product()["variants"][0]["id"], "quantity": 1})
        applied = self.customer.post("/api/coupons/apply/", {"code": "WELCOME10"})
        self.expect("WELCOME10" in str(applied), f"the coupon counts: {applied}")

    def many(self):
        person, staff = self.person, self.staff
        category = staff.get("/api/categories/")["results"][0]["id"]
        for number in range(20):
            staff.post("/api/products/", {
                "name": f"Bulk {number:02}", "sku": f"BULK-{number:02}", "price": "5.00", "category": category,
                "stock_quantity": 1})
        listed = lambda: staff.get("/api/admin/products/?search=bulk&is_active=true")["count"]
        person.go("Products")
        person.enter("Search", "bulk")
        person.do("Filter")
        person.expect("Bulk 00")
        person._act("tick all", lambda: person.page.get_by_label("Select all on this page").check())
        person._act("choose Deactivate", lambda: person.page.get_by_label("Actions").select_option(label="Deactivate"))
        person.do("Preview")
        person.expect("Rows concerned: 20")
        self.expect(listed() == 20, "a preview changes nothing")
        person.do("Deactivate")
        person.expect("Done for 20.")
        self.expect(listed() == 0, "twenty are deactivated")
        person.do("Undo")
        person.expect("Done for 20.")
        self.expect(listed() == 20, "and active again")

    def export(self):
        person = self.person
        person.go("Products")
        person.enter("Search", "bulk")
        person.do("Filter")
        data = person.save_file("CSV")
        self.expect(data.startswith(b"\xef\xbb\xbf"), "the CSV has a byte order mark")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        self.expect(len(rows) == 21 and "Name" in rows[0], f"the CSV has what the list shows: {len(rows)} {rows[:2]}")

    def template(self):
        person = self.person
        person.go("E-mail templates")
        person.choose("Type", "Order confirmation")
        person.enter("Language", "en")
        person.do("Filter")
        person.do("Order confirmation")
        subject = person.field("Subject")
        person._act("enter Subject", lambda: subject.fill("Thank you for {{order_number}} & more"))
        # What is typed is shown in a frame of its own each time.
        person.page.frame_locator("iframe[name^=preview]:not([hidden])").get_by_text("& more").first.wait_for()
        person.do("Save")
        person.expect("Saved.")
        order = self.customer.order([(self._product()["id"], self._product()["variants"][1]["id"], 1)], paying="cod")
        self.staff.until(
            "the mail", f"/api/admin/mailbox/?search={order['order_number']}",
            lambda box: any(mail["subject"] == f"Thank you for {order['order_number']} & more" for mail in box["results"]))
        person.go("Mailbox")
        person.expect(f"Thank you for {order['order_number']} & more")

    def dead_job(self):
        person = self.person
        self.shop.rows(
            "INSERT INTO jobs (kind, payload, lane, priority, state, run_at, failures, attempts, max_attempts, last_error, created_at, "
            "died_at) VALUES (?, '{}', 0, 1, 2, 0, 1, 1, 1, 'The disk was full.', 0, 0)", "shop.housekeeping")
        person.go("Overview")
        self.expect("Jobs that gave up 1" in self.tally("Waits for someone"), f"what waits: {self.tally('Waits for someone')}")
        person.go("Jobs")
        person.choose("State", "Dead letter")
        person.do("Filter")
        person.expect("The disk was full.")
        person.do("Housekeeping")
        person.do("Try again")
        self.staff.until("the job", "/api/admin/jobs/?state=dead", lambda jobs: jobs["count"] == 0)
        person.go("Overview")
        self.expect(
            not any("gave up" in line for line in self.tally("Waits for someone")), f"what waits: {self.tally('Waits for someone')}")
