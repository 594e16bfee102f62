"""Razorpay's API as its documents have it (https://razorpay.com/docs/api/), with the payer and its faults under control.

What Razorpay refuses is refused: unknown parameters, amounts that are no whole numbers, a second capture, a refund over the
total. `POST /_control/<what>` plays the payer, the banks and the network; `_control/log` tells what was asked.
"""

import base64
import hashlib
import hmac
import itertools
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from peer import end_with_input, say

KEY_ID, KEY_SECRET, WEBHOOK_SECRET = "rzp_test_peer", "peer secret", "peer webhook secret"
NO_DECIMALS = set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
THREE_DECIMALS = set("BHD IQD JOD KWD OMR TND".split())
TWO_DECIMALS = {"INR", "USD", "EUR"}

lock = threading.RLock()
counter = itertools.count(1)
orders, payments, refunds, disputes, repeats, faults, log = {}, {}, {}, {}, {}, [], []
settings = {"refund_status": "processed", "ignores_span": False}


class Refused(Exception):
    def __init__(self, description, status=400, code="BAD_REQUEST_ERROR", field=None, **more):
        self.status = status
        error = {"code": code, "description": description, "source": "business", "step": "payment_initiation",
                 "reason": "input_validation_failed", "metadata": {}, **more}
        self.body = {"error": {**error, "field": field} if field else error}


def sign(message, secret):
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def new_id(kind):
    return f"{kind}_{next(counter):014d}"


def now():
    return 1_790_000_000 + next(counter)


def only(given, *known):
    extra = [name for name in given if name not in known]
    if extra:
        raise Refused(", ".join(extra) + " is/are not required and should not be sent", reason="extra_fields")


def whole(value, name, least=1):
    if type(value) is not int:
        raise Refused(f"The {name} must be an integer.", field=name)
    if value < least:
        raise Refused(f"The {name} must be at least {least}.", field=name)
    return value


def money(body):
    currency = body.get("currency")
    if currency not in NO_DECIMALS | THREE_DECIMALS | TWO_DECIMALS:
        raise Refused("Currency is not supported", field="currency")
    amount = whole(body.get("amount"), "amount")
    if currency == "INR" and amount < 100:
        raise Refused("The amount must be at least INR 1.00", field="amount")
    if currency in THREE_DECIMALS and amount % 10:
        raise Refused("The last digit of the amount must be 0", field="amount")
    return amount, currency


def notes(body):
    given = body.get("notes", {})
    if not isinstance(given, dict) or len(given) > 15:
        raise Refused("The notes must be at most 15 pairs.", field="notes")
    if not all(isinstance(text, str) and len(text) <= 256 for text in given.values()):
        raise Refused("A note may be up to 256 characters.", field="notes")
    return given or []


def capture_settings(body):
    given = body.get("payment")
    if given is None:
        return "automatic"
    only(given, "capture", "capture_options")
    options = given.get("capture_options", {})
    only(options, "automatic_expiry_period", "manual_expiry_period", "refund_speed")
    manual = whole(options.get("manual_expiry_period", 7200), "manual_expiry_period")
    if given.get("capture") not in ("automatic", "manual"):
        raise Refused("The selected capture is invalid.", field="capture")
    if given["capture"] == "automatic":
        automatic = whole(options.get("automatic_expiry_period"), "automatic_expiry_period", 12)
        if automatic > manual:
            raise Refused("manual_expiry_period must be at least automatic_expiry_period", field="capture_options")
    if manual > 7200 or options.get("refund_speed") not in ("normal", "optimum"):
        raise Refused("The capture options are invalid.", field="capture_options")
    return given["capture"]


def create_order(body):
    only(body, "amount", "currency", "receipt", "notes", "payment", "partial_payment")
    amount, currency = money(body)
    receipt = body.get("receipt")
    if receipt is not None and (not isinstance(receipt, str) or len(receipt) > 40):
        raise Refused("The receipt may not be greater than 40 characters.", field="receipt")
    order = {"id": new_id("order"), "entity": "order", "amount": amount, "amount_paid": 0, "amount_due": amount,
             "currency": currency, "receipt": receipt, "offer_id": None, "status": "created", "attempts": 0,
             "notes": notes(body), "created_at": now()}
    orders[order["id"]] = {"shown": order, "capture": capture_settings(body)}
    return order


def order_of(name):
    if name not in orders:
        raise Refused("The id provided does not exist", source="business", reason="input_validation_failed")
    return orders[name]["shown"]


def payment_of(name):
    if name not in payments:
        raise Refused("The id provided does not exist")
    return payments[name]


def settle(payment):
    order = order_of(payment["order_id"])
    if order["status"] == "paid":
        raise Refused("Your payment has been declined as the order is already paid. "
                      "Please initiate the payment with a new order.")
    order.update(status="paid", amount_paid=order["amount"], amount_due=0)
    payment.update(status="captured", captured=True, fee=payment["amount"] * 236 // 10_000,
                   tax=payment["amount"] * 36 // 10_000)
    if payment["currency"] != "INR":
        payment.update(base_currency="INR", base_amount=payment["amount"] * 80, international=True)
    return payment


def capture(name, body):
    only(body, "amount", "currency")
    payment = payment_of(name)
    amount, currency = money(body)
    if payment["status"] in ("captured", "refunded"):
        raise Refused("This payment has already been captured")
    if payment["status"] != "authorized":
        raise Refused("Only payments which have been authorized and not yet captured can be captured")
    if (amount, currency) != (payment["amount"], payment["currency"]):
        raise Refused("Capture amount must be equal to the amount authorized", field="amount")
    return settle(payment)


def refund(name, body, key):
    only(body, "amount", "speed", "notes", "receipt")
    if key is not None:
        if len(key) < 10:
            raise Refused("The idempotency key must be at least 10 characters long.")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", key):
            raise Refused("The idempotency key must only contain alphanumeric characters, underscores, and hyphens")
        if key in repeats:
            first, answer = repeats[key]
            if first != (name, body):
                raise Refused("Different request with the same idempotency key has already been processed.", 409)
            return answer
    answer = refund_anew(payment_of(name), body)
    if key is not None:
        repeats[key] = ((name, body), dict(answer))
    return answer


def refund_anew(payment, body):
    if payment["status"] == "refunded" and payment["captured"]:
        raise Refused("The payment has been fully refunded already")
    if payment["status"] != "captured":
        raise Refused("The payment status should be captured for action to be taken")
    amount = whole(body.get("amount", payment["amount"]), "amount")
    if body.get("speed", "normal") not in ("normal", "optimum"):
        raise Refused("The selected speed is invalid.", field="speed")
    if payment["amount_refunded"] + amount > payment["amount"]:
        raise Refused("The refund amount provided is greater than amount captured", field="amount")
    return book(payment, amount, notes(body), body.get("receipt"))


def book(payment, amount, its_notes, receipt):
    payment["amount_refunded"] += amount
    is_full = payment["amount_refunded"] == payment["amount"]
    payment["refund_status"] = "full" if is_full else "partial"
    if is_full:
        payment["status"] = "refunded"
    made = {"id": new_id("rfnd"), "entity": "refund", "amount": amount, "currency": payment["currency"],
            "payment_id": payment["id"], "notes": its_notes, "receipt": receipt, "acquirer_data": {"arn": None},
            "created_at": now(), "batch_id": None, "status": settings["refund_status"], "speed_processed": "normal",
            "speed_requested": "normal"}
    refunds[made["id"]] = made
    return made


def collection(items, query, *filters):
    only(query, "count", "skip", *filters)
    count, skip = int(query.get("count", 10)), int(query.get("skip", 0))
    if not 1 <= count <= 100:
        raise Refused("The count must be between 1 and 100.", field="count")
    page = items[skip:skip + count]
    return {"entity": "collection", "count": len(page), "items": page}


def list_payments(query):
    return made_within(payments, query)


def made_within(kind, query):
    first, last = int(query.get("from", 946684800)), int(query.get("to", 4765046400))
    if not 946684800 <= first <= 4765046400 or not 946684800 <= last <= 4765046400:
        raise Refused("from must be between 946684800 and 4765046400", field="from")
    inside = [it for it in kind.values() if first <= it["created_at"] <= last or settings["ignores_span"]]
    return collection(inside[::-1], query, "from", "to")


def list_orders(query):
    receipt = query.get("receipt")
    found = [order["shown"] for order in orders.values()
             if receipt is None or receipt in (order["shown"]["receipt"] or "")]
    return collection(found[::-1], query, "receipt", "from", "to", "authorized")


def payments_of(order, query):
    order_of(order)
    only(query)
    items = [payment for payment in payments.values() if payment["order_id"] == order]
    return {"entity": "collection", "count": len(items), "items": items}


def refunds_of(payment, query):
    payment_of(payment)
    return collection([made for made in refunds.values() if made["payment_id"] == payment], query, "from", "to")


# The payer, the banks and the network


def pay(order, status="authorized", method="card", its_notes=None, error="Payment failed"):
    shown = order_of(order)
    if shown["status"] == "paid":
        raise Refused("the order is paid")
    failed = status == "failed"
    payment = {"id": new_id("pay"), "entity": "payment", "amount": shown["amount"], "currency": shown["currency"],
               "status": status, "order_id": order, "invoice_id": None, "international": False, "method": method,
               "amount_refunded": 0, "refund_status": None, "captured": False, "description": None,
               "card_id": "card_00000000000001", "card": {"name": "Gaurav Kumar", "last4": "0153", "network": "Visa"},
               "bank": None, "wallet": None, "vpa": "gaurav@upi", "email": "gaurav@example.com",
               "contact": "+919876543210", "notes": its_notes or [], "fee": None, "tax": None,
               "error_code": "BAD_REQUEST_ERROR" if failed else None, "error_description": error if failed else None,
               "error_source": "customer" if failed else None, "error_step": None,
               "error_reason": "payment_failed" if failed else None, "acquirer_data": {"auth_code": "828553"},
               "created_at": now()}
    payments[payment["id"]] = payment
    shown["attempts"] += 1
    shown["status"] = "attempted"
    if status == "authorized" and orders[order]["capture"] == "automatic":
        settle(payment)
    return {"payment": payment["id"],
            "signature": sign(f"{order}|{payment['id']}".encode(), KEY_SECRET)}


def late(payment):
    """A bank says yes after all; it is captured by itself unless the order is paid."""
    it = payment_of(payment)
    it.update(status="authorized", error_code=None, error_description=None, error_source=None, error_reason=None)
    if orders[it["order_id"]]["capture"] == "automatic" and order_of(it["order_id"])["status"] != "paid":
        settle(it)
    return {}


def expire(payment):
    """An authorization goes back to the payer because nobody captured it."""
    it = payment_of(payment)
    assert it["status"] == "authorized"
    return book(it, it["amount"], [], None)


def fault(on, kind, times=1):
    faults.append({"on": on, "kind": kind, "times": times})
    return {}


def dashboard_refund(payment, amount):
    """A refund that somebody makes in Razorpay's dashboard, of which no webhook tells."""
    return refund_anew(payment_of(payment), {"amount": amount})


def dispute(payment, amount):
    made = {"id": new_id("disp"), "entity": "dispute", "payment_id": payment_of(payment)["id"], "amount": amount,
            "currency": payment_of(payment)["currency"], "amount_deducted": 0, "reason_code": "chargeback",
            "respond_by": 1_900_000_000, "status": "open", "phase": "chargeback", "created_at": now(),
            "evidence": {"amount": amount, "summary": None, "submitted_at": None}}
    disputes[made["id"]] = made
    return made


def end_dispute(dispute, status):
    it = disputes[dispute]
    it.update(status=status, amount_deducted=it["amount"] if status == "lost" else 0)
    return {}


def settle_refund(refund, status):
    refunds[refund]["status"] = status
    return {}


def event(event, payment=None, refund=None, dispute=None, order=None, created_at=1_790_000_000):
    found = {"payment": payment and payment_of(payment), "order": order and order_of(order),
             "refund": refund and refunds[refund], "dispute": dispute}
    payload = {name: {"entity": it} for name, it in found.items() if it}
    body = json.dumps({"entity": "event", "account_id": "acc_00000000000001", "event": event,
                       "contains": list(payload), "payload": payload, "created_at": created_at})
    return {"body": body, "signature": sign(body.encode(), WEBHOOK_SECRET), "event_id": new_id("evt")}


CONTROLS = {"pay": pay, "late": late, "expire": expire, "fault": fault, "settle_refund": settle_refund, "event": event,
            "dashboard_refund": dashboard_refund, "dispute": dispute, "end_dispute": end_dispute,
            "set": lambda **given: settings.update(given) or {}, "log": lambda: {"requests": log}}

ROUTES = [
    ("POST", r"/v1/orders", lambda request: create_order(request.body)),
    ("GET", r"/v1/orders", lambda request: list_orders(request.query)),
    ("GET", r"/v1/orders/(\w+)", lambda request, name: only(request.query) or order_of(name)),
    ("GET", r"/v1/orders/(\w+)/payments", lambda request, name: payments_of(name, request.query)),
    ("GET", r"/v1/payments", lambda request: list_payments(request.query)),
    ("GET", r"/v1/payments/(\w+)", lambda request, name: only(request.query) or payment_of(name)),
    ("POST", r"/v1/payments/(\w+)/capture", lambda request, name: capture(name, request.body)),
    ("POST", r"/v1/payments/(\w+)/refund",
     lambda request, name: refund(name, request.body, request.headers.get("X-Refund-Idempotency"))),
    ("GET", r"/v1/payments/(\w+)/refunds", lambda request, name: refunds_of(name, request.query)),
    ("GET", r"/v1/refunds", lambda request: made_within(refunds, request.query)),
    ("GET", r"/v1/disputes", lambda request: made_within(disputes, request.query)),
]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_request(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        with lock:
            if parts.path.startswith("/_control/"):
                try:
                    answer = CONTROLS[parts.path[len("/_control/"):]](**json.loads(raw or b"{}"))
                except Refused as refused:
                    return self.reply(500, refused.body)
                return self.reply(200, answer)
            log.append({"method": self.command, "path": parts.path, "query": parts.query,
                        "headers": {name.lower(): value for name, value in self.headers.items()},
                        "body": raw.decode()})
            kind = self.next_fault(parts.path)
            if kind == "500":
                return self.reply(500, Refused("We are facing some trouble", code="SERVER_ERROR").body)
            if kind == "429":
                return self.reply(429, Refused("Too many requests").body, **{"Retry-After": "1"})
            if kind == "409":
                return self.reply(409, Refused(
                    "Another request with the same idempotency key is still in progress.").body)
            if kind == "gateway":
                return self.reply(400, Refused("The gateway is down", code="GATEWAY_ERROR").body)
            if kind == "denied":
                return self.reply(400, Refused("You do not have permission to access this feature.").body)
            if kind == "declined":
                return self.reply(400, Refused("Your bank says no.", source="issuer_bank", reason="payment_declined").body)
            status, answer = self.work(parts, raw)
        self.spoil(kind, status, answer)

    def next_fault(self, path):
        for it in faults:
            if it["times"] > 0 and re.fullmatch(it["on"], f"{self.command} {path}"):
                it["times"] -= 1
                return it["kind"]
        return None

    def work(self, parts, raw):
        """Does what is asked and returns the answer."""
        try:
            expected = "Basic " + base64.b64encode(f"{KEY_ID}:{KEY_SECRET}".encode()).decode()
            if self.headers.get("Authorization") != expected:
                raise Refused("Authentication failed", 401, source="NA", reason="NA")
            self.query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
            self.body = self.parsed(raw)
            for method, pattern, answer in ROUTES:
                match = re.fullmatch(pattern, parts.path)
                if match and method == self.command:
                    return 200, answer(self, *match.groups())
            raise Refused("The requested URL was not found on the server.")
        except Refused as refused:
            return refused.status, refused.body

    def parsed(self, raw):
        if self.command == "GET":
            if raw:
                raise Refused("A GET has no body")
            return None
        if self.headers.get("Content-Type") != "application/json":
            raise Refused("The content type is not supported")
        body = json.loads(raw)
        if not isinstance(body, dict):
            raise Refused("The body is no object")
        return body

    def spoil(self, kind, status, answer):
        """Answers, or fails to after the work was done."""
        body = json.dumps(answer).encode()
        if kind == "lost":
            self.close_connection = True
        elif kind == "truncated":
            self.reply(status, answer, cut=len(body) // 2)
        elif kind == "half":
            self.send(status, body[:len(body) // 2], "application/json")
        elif kind == "html":
            self.send(status, body, "text/html")
        elif kind == "done500":
            self.reply(500, Refused("We are facing some trouble", code="SERVER_ERROR").body)
        elif kind == "bare":
            self.reply(200, {"entity": "order"})
        else:
            self.reply(status, answer)

    def reply(self, status, answer, cut=None, **headers):
        self.send(status, json.dumps(answer).encode(), "application/json; charset=UTF-8", cut, **headers)

    def send(self, status, body, kind, cut=None, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body if cut is None else body[:cut])
        if cut is not None:
            self.close_connection = True

    def log_message(self, *arguments):
        pass

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_request


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
say(port=server.server_address[1], certificate="")
end_with_input()
server.serve_forever()
