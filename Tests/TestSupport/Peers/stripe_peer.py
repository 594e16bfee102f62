"""Stripe's API as its documents and its Python library (16.1.0) describe it, for payments by PaymentIntents.

What Stripe would refuse is refused here: unknown parameters, wrong amounts, keys used for something else, captures and refunds
over the total. `POST /_control/<name>` with JSON plays the payer, the bank and the network, and reads what was sent.
"""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from peer import end_with_input, say

SECRET, WEAK = "sk_test_peer", "rk_test_weak"
VERSION = "2026-10-28.endive"
ZERO = set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split())
STEPS = {"isk": 100, "ugx": 100, "bhd": 10, "jod": 10, "kwd": 10, "omr": 10, "tnd": 10}
KNOWN = ZERO | set(STEPS) | set("usd eur gbp huf twd chf inr".split())
DECLINES = {
    "pm_card_insufficient": ("card_declined", "insufficient_funds", "Your card has insufficient funds."),
    "pm_card_declined": ("card_declined", "generic_decline", "Your card was declined."),
    "pm_card_expired": ("expired_card", None, "Your card has expired."),
}


class Refusal(Exception):
    def __init__(self, status, code, message, param=None, kind="invalid_request_error", stored=False, **more):
        self.status, self.stored = status, stored
        self.body = {"error": {"type": kind, "message": message, **({"code": code} if code else {}),
                               **({"param": param} if param else {}), **more}}


def missing(kind, name, status=404):
    return Refusal(status, "resource_missing", f"No such {kind}: '{name}'", "intent" if status == 404 else kind)


class State:
    def __init__(self):
        self.lock = threading.RLock()
        self.count = 0
        self.intents, self.charges, self.refunds, self.customers, self.disputes = {}, {}, {}, {}, {}
        self.methods, self.answers, self.faults, self.log = {}, {}, [], []

    def new(self, prefix):
        self.count += 1
        return f"{prefix}_{self.count:014d}"


state = State()


def tree(pairs):
    """Parameters with brackets as nested objects; indices and `[]` as lists."""
    root = {}
    for name, value in pairs:
        if not re.fullmatch(r"[a-z_]+(\[[^\[\]]*\])*", name):
            raise Refusal(400, None, f"Invalid parameter name: {name}")
        keys = [name.split("[")[0]] + re.findall(r"\[([^\]]*)\]", name)
        node = root
        for key in keys[:-1]:
            node = node.setdefault(key, {})
        if keys[-1] in node:
            raise Refusal(400, None, f"Duplicate parameter: {name}")
        node[keys[-1]] = value
    return {name: lists(value) for name, value in root.items()}


def lists(value):
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() or key == "" for key in value):
        return [lists(value[key]) for key in sorted(value)]
    return {key: lists(item) for key, item in value.items()}


def only(given, *known):
    for name in given:
        if name not in known + ("expand",):
            raise Refusal(400, "parameter_unknown", f"Received unknown parameter: {name}", name)
    expand = given.get("expand", [])
    if not isinstance(expand, list) or any(path.count(".") > 3 for path in expand):
        raise Refusal(400, None, "Invalid expand", "expand")


def need(given, name):
    if not given.get(name):
        raise Refusal(400, "parameter_missing", f"Missing required param: {name}.", name)
    return given[name]


def choice(given, name, *words):
    if name in given and given[name] not in words:
        raise Refusal(400, None, f"Invalid {name}: must be one of {', '.join(words)}", name)
    return given.get(name)


def metadata(given):
    held = given.get("metadata", {})
    if not isinstance(held, dict) or len(held) > 50:
        raise Refusal(400, None, "Invalid metadata", "metadata")
    for key, value in held.items():
        if len(key) > 40 or not isinstance(value, str) or len(value) > 500:
            raise Refusal(400, None, f"Invalid metadata: {key}", f"metadata[{key}]")
    return {key: value for key, value in held.items() if value}


def amount_of(given, name, currency):
    text = need(given, name)
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise Refusal(400, "parameter_invalid_integer", f"Invalid integer: {text}", name)
    amount = int(text)
    step = STEPS.get(currency, 1)
    if amount % step:
        code = "invalid_charge_amount_no_decimal_compatible" if step == 100 else "parameter_invalid_integer"
        raise Refusal(400, code, f"The amount must be divisible by {step}.", name)
    return amount


# PaymentIntents

def charge_of(intent, status="succeeded", captured=True, **more):
    charge = {
        "id": state.new("ch"), "object": "charge", "amount": intent["amount"], "amount_captured": 0, "amount_refunded": 0,
        "captured": captured, "created": intent["created"], "currency": intent["currency"], "paid": status == "succeeded",
        "balance_transaction": None, "status": status, "refunded": False, "livemode": False,
        "payment_intent": intent["id"], "payment_method": intent["payment_method"], "metadata": dict(intent["metadata"]),
        "payment_method_details": {"type": "card", "card": {"last4": "4242", "brand": "visa"}},
        "billing_details": {"email": "payer@example.com"}, "failure_code": None, "failure_message": None, **more}
    state.charges[charge["id"]] = charge
    intent["latest_charge"] = charge["id"]
    return charge


def settle(intent, amount):
    charge = state.charges[intent["latest_charge"]]
    fee = amount * 29 // 1000 + 30
    charge.update(captured=True, amount_captured=amount, balance_transaction={
        "id": state.new("txn"), "object": "balance_transaction", "amount": amount, "fee": fee, "net": amount - fee,
        "currency": intent.get("settlement", intent["currency"]), "created": int(time.time())})
    release(intent, charge)
    intent.update(status="succeeded", amount_received=amount, amount_capturable=0, next_action=None)


def release(intent, charge):
    """What was authorized and is not captured goes back, as a refund of nobody's."""
    rest = charge["amount"] - charge["amount_captured"]
    if rest > 0:
        make_refund(intent, charge, rest, {}, balance_transaction=None)


def confirm(intent, method, off_session=False):
    """What the payer's bank says to a method; the intent changes in place."""
    intent.update(payment_method=method, last_payment_error=None)
    if method in DECLINES:
        return decline(intent, *DECLINES[method])
    if method == "pm_card_authenticate" and off_session:
        return decline(intent, "authentication_required", "authentication_required",
                       "Your card was declined. This transaction requires authentication.")
    if method == "pm_card_authenticate":
        intent.update(status="requires_action", next_action={"type": "use_stripe_sdk"})
        return
    if method == "pm_bank_debit":
        charge_of(intent, status="pending", captured=False)
        intent.update(status="processing")
        return
    authorize(intent)


def authorize(intent):
    charge_of(intent, captured=False)
    if intent["capture_method"] == "manual":
        intent.update(status="requires_capture", amount_capturable=intent["amount"], next_action=None)
    else:
        settle(intent, intent["amount"])


def decline(intent, code, decline_code, message):
    error = {"type": "card_error", "code": code, "message": message,
             "payment_method": {"id": intent["payment_method"], "object": "payment_method", "type": "card",
                                "card": {"last4": "0002"}, "billing_details": {"name": "Payer"}}}
    if decline_code:
        error["decline_code"] = decline_code
    charge = charge_of(intent, status="failed", captured=False, failure_code=code, failure_message=message)
    intent.update(status="requires_payment_method", payment_method=None, next_action=None,
                  last_payment_error={**error, "charge": charge["id"]})
    extra = {key: value for key, value in error.items() if key not in ("type", "code", "message")}
    raise Refusal(402, code, message, kind="card_error", stored=True, charge=charge["id"],
                  payment_intent=json.loads(json.dumps(intent)), **extra)


def create_intent(given):
    only(given, "amount", "currency", "capture_method", "metadata", "payment_method_types", "automatic_payment_methods",
         "customer", "payment_method", "confirm", "off_session", "return_url", "setup_future_usage", "description",
         "receipt_email")
    currency = need(given, "currency")
    if currency not in KNOWN:
        raise Refusal(400, None, f"Invalid currency: {currency}", "currency")
    amount = amount_of(given, "amount", currency)
    if currency == "usd" and amount < 50:
        raise Refusal(400, "amount_too_small", "Amount must be at least $0.50 usd", "amount")
    capture = choice(given, "capture_method", "automatic", "automatic_async", "manual") or "automatic_async"
    choice(given, "setup_future_usage", "on_session", "off_session")
    types = given.get("payment_method_types")
    if types is not None and "automatic_payment_methods" in given:
        raise Refusal(400, None, "You may only specify one of payment_method_types, automatic_payment_methods")
    if types is not None and (not isinstance(types, list) or set(types) - {"card", "sepa_debit", "ideal"}):
        raise Refusal(400, "payment_intent_invalid_parameter", "The payment method type is invalid.", "payment_method_types")
    customer, method = given.get("customer"), given.get("payment_method")
    if customer is not None and customer not in state.customers:
        raise missing("customer", customer, 400)
    confirms = given.get("confirm") == "true"
    for name in ("off_session", "return_url"):
        if name in given and not confirms:
            raise Refusal(400, "parameter_missing", f"`{name}` is used only when confirming.", name)
    if confirms and not method:
        raise Refusal(400, "payment_intent_unexpected_state", "A PaymentIntent cannot be confirmed without a method.")
    if confirms and types is None and not given.get("return_url") and given.get("off_session") != "true":
        raise Refusal(400, None, "You must provide a return_url with automatic payment methods.", "return_url")
    if method is not None:
        owner = state.methods.get(method)
        if owner is None:
            raise missing("PaymentMethod", method, 400)
        if owner["customer"] is not None and owner["customer"] != customer:
            raise Refusal(400, None, "The PaymentMethod belongs to a customer: include it in the request.", "payment_method")
    identifier = state.new("pi")
    intent = {
        "id": identifier, "object": "payment_intent", "amount": amount, "amount_capturable": 0, "amount_received": 0,
        "capture_method": capture, "client_secret": identifier + "_secret_peer", "created": int(time.time()),
        "currency": currency, "customer": customer, "last_payment_error": None, "latest_charge": None, "livemode": False,
        "metadata": metadata(given), "next_action": None, "payment_method": method, "receipt_email": None,
        "payment_method_types": types or ["card", "link"], "status": "requires_confirmation" if method else
        "requires_payment_method", "setup_future_usage": given.get("setup_future_usage")}
    state.intents[identifier] = intent
    if confirms:
        confirm(intent, state.methods[method]["behaves"], off_session=given.get("off_session") == "true")
    return intent


def intent_named(name):
    if name not in state.intents:
        raise missing("payment_intent", name)
    return state.intents[name]


def unexpected(intent, verb):
    return Refusal(
        400, "payment_intent_unexpected_state",
        f"This PaymentIntent could not be {verb} because it has a status of {intent['status']}.", stored=True,
        payment_intent=intent)


def capture(intent, given):
    only(given, "amount_to_capture", "metadata", "final_capture")
    if intent["status"] != "requires_capture":
        raise unexpected(intent, "captured")
    amount = intent["amount_capturable"]
    if "amount_to_capture" in given:
        amount = amount_of(given, "amount_to_capture", intent["currency"])
    if not 0 < amount <= intent["amount_capturable"]:
        raise Refusal(400, "amount_too_large", "The amount is greater than the amount that can be captured.",
                      "amount_to_capture", stored=True)
    settle(intent, amount)
    return intent


def cancel(intent, given):
    only(given, "cancellation_reason")
    choice(given, "cancellation_reason", "duplicate", "fraudulent", "requested_by_customer", "abandoned")
    if intent["status"] in ("succeeded", "canceled", "processing"):
        raise unexpected(intent, "canceled")
    if intent["status"] == "requires_capture":
        release(intent, state.charges[intent["latest_charge"]])
    intent.update(status="canceled", amount_capturable=0, next_action=None, canceled_at=int(time.time()))
    return intent


# Refunds, customers, methods

def create_refund(given):
    only(given, "payment_intent", "charge", "amount", "metadata", "reason")
    choice(given, "reason", "duplicate", "fraudulent", "requested_by_customer")
    intent = state.intents.get(need(given, "payment_intent"))
    if intent is None:
        raise missing("payment_intent", given["payment_intent"], 400)
    charge = state.charges.get(intent["latest_charge"])
    if charge is None or not charge["captured"]:
        raise Refusal(400, None, "This PaymentIntent does not have a successful charge to refund.", stored=True)
    left = charge["amount"] - charge["amount_refunded"]
    amount = amount_of(given, "amount", intent["currency"]) if "amount" in given else left
    if left == 0:
        raise Refusal(400, "charge_already_refunded", f"Charge {charge['id']} has already been refunded.", stored=True)
    if not 0 < amount <= left:
        raise Refusal(400, "amount_too_large", "Refund amount is greater than unrefunded amount on charge", "amount",
                      stored=True)
    return make_refund(intent, charge, amount, metadata(given), reason=given.get("reason"))


def make_refund(intent, charge, amount, held, **more):
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    refund = {"id": state.new("re"), "object": "refund", "amount": amount, "balance_transaction": state.new("txn"),
              "charge": charge["id"], "created": int(time.time()), "currency": intent["currency"], "metadata": held,
              "payment_intent": intent["id"], "reason": None, "status": "succeeded", **more}
    state.refunds[refund["id"]] = refund
    return refund


def create_customer(given):
    only(given, "email", "name", "metadata")
    customer = {"id": state.new("cus"), "object": "customer", "email": given.get("email"), "metadata": metadata(given),
                "livemode": False}
    state.customers[customer["id"]] = customer
    return customer


def create_setup(given):
    only(given, "customer", "usage", "payment_method_types", "metadata")
    choice(given, "usage", "on_session", "off_session")
    if given.get("customer") not in state.customers:
        raise missing("customer", given.get("customer"), 400)
    identifier = state.new("seti")
    return {"id": identifier, "object": "setup_intent", "client_secret": identifier + "_secret_peer",
            "customer": given["customer"], "status": "requires_payment_method", "usage": given.get("usage", "off_session")}


def method_named(name):
    if name not in state.methods:
        raise Refusal(404, "resource_missing", f"No such PaymentMethod: '{name}'", "payment_method")
    return {key: value for key, value in state.methods[name].items() if key != "behaves"}


def detach(name, given):
    only(given)
    method = method_named(name)
    if method["customer"] is None:
        raise Refusal(400, None, "The payment method you provided is not attached to a customer.")
    state.methods[name]["customer"] = None
    return method_named(name)


def delete_customer(name, given):
    only(given)
    if name not in state.customers:
        raise missing("customer", name, 404)
    del state.customers[name]
    for method in state.methods.values():
        if method["customer"] == name:
            method["customer"] = None
    return {"id": name, "object": "customer", "deleted": True}


# Answers

def page(objects, given):
    limit = int(given.get("limit", "10"))
    if not 1 <= limit <= 100:
        raise Refusal(400, "parameter_invalid_integer", "This value must be from 1 to 100.", "limit")
    if "starting_after" in given:
        place = [found["id"] for found in objects].index(given["starting_after"])
        objects = objects[place + 1:]
    return {"object": "list", "data": objects[:limit], "has_more": len(objects) > limit, "url": "/v1"}


def list_intents(given):
    only(given, "created", "customer", "limit", "starting_after", "ending_before")
    return page(made_within(state.intents, given), given)


def made_within(kind, given):
    """What was made in the span of time, the newest first."""
    window = given.get("created", {})
    if not isinstance(window, dict) or set(window) - {"gt", "gte", "lt", "lte"}:
        raise Refusal(400, None, "Invalid created", "created")
    low, high = int(window.get("gte", "0")), int(window.get("lt", str(2 ** 60)))
    found = [it for it in kind.values() if low <= it["created"] < high]
    return sorted(found, key=lambda it: (it["created"], it["id"]), reverse=True)


def search(given):
    only(given, "query", "limit", "page")
    match = re.fullmatch(r'metadata\[(["\'])([a-z_]+)\1\]:(["\'])([^"\']*)\3', need(given, "query"))
    if not match:
        raise Refusal(400, None, "We were unable to parse your search query.", "query")
    found = [intent for intent in state.intents.values()
             if intent["metadata"].get(match[2]) == match[4] and intent.get("indexed")]
    return {"object": "search_result", "data": found, "has_more": False, "url": "/v1/payment_intents/search"}


def list_refunds(given):
    return list_claims(state.refunds, given)


def list_claims(kind, given):
    """Refunds or disputes, which are filtered alike (stripe-python: RefundListParams, DisputeListParams)."""
    only(given, "payment_intent", "charge", "created", "limit", "starting_after", "ending_before")
    found = [it for it in made_within(kind, given) if all(it[name] == given.get(name, it[name])
                                                          for name in ("payment_intent", "charge"))]
    return page(found, given)


def shown(found, expand):
    """An answer with what it is to hold in full; what stands in full by itself is an id unless asked for."""
    found = json.loads(json.dumps(found))
    hidden = {"settlement", "indexed"}
    if found.get("object") in ("list", "search_result"):
        inner = [path[5:] for path in expand if path.startswith("data.")]
        found["data"] = [shown(item, inner) for item in found["data"]]
    if found.get("object") == "charge":
        refunds = [refund for refund in state.refunds.values() if refund["charge"] == found["id"]][::-1]
        if "refunds" in expand:
            found["refunds"] = {"object": "list", "data": refunds[:10], "has_more": len(refunds) > 10}
        if "balance_transaction" not in expand and found["balance_transaction"]:
            found["balance_transaction"] = found["balance_transaction"]["id"]
    if found.get("object") in ("refund", "dispute") and "charge" in expand and found["charge"] in state.charges:
        found["charge"] = shown(state.charges[found["charge"]], [])
    inner = [path[len("latest_charge."):] for path in expand if path.startswith("latest_charge.")]
    if found.get("latest_charge") and (inner or "latest_charge" in expand):
        found["latest_charge"] = shown(state.charges[found["latest_charge"]], inner)
    return {key: value for key, value in found.items() if key not in hidden}


def act(method, path, given):
    parts = path.split("/")
    if method == "GET" and path == "payment_intents":
        return list_intents(given)
    if method == "GET" and path == "payment_intents/search":
        return search(given)
    if method == "GET" and path == "refunds":
        return list_refunds(given)
    if method == "GET" and path == "disputes":
        return list_claims(state.disputes, given)
    if method == "GET" and len(parts) == 2:
        only(given)
        if parts[0] == "payment_intents":
            return intent_named(parts[1])
        if parts[0] == "charges" and parts[1] in state.charges:
            return state.charges[parts[1]]
        if parts[0] == "payment_methods":
            return method_named(parts[1])
    if method == "DELETE" and len(parts) == 2 and parts[0] == "customers":
        return delete_customer(parts[1], given)
    if method == "POST":
        makers = {"payment_intents": create_intent, "refunds": create_refund, "customers": create_customer,
                  "setup_intents": create_setup}
        if path in makers:
            return makers[path](given)
        if len(parts) == 3 and parts[0] == "payment_intents" and parts[2] in ("capture", "cancel"):
            return {"capture": capture, "cancel": cancel}[parts[2]](intent_named(parts[1]), given)
        if len(parts) == 3 and parts[0] == "payment_methods" and parts[2] == "detach":
            return detach(parts[1], given)
    raise Refusal(404, None, f"Unrecognized request URL ({method}: /v1/{path}).")


# What tests do

def control(name, given):
    intent = state.intents.get(given.get("intent"))
    if name == "confirm":
        try:
            confirm(intent, given.get("method", "pm_card_visa"))
        except Refusal:
            pass
    elif name == "authenticate":
        authorize(intent)
    elif name == "clear":
        settle(intent, intent["amount"])
    elif name == "change":
        intent.update(given["to"])
    elif name == "dashboard_refund":
        made = make_refund(intent, state.charges[intent["latest_charge"]], given["amount"], {})
        made["created"] += given.get("after", 0)
    elif name == "foreign_refund":
        refund = make_refund({"id": None, "currency": "usd"}, {"id": state.new("ch"), "amount": 100, "amount_refunded": 0}, 100, {})
        return {"refund": refund}
    elif name == "dispute":
        made = {"id": state.new("du"), "object": "dispute", "amount": given["amount"], "charge": intent["latest_charge"],
                "created": int(time.time()) + given.get("after", 0), "currency": intent["currency"],
                "evidence_details": {"due_by": 1_900_000_000, "has_evidence": False, "past_due": False}, "livemode": False,
                "is_charge_refundable": False, "metadata": {}, "payment_intent": intent["id"], "reason": "fraudulent",
                "status": "needs_response"}
        state.disputes[made["id"]] = made
        return {"dispute": made["id"]}
    elif name == "end_dispute":
        state.disputes[given["dispute"]]["status"] = given["status"]
    elif name == "forget_refunds":
        state.refunds.clear()
    elif name == "refund":
        state.refunds[given["refund"]].update(given["to"])
    elif name == "method":
        state.methods[given["id"]] = {
            "id": given["id"], "object": "payment_method", "type": given.get("type", "card"),
            "customer": given.get("customer"), "behaves": given.get("behaves", "pm_card_visa"),
            given.get("type", "card"): given.get("details", {
                "brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2030, "fingerprint": "peer"})}
    elif name == "fault":
        state.faults.append(given)
    elif name == "log":
        return {"requests": state.log}
    elif name == "count":
        return {kind: len(getattr(state, kind)) for kind in ("intents", "charges", "refunds", "customers")}
    else:
        raise Refusal(404, None, "no such control")
    return {"intent": intent}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        target = urlsplit(self.path)
        if target.path.startswith("/_control/"):
            with state.lock:
                return self.reply(200, control(target.path[10:], json.loads(body or b"{}")))
        fault = None
        try:
            with state.lock:
                state.log.append({"method": self.command, "target": self.path, "body": body.decode(),
                                  "key": self.headers.get("Idempotency-Key")})
                given = self.checked(target, body)
                fault = self.fault(target.path)
                if fault.get("kind") in ("refuse", "html"):
                    return self.fail(fault)
                fault = fault.get("kind")
                status, answer, replayed = self.done(target.path[4:], given, body, fault)
        except Refusal as refusal:
            status, answer, replayed = refusal.status, refusal.body, False
        if fault == "lost":
            self.close_connection = True
            return None
        headers = {"Idempotent-Replayed": "true"} if replayed else {}
        if status == 500:
            headers["Stripe-Should-Retry"] = "false"
        return self.reply(status, answer, cut=fault == "truncated", **headers)

    def checked(self, target, body):
        """The parameters of a request that Stripe would take."""
        authorization = self.headers.get("Authorization", "")
        if authorization == "Bearer " + WEAK:
            raise Refusal(403, "more_permissions_required", "The provided key does not have the required permissions.")
        if authorization != "Bearer " + SECRET:
            raise Refusal(401, None, "Invalid API Key provided")
        if self.headers.get("Stripe-Version") != VERSION:
            raise Refusal(400, None, "Invalid Stripe API version")
        if not target.path.startswith("/v1/"):
            raise Refusal(404, None, "Unrecognized request URL")
        if self.command in ("GET", "DELETE"):
            if body or self.headers.get("Content-Type"):
                raise Refusal(400, None, f"A {self.command} has no body")
            return tree(parse_qsl(target.query, keep_blank_values=True, strict_parsing=bool(target.query)))
        if target.query or self.headers.get("Content-Type") != "application/x-www-form-urlencoded":
            raise Refusal(400, None, "The parameters of a POST are a form")
        if not 0 < len(self.headers.get("Idempotency-Key") or "") <= 255:
            raise Refusal(400, None, "The request needs an Idempotency-Key")
        if re.search(rb"%5[BD]", body) or not re.fullmatch(rb"[A-Za-z0-9._~&=%+\[\]-]*", body):
            raise Refusal(400, None, "The form is not encoded as the library does")
        return tree(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body)))

    def fault(self, path):
        for fault in state.faults:
            if fault.get("on", "") in path:
                state.faults.remove(fault)
                return fault
        return {}

    def fail(self, fault):
        """Failures of before anything was done, which no key remembers."""
        if fault["kind"] == "html":
            return self.reply(200, "<html>Welcome</html>", "text/html")
        error = {"type": "api_error", "code": fault.get("code"), "message": "not now"}
        return self.reply(fault["status"], {"error": error}, **fault.get("headers", {}))

    def done(self, path, given, body, fault):
        """Status, answer and whether it was stored under the key before."""
        if self.command in ("GET", "DELETE"):
            return 200, shown(act(self.command, path, given), given.get("expand", [])), False
        key, request = self.headers["Idempotency-Key"], (path, body)
        if key in state.answers:
            known, status, answer = state.answers[key]
            if known != request:
                raise Refusal(400, None, "Keys for idempotent requests can only be used with the same parameters.",
                              kind="idempotency_error")
            return status, answer, True
        try:
            status, answer = 200, shown(act("POST", path, given), given.get("expand", []))
        except Refusal as refusal:
            if not refusal.stored:
                raise
            status, answer = refusal.status, refusal.body
        if fault == "500 after":
            status, answer = 500, {"error": {"type": "api_error", "message": "An unknown error occurred"}}
        state.answers[key] = (request, status, answer)
        return status, answer, False

    def reply(self, status, answer, kind="application/json", cut=False, **headers):
        body = (answer if isinstance(answer, str) else json.dumps(answer, indent=2)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:len(body) // 2] if cut else body)
        self.close_connection = self.close_connection or cut

    def log_message(self, *arguments):
        pass

    do_GET = do_POST = do_DELETE = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
say(port=server.server_address[1], certificate="")
end_with_input()
server.serve_forever()
