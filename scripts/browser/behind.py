"""Pages that no link leads to: what forms answer, what is shown once, and what stands in frames."""

import re

import pyotp

from .looks import STANDARD
from .person import Person
from .shop import ADMIN

CLERK = ("clerk@example.com", ADMIN[1])
FRAMES = re.compile(r"/admin/[^/]+/[^/]+/(frame/[^/]+|preview)/$")


class Behind:
    """Somebody who comes to such pages by what they type and press, for a walk that looks at each of them twice."""

    def __init__(self, walk):
        self.walk, self.shop, self.staff, self.looker = walk, walk.shop, walk.staff, walk.looker
        self.person = walk.person(name="behind")

    def visit_all(self):
        for step in [
            self.refused_form, self.refused_grid, self.clash, self.bulk, self.expired, self.once, self.stocktake, self.frames,
            self.second_factor, self.visitors, self.step_up, self.lost_session,
        ]:
            try:
                step()
            except Exception as error:  # noqa: BLE001: the others are visited all the same
                self.walk.report.add(f"behind {step.__name__}", f"{type(error).__name__}: {error}")
        self.walk.leave(self.person)

    def see(self, name, *texts, person=None):
        """Expects texts on the page that somebody has come to, and looks at it."""
        person = person or self.person
        person.expect(*texts)
        person.look(f"behind-{name}")
        self.looker.look_twice(person, f"{name} at {person.path}")

    def first(self, path):
        return self.staff.get(path)["results"][0]

    def refused_form(self):
        person = self.person
        person.open("/admin/tax-rates/new/")
        person.enter("Name", "Nowhere")
        person.choose("Country", "United States")
        person.enter("Rate", "much")
        person.do("Save")
        self.see("refused form", "Please check the marked fields.")

    def refused_grid(self):
        person = self.person
        product = self.first("/api/admin/products/?search=LAMP-1")["id"]
        person.open(f"/admin/products/{product}/")
        grid = person.page.locator("section", has=person.page.get_by_role("heading", name="Variants", exact=True))
        person.enter("Price, or blank: LAMP-1-BRASS", "much", within=grid)
        person.do("Save", within=grid)
        self.see("refused grid", "Please check the marked cells.")

    def clash(self):
        """Two who change one row."""
        person, rate = self.person, self.first("/api/admin/tax-rates/")
        person.open(f"/admin/tax-rates/{rate['id']}/")
        self.staff.patch(f"/api/admin/tax-rates/{rate['id']}/", {"name": "Maine, by somebody else", "rate": "0.06"})
        person.enter("Rate", "7")
        person.do("Save")
        self.see("clash", "Your entry", "There now")

    def bulk(self):
        person = self.person
        person.open("/admin/products/?search=lamp")
        person._act("tick all", lambda: person.page.get_by_label("Select all on this page").check())
        person._act("choose Deactivate", lambda: person.page.get_by_label("Actions").select_option(label="Deactivate"))
        person.do("Preview")
        self.see("preview of many", "Rows concerned:")
        person.do("Deactivate")
        self.see("result of many", "Done for")
        person.do("Undo")
        self.see("undone", "Done for")

    def expired(self):
        person = self.person
        person.open("/admin/tax-rates/new/")
        person.page.locator("main form input[name=csrf]").evaluate("field => { field.value = 'x' }")
        person.enter("Name", "Nowhere")
        person.choose("Country", "United States")
        person.enter("Rate", "5")
        person.do("Save")
        self.see("expired form", "This form has expired.")

    def once(self):
        """A secret that is shown once."""
        person = self.person
        person.open(f"/admin/webhooks/{self.first('/api/admin/webhooks/')['id']}/")
        person.do("New secret")
        person.do("New secret")
        self.see("secret", "Note this down")

    def stocktake(self):
        person = self.person
        person.open("/admin/stocktake/")
        person.type("SHADE-1")
        person.press("Enter")
        person.page.locator("#counted tbody tr").first.wait_for()
        person.type("SHADE-2")
        person.press("Enter")
        person.page.locator("#missed li").first.wait_for()
        self.see("counted", "Nothing has the SKU “SHADE-2”.")
        person.do("Book the differences")
        self.see("preview of a stocktake", "Book the differences: 1")
        person.do("Book the differences: 1")
        self.see("booked stocktake", "Booked: 1.")

    def frames(self):
        """Documents within pages, each as a page of its own: with the policy that keeps scripts out axe would not run."""
        person = self.person
        person.context.route(FRAMES, self._open_up)
        for name, rows in [("letter", "/api/admin/mailbox/"), ("preview", "/api/admin/email-templates/")]:
            person.open(f"/admin/{rows.split('/')[-2]}/{self.first(rows)['id']}/")
            frame = person.page.locator("iframe.document[src]").first.get_attribute("src")
            person.page.goto(self.shop.base + frame)
            self.looker.look_twice(person, f"{name} at {frame}", STANDARD)
        person.context.unroute(FRAMES)

    @staticmethod
    def _open_up(route):
        answer = route.fetch()
        kept = {
            name: value for name, value in answer.headers.items()
            if name.lower() not in ("content-security-policy", "x-frame-options")}
        route.fulfill(response=answer, headers=kept)

    def second_factor(self):
        """Two factors of a colleague, who sees little beside that."""
        person = self.walk.person(name="clerk", account=CLERK)
        person.open("/admin/payouts/")
        self.see("forbidden", person=person)
        person.open("/admin/account/two-factor/")
        person.do("Begin")
        code = pyotp.TOTP(person.page.locator(".fact code").first.inner_text().replace(" ", ""))
        self.see("secret of the second factor", "Code from the app", person=person)
        person.enter("Code from the app", "no code")
        person.do("Turn two factors on")
        self.see("refused first code", person=person)
        person.enter("Code from the app", code.now())
        person.do("Turn two factors on")
        self.see("backup codes", "Backup codes", person=person)
        backup = person.page.locator("ul.codes code").first.inner_text()
        person.context.clear_cookies()
        person.open("/admin/sign-in/")
        person.enter("E-mail", CLERK[0])
        person.enter("Password", CLERK[1])
        person.do("Sign in")
        self.see("second factor", "Second factor", person=person)
        person.enter("Code", "000000")
        person.do("Sign in")
        self.see("wrong second factor", person=person)
        person.enter("Code", backup)
        person.do("Sign in")
        person.expect("Overview")
        self.walk.leave(person)

    def visitors(self):
        """What the forms of visitors answer."""
        person = Person(self.walk.browser, self.shop.base, "visitor")
        person.open("/admin/sign-in/")
        person.enter("E-mail", "nobody@example.com")
        person.enter("Password", "wrong-password-1")
        person.do("Sign in")
        self.see("refused sign-in", person=person)
        person.open("/admin/forgot/")
        person.enter("E-mail", "nobody@example.com")
        person.do("Send the link")
        self.see("link sent", person=person)
        person.open("/admin/reset/")
        person.enter("Code from the mail", "no such code")
        person.enter("New password", "correct-horse-10")
        person.enter("New password again", "correct-horse-11")
        person.do("Set the password")
        self.see("refused password", person=person)
        self.walk.leave(person)

    def step_up(self):
        """Money that is moved in a session that is no longer new."""
        person = self.person
        payment = next(
            one for one in self.staff.get("/api/admin/payments/")["results"] if one["status"] in ("completed", "partially_refunded"))
        self.shop.rows("UPDATE user_sessions SET created_at = 0")
        person.open(f"/admin/payments/{payment['id']}/")
        person.do("Refund")
        person.enter("Amount", "1.00")
        person.enter("Reason", "Scratched")
        person.do("Refund")
        self.see("step-up", "Please confirm that it is you.")
        person.enter("Your password", "wrong-password-1")
        person.do("Refund")
        self.see("refused step-up", "The password is not correct.")

    def lost_session(self):
        """A form that was typed while its session ended."""
        person = self.person
        person.open("/admin/tax-rates/new/")
        person.enter("Name", "Kept")
        person.choose("Country", "United States")
        person.enter("Rate", "5")
        person.context.clear_cookies(name="kontor_admin")
        person.do("Save")
        self.see("lost session", "Your session has ended.")
