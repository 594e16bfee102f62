"""The chapters of the story in which money is moved: each asks for the second factor first, and moves nothing before."""

import datetime
import re


class Money:
    """Chapters of a story whose administrator has two factors on."""

    def prove(self, what, button, holds, wrong=None):
        """Expects a form to ask for the second factor, with what it was sent for undone as `holds` says, and gives it: first a
        wrong code, where there is one to try."""
        person = self.person
        person.expect("Please confirm that it is you.")
        self.expect(person.page.locator("main input[name=code]").is_visible(), f"{what} asks for the second factor")
        self.expect(holds(), f"{what} is done before it is asked who does it")
        if wrong:
            person.enter("Code", wrong)
            person.do(button)
            self.expect(
                person.page.locator("main input[name=code]").is_visible() and holds(), f"{what} is done with a wrong code")
        person.enter("Code", self.backup_codes.pop())
        person.do(button)
        self.expect(not person.page.locator("main input[name=code]").count(), f"{what} takes a backup code")

    def refund(self):
        person = self.person
        path = f"/api/admin/orders/{self.placed['id']}/"
        paid = lambda: self.staff.get(path)["payment_status"] == "paid"
        person.open(f"/admin/orders/{self.placed['id']}/")
        person.do("Refund")
        goods = person.page.get_by_role("group", name="For these goods")
        person._act("enter a quantity", lambda: goods.locator("input").nth(1).fill("1"))
        person.enter("Reason", "Scratched")
        person.do("Refund")
        self.expect(goods.locator("input").nth(1).input_value() == "1", "the step-up keeps what was entered")
        self.prove("a refund", "Refund", paid, wrong="000000")
        self.staff.until("the refund", path, lambda order: order["payment_status"] == "partially_refunded")
        refunds = self.staff.get(f"/api/admin/refunds/?order={self.placed['id']}")["results"]
        line = self.placed["items"][1]
        self.expect([one["amount"] for one in refunds] == [line["price"]], f"one of {line['sku']} is refunded: {refunds}")

    def payout(self):
        """A vendor is given an amount, and paid it out."""
        person = self.person
        vendor = self.staff.get("/api/admin/vendors/?search=Vera")["results"][0]["id"]
        available = lambda: self.staff.get(f"/api/admin/vendors/{vendor}/balance/")["available_balance"]
        person.open(f"/admin/vendors/{vendor}/")
        person.do("Adjust the balance")
        person.enter("Amount", "25.00")
        person.enter("Reason", "Welcome")
        person.do("Adjust the balance")
        self.prove("an adjustment", "Adjust the balance", lambda: available() == "0.00")
        self.expect(available() == "25.00", f"the vendor has {available()}")
        payouts = lambda: self.staff.get(f"/api/admin/payouts/?vendor={vendor}")["results"]
        today = datetime.datetime.now(datetime.timezone.utc).date()
        person.go("Payouts")
        person.do("Make payouts")
        person.enter("First day", f"{today.year}-01-01")
        person.enter("Last day", f"{today.year}-12-31")
        person.do("Make payouts")
        self.prove("a payout", "Make payouts", lambda: not payouts())
        person.expect("Vera’s Lights")
        made = payouts()
        self.expect([one["amount"] for one in made] == ["25.00"], f"one payout is made: {made}")


class Figures:
    """Chapters of a story that compare the first page with what was done until then."""

    def tally(self, heading):
        """The lines of a part of the first page."""
        page = self.person.page
        part = page.locator("section.part", has=page.get_by_role("heading", name=heading, exact=True))
        return [" ".join(text.split()) for text in part.locator("ul.tally li").all_inner_texts()]

    def figures(self):
        """What stands on the cards: each figure of today by its name."""
        return dict(self.person.page.locator(".card").evaluate_all(
            "all => all.map(one => [one.querySelector('dt').innerText.trim(), one.querySelector('strong').innerText.trim()])"))

    def overview(self):
        """One order of three units is delivered; one variant runs low, and somebody wants to sell."""
        person, product = self.person, self._product()
        self._apply()
        row = next(
            one for one in self.staff.get(f"/api/inventory/stock/?product={product['id']}")["results"] if one["sku"] == "LAMP-1-BRASS")
        self.staff.patch(f"/api/inventory/levels/{row['id']}/", {"reorder_level": 9})
        person.go("Overview")
        total = f"${self.placed['total']}"
        wanted = {"Orders": "1", "Revenue": total, "Average order": total}
        self.expect(self.figures() == wanted, f"today’s figures are {self.figures()}, not {wanted}")
        statuses = dict(re.fullmatch(r"(.+?) (\d+)", line).groups() for line in self.tally("Orders by status"))
        self.expect(
            {name: number for name, number in statuses.items() if number != "0"} == {"Delivered": "1"}, f"orders by status: {statuses}")
        best = self.tally("Best sellers of the last 7 days")
        self.expect(
            len(best) == 1 and best[0].startswith("Brass Reading Lamp") and "3 sold" in best[0], f"best sellers: {best}")
        low = self.tally("Low stock")
        self.expect(len(low) == 1 and "Brass" in low[0] and "8 left" in low[0], f"low stock: {low}")
        waiting = self.tally("Waits for someone")
        self.expect(sorted(waiting) == ["Stock alerts 1", "Vendors to approve 1"], f"what waits: {waiting}")
        person._act("open the table", lambda: person.page.get_by_text("As a table", exact=True).click())
        first = person.page.locator("details table tbody tr").first.inner_text()
        self.expect(total in first, f"the table begins with today: {first}")
        person.do("Vendors to approve")
        person.expect("Vera’s Lights")
        self.expect("status=pending" in person.path, f"a number leads to its rows, not to {person.path}")
