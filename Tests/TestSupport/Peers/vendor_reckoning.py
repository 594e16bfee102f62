"""Reckons what vendors are owed from what happened, by itself: exact fractions, entry by entry, nothing of the shop's.

usage: vendor_reckoning.py FILE (a line of JSON for each history); prints a line for each: balances and payouts.
"""
import json
import sys
from fractions import Fraction
from math import floor


def half_up(value):
    return floor(Fraction(value) + Fraction(1, 2))


def spread(amount, weights):
    """Parts of an amount by weights, which add up to it: what is left over goes to the largest fractions, the first ones first."""
    whole = sum(weights)
    exact = [Fraction(amount * weight, whole) for weight in weights]
    parts = [floor(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[: amount - sum(parts)]:
        parts[index] += 1
    return parts


class History:
    def __init__(self, case):
        self.hold, self.standard, self.approved = case["hold"], case["standard"], case["approved"]
        self.rules, self.orders, self.paid = [], {}, []
        self.entries = []  # [vendor, amount, available or None, line or None, kind]
        for event in case["events"]:
            getattr(self, event["kind"])(event["t"], event[event["kind"]])

    def rule(self, now, rule):
        self.rules.append(rule)

    def rate(self, vendor, path):
        def newest(test):
            return next((rule["rate"] for rule in reversed(self.rules) if test(rule)), None)

        found = newest(lambda rule: rule["vendor"] == vendor)
        if found is None:
            found = self.approved.get(str(vendor))
        for category in reversed(path):
            if found is None:
                found = newest(lambda rule: rule["category"] == category)
        if found is None:
            found = newest(lambda rule: rule["vendor"] == 0 and rule["category"] == 0)
        return self.standard if found is None else found

    def adjust(self, now, change):
        self.entries.append([change["vendor"], change["amount"], now, None, "adjustment"])

    def fail(self, now, payout):
        self.entries.append([payout["vendor"], payout["amount"], now, None, "payout"])

    def payout(self, now, run):
        for vendor in sorted(run["vendors"]):
            own = [entry for entry in self.entries if entry[0] == vendor]
            earned = sum(
                amount for _, amount, at, _, kind in own if kind == "payout" or (at is not None and at <= run["cutoff"])
            )
            due = min(earned, sum(amount for _, amount, at, _, _ in own if at is not None and at <= now))
            if due > 0 and sum(entry[1] for entry in own) > 0:
                self.paid.append([vendor, due])
                self.entries.append([vendor, -due, now, None, "payout"])

    def order(self, now, facts):
        order = self.orders.setdefault(facts["id"], {"lines": {}, "sold": False})
        lines = [self.line(order, line, facts) for line in facts["lines"]]
        if facts["invoiced"] and not order["sold"]:
            order["sold"] = True
            self.sell(lines)
        if order["sold"]:
            self.follow(now, facts, lines)
        for line in lines:
            if line["status"] in ("delivered", "cancelled"):
                moment = line["delivered"] + self.hold if line["status"] == "delivered" else now
                for entry in self.entries:
                    if entry[3] == line["id"] and entry[2] is None:
                        entry[2] = moment

    def line(self, order, line, facts):
        """What is known of a line: its worth, and what of it went before the invoice and after."""
        state = order["lines"].setdefault(
            line["id"], {"gone": [0, 0], "credited": [0, 0], "units": 0, "cancelled": 0, "received": 0, "posted": {}}
        )
        state.update({key: line[key] for key in ("id", "vendor", "path", "status", "delivered", "quantity")})
        net = line["price"] * line["quantity"] - line["discount"]
        state["worth"] = net if facts["inclusive"] else net + line["tax"]
        state["tax"] = line["tax"]
        for key in ("cancelled", "received"):
            count = line[key] - state[key]
            kind = "gone" if key == "cancelled" and not order["sold"] else "credited"
            for place, whole in enumerate((state["worth"], state["tax"])):
                after = half_up(Fraction(whole * (state["units"] + count), line["quantity"]))
                state[kind][place] += after - half_up(Fraction(whole * state["units"], line["quantity"]))
            state["units"] += count
            state[key] = line[key]
        return state

    def sell(self, lines):
        groups = {}
        for line in lines:
            line["claim"] = line["worth"] - line["gone"][0]
            line["base"] = line["claim"] - (line["tax"] - line["gone"][1])
            if line["vendor"]:
                groups.setdefault((line["vendor"], self.rate(line["vendor"], line["path"])), []).append(line)
        for (_, rate), group in groups.items():
            bases = [line["base"] for line in group]
            whole = half_up(Fraction(sum(bases) * rate, 1_000_000))
            for line, part in zip(group, spread(whole, bases) if whole else [0] * len(bases)):
                line["commission"] = part

    def follow(self, now, facts, lines):
        shipping = facts["total"] - sum(line["worth"] for line in lines)
        credited = facts["credited"]
        left = [0 if credited else line["claim"] - line["credited"][0] for line in lines]
        left_shipping = 0 if credited else shipping - facts["shippingBack"]
        taken, lost = self.gone(facts, lines, left + [left_shipping])
        for line, rest, part, bank in zip(lines, left, taken, lost):
            if line["vendor"]:
                self.post(now, line, credited, rest, part, bank)

    def gone(self, facts, lines, left):
        """What the customer has of each line and of shipping beyond papers: by refunds, and by disputes that were lost."""
        refunds, taken = facts["refunds"], [0] * len(left)
        if facts["credited"]:
            return taken, taken
        money = sum(refund["amount"] for refund in refunds)
        owed = sum(left) - facts["captured"]
        beyond = min(money, max(0, owed + money))
        banks = min(facts["lost"], max(0, owed + money + facts["lost"]) - beyond)
        for refund in refunds:
            units = dict(refund["units"])
            if not units:
                continue
            cost = [half_up(Fraction(line["worth"] * min(units.get(line["id"], 0), line["quantity"]), line["quantity"]))
                    for line in lines] + [0]
            rest = refund["amount"]
            if refund["restock"]:
                rest = max(0, rest - sum(cost))
            named = [line["id"] in units for line in lines] + [False]
            for most in (cost, left):
                room = [min(most[at], left[at] - taken[at]) if named[at] else 0 for at in range(len(left))]
                amount = min(rest, beyond, sum(room))
                if amount > 0:
                    taken = [one + more for one, more in zip(taken, spread(amount, room))]
                    rest, beyond = rest - amount, beyond - amount
        room = [whole - part for whole, part in zip(left, taken)]
        amount = min(beyond, sum(room))
        if amount > 0:
            taken = [one + more for one, more in zip(taken, spread(amount, room))]
        room = [whole - part for whole, part in zip(left, taken)]
        amount = min(banks, sum(room))
        return taken, spread(amount, room) if amount > 0 else [0] * len(left)

    def post(self, now, line, credited, left, taken, lost):
        base, claim = line["base"], line["claim"]
        noted = min(base, line["credited"][0] - line["credited"][1])

        def net(money):
            return noted + (half_up(Fraction((base - noted) * money, left)) if left else 0)

        back = base if credited else net(taken)
        bank = 0 if credited else net(taken + lost) - back
        gone = claim if credited else min(claim, line["credited"][0] + taken + lost)
        given = half_up(Fraction(line["commission"] * gone, claim)) if claim else 0
        sums = {"sale": base, "commission": given - line["commission"], "refund": -back, "dispute": -bank}
        at = None
        if line["status"] == "delivered":
            at = max(now, line["delivered"] + self.hold)
        elif line["status"] == "cancelled":
            at = now
        for kind, amount in sums.items():
            change = amount - line["posted"].get(kind, 0)
            if change:
                self.entries.append([line["vendor"], change, at, line["id"], kind])
            line["posted"][kind] = amount


for text in open(sys.argv[1], encoding="utf-8"):
    case = json.loads(text)
    history = History(case)
    balances = {}
    for vendor in case["vendors"]:
        own = [entry for entry in history.entries if entry[0] == vendor]
        open_now = [entry[1] for entry in own if entry[2] is not None and entry[2] <= case["until"]]
        balances[str(vendor)] = [sum(entry[1] for entry in own), sum(open_now)]
    print(json.dumps({"balances": balances, "payouts": history.paid}))
