"""PayPal's REST API as its documents and its Python kit (paypal-server-sdk 2.4.0) have it, and a signer of its webhooks.

Needs cryptography from PyPI. Every request is checked, and refused as PayPal refuses it. Tests steer by `/_control/…`, in JSON
both ways: they play the payer, choose outcomes and faults, have events signed, and ask what arrived. Arguments: `certificates`
for those that events are signed with, whose keys take a while to make.
"""

import base64
import datetime
import hashlib
import json
import re
import secrets
import sys
import threading
import zlib
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from peer import end_with_input, say

CLIENT, SECRET, WEBHOOK = "test-client", "test-secret", "8PT597110X687430LKGECATA"
WITHOUT_DECIMALS = {"HUF", "JPY", "TWD"}
CURRENCIES = WITHOUT_DECIMALS | set(
    "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN RUB SEK SGD THB USD".split())


class Refused(Exception):
    """Ends a request with an error in PayPal's form."""

    def __init__(self, status, name, issue=None, description="no description", field=None):
        body = {"name": name, "message": "The requested action could not be performed.",
                "debug_id": secrets.token_hex(6), "links": []}
        if issue:
            body["details"] = [{"issue": issue, "description": description} | ({"field": field} if field else {})]
        self.status, self.body = status, body


def unprocessable(issue, description="failed business validation"):
    return Refused(422, "UNPROCESSABLE_ENTITY", issue, description)


def malformed(field, issue="INVALID_PARAMETER_SYNTAX"):
    return Refused(400, "INVALID_REQUEST", issue, f"The value of {field} is wrong.", field)


class Request:
    def __init__(self, method, target, headers, body):
        url = urlsplit(target)
        self.method, self.path, self.headers, self.body = method, url.path, headers, body
        self.query = {name: values[0] for name, values in parse_qs(url.query).items()}

    def json(self, allowed, required=()):
        try:
            value = json.loads(self.body) if self.body else {}
        except ValueError:
            raise Refused(400, "INVALID_REQUEST", "MALFORMED_REQUEST_JSON")
        return checked(value, allowed, required, "")


def checked(value, allowed, required, field):
    if not isinstance(value, dict):
        raise malformed(field or "/")
    for name in value:
        if name not in allowed:
            raise malformed(f"{field}/{name}", "UNKNOWN_PARAMETER")
    for name in required:
        if name not in value:
            raise malformed(f"{field}/{name}", "MISSING_REQUIRED_PARAMETER")
    return value


def text(value, field, most):
    if value is not None and not (isinstance(value, str) and 1 <= len(value) <= most):
        raise malformed(field, "INVALID_STRING_LENGTH")
    return value


def money(value, field):
    checked(value, {"currency_code", "value"}, ["currency_code", "value"], field)
    if value["currency_code"] not in CURRENCIES:
        raise unprocessable("CURRENCY_NOT_SUPPORTED")
    if not isinstance(value["value"], str) or not re.fullmatch(r"(0|[1-9]\d*)(\.\d\d)?", value["value"]):
        raise malformed(field + "/value")
    if value["currency_code"] in WITHOUT_DECIMALS and "." in value["value"]:
        raise unprocessable("DECIMALS_NOT_SUPPORTED")
    if value["currency_code"] not in WITHOUT_DECIMALS and "." not in value["value"]:
        raise malformed(field + "/value")
    if Decimal(value["value"]) <= 0:
        raise unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE")
    return value


def written(amount, currency):
    return {"currency_code": currency, "value": f"{amount:.0f}" if currency in WITHOUT_DECIMALS else f"{amount:.2f}"}


def fresh_id(length=17):
    return "".join(secrets.choice("0123456789ABCDEFGHJKLMNPRSTUVWXY") for _ in range(length))


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


# Orders: developer.paypal.com/docs/api/orders/v2

UNIT = {"reference_id", "custom_id", "invoice_id", "description", "amount"}
CONTEXT = {"return_url": None, "cancel_url": None, "brand_name": None, "locale": None,
           "user_action": {"PAY_NOW", "CONTINUE"},
           "shipping_preference": {"NO_SHIPPING", "GET_FROM_FILE", "SET_PROVIDED_ADDRESS"},
           "landing_page": {"LOGIN", "GUEST_CHECKOUT", "NO_PREFERENCE"},
           "contact_preference": {"NO_CONTACT_INFO", "UPDATE_CONTACT_INFO", "RETAIN_CONTACT_INFO"},
           "payment_method_preference": {"UNRESTRICTED", "IMMEDIATE_PAYMENT_REQUIRED"}}


def create_order(request):
    body = request.json({"intent", "purchase_units", "payment_source"}, ["intent", "purchase_units"])
    if body["intent"] not in ("CAPTURE", "AUTHORIZE"):
        raise malformed("/intent")
    [unit] = body["purchase_units"]
    checked(unit, UNIT, ["amount"], "/purchase_units/0")
    money(unit["amount"], "/purchase_units/0/amount")
    text(unit.get("custom_id"), "custom_id", 255)
    text(unit.get("invoice_id"), "invoice_id", 127)
    text(unit.get("description"), "description", 127)
    checked(body.get("payment_source"), {"paypal"}, ["paypal"], "/payment_source")
    wallet = checked(body["payment_source"]["paypal"], {"experience_context"}, [], "/payment_source/paypal")
    check_context(wallet.get("experience_context", {}))
    order = {"id": fresh_id(), "intent": body["intent"], "status": "PAYER_ACTION_REQUIRED", "create_time": now(),
             "payment_source": {"paypal": {}}, "purchase_units": [unit | {"reference_id": "default", "payments": {}}]}
    orders[order["id"]] = order
    return 201, shown(order)


def check_context(context):
    checked(context, CONTEXT, ["return_url", "cancel_url"], "/experience_context")
    for name, value in context.items():
        if CONTEXT[name] and value not in CONTEXT[name]:
            raise malformed(name)
    for name in ("return_url", "cancel_url"):
        if not re.match(r"https?://\S+$", context[name]):
            raise malformed(name)


def shown(order):
    """The order as it is answered: with the payer once one has come, and the links of its state."""
    folder = f"{base()}/v2/checkout/orders/{order['id']}"
    links = [{"href": folder, "rel": "self", "method": "GET"}]
    if order["status"] == "PAYER_ACTION_REQUIRED":
        links.append({"href": f"https://www.sandbox.paypal.com/checkoutnow?token={order['id']}",
                      "rel": "payer-action", "method": "GET"})
    if order["status"] == "APPROVED":
        links.append({"href": f"{folder}/{order['intent'].lower()}", "rel": order["intent"].lower(), "method": "POST"})
    return {name: value for name, value in order.items() if not name.startswith("_")} | {"links": links}


def find_order(id):
    if id not in orders:
        raise Refused(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID", "Specified resource ID does not exist.")
    return orders[id]


def get_order(request, id):
    return 200, shown(find_order(id))


def to_take(request, id, intent):
    order = find_order(id)
    if request.body not in (b"", b"{}"):
        request.json({"payment_source"})
    if order["intent"] != intent:
        raise unprocessable("ACTION_DOES_NOT_MATCH_INTENT")
    if order["status"] == "COMPLETED":
        raise unprocessable("ORDER_ALREADY_CAPTURED" if intent == "CAPTURE" else "ORDER_ALREADY_AUTHORIZED")
    if order["status"] != "APPROVED":
        raise unprocessable("ORDER_NOT_APPROVED")
    if order.get("_issue"):
        raise unprocessable(order.pop("_issue"))
    return order, order["purchase_units"][0]


def capture_order(request, id):
    order, unit = to_take(request, id, "CAPTURE")
    capture = new_capture(order, unit, Decimal(unit["amount"]["value"]), f"/v2/checkout/orders/{id}")
    unit["payments"]["captures"] = [capture]
    if capture["status"] != "DECLINED":
        order["status"] = "COMPLETED"
    return 201, shown(order)


def new_capture(order, unit, amount, up):
    invoice = unit.get("invoice_id")
    if invoice and invoice in invoices:
        raise unprocessable("DUPLICATE_INVOICE_ID")
    invoices.add(invoice)
    currency, status, id = unit["amount"]["currency_code"], order.pop("_outcome", "COMPLETED"), fresh_id()
    capture = {"id": id, "status": status, "amount": written(amount, currency), "final_capture": True,
               "custom_id": unit.get("custom_id"), "invoice_id": invoice, "create_time": now(),
               "supplementary_data": {"related_ids": {"order_id": order["id"]}},
               "links": [{"href": f"{base()}/v2/payments/captures/{id}", "rel": "self", "method": "GET"},
                         {"href": base() + up, "rel": "up", "method": "GET"}]}
    if status == "PENDING":
        capture["status_details"] = {"reason": "ECHECK"}
    if status == "COMPLETED":
        fee = (amount * Decimal("0.0349") + Decimal("0.49")).quantize(Decimal("1") if currency in WITHOUT_DECIMALS
                                                                     else Decimal("0.01"))
        capture["seller_receivable_breakdown"] = {
            "gross_amount": written(amount, currency), "paypal_fee": written(fee, currency),
            "net_amount": written(amount - fee, currency)}
    captures[id] = capture, order
    return capture


def authorize_order(request, id):
    order, unit = to_take(request, id, "AUTHORIZE")
    status, auth = order.pop("_outcome", "CREATED"), fresh_id()
    authorization = {"id": auth, "status": status, "amount": unit["amount"], "custom_id": unit.get("custom_id"),
                     "invoice_id": unit.get("invoice_id"), "create_time": now(),
                     "supplementary_data": {"related_ids": {"order_id": id}},
                     "links": [{"href": f"{base()}/v2/checkout/orders/{id}", "rel": "up", "method": "GET"}]}
    unit["payments"]["authorizations"] = [authorization]
    order["status"] = "COMPLETED"
    authorizations[auth] = authorization, order
    return 201, shown(order)


# Payments: developer.paypal.com/docs/api/payments/v2


def found(table, id):
    if id not in table:
        raise Refused(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID", "Specified resource ID does not exist.")
    return table[id]


def capture_authorization(request, id):
    authorization, order = found(authorizations, id)
    body = request.json({"amount", "final_capture", "invoice_id", "note_to_payer", "soft_descriptor"})
    if authorization["status"] == "VOIDED":
        raise unprocessable("AUTHORIZATION_VOIDED")
    if authorization["status"] == "CAPTURED":
        raise unprocessable("AUTHORIZATION_ALREADY_CAPTURED")
    if authorization["status"] != "CREATED":
        raise unprocessable("AUTHORIZATION_DENIED")
    amount = money(body.get("amount", authorization["amount"]), "/amount")
    if amount["currency_code"] != authorization["amount"]["currency_code"]:
        raise unprocessable("AUTH_CAPTURE_CURRENCY_MISMATCH")
    if Decimal(amount["value"]) > Decimal(authorization["amount"]["value"]) * Decimal("1.15"):
        raise unprocessable("MAX_CAPTURE_AMOUNT_EXCEEDED")
    if body.get("final_capture") is not True:
        raise malformed("/final_capture")
    unit = order["purchase_units"][0]
    capture = new_capture(order, unit, Decimal(amount["value"]), f"/v2/payments/authorizations/{id}")
    unit["payments"]["captures"] = [capture]
    authorization["status"] = "CAPTURED"
    return 201, capture


def void_authorization(request, id):
    authorization, _ = found(authorizations, id)
    if request.body:
        raise malformed("/")
    if authorization["status"] == "VOIDED":
        raise unprocessable("PREVIOUSLY_VOIDED")
    if authorization["status"] == "CAPTURED":
        raise unprocessable("PREVIOUSLY_CAPTURED")
    authorization["status"] = "VOIDED"
    return (200, authorization) if "representation" in request.headers.get("Prefer", "") else (204, None)


def get_capture(request, id):
    return 200, found(captures, id)[0]


def refund_capture(request, id):
    capture, order = found(captures, id)
    body = request.json({"amount", "custom_id", "invoice_id", "note_to_payer"})
    text(body.get("custom_id"), "custom_id", 127)
    text(body.get("invoice_id"), "invoice_id", 127)
    text(body.get("note_to_payer"), "note_to_payer", 255)
    if capture["status"] == "REFUNDED":
        raise unprocessable("CAPTURE_FULLY_REFUNDED")
    if capture["status"] not in ("COMPLETED", "PARTIALLY_REFUNDED"):
        raise unprocessable("CAPTURE_STATUS_NOT_VALID")
    payments, total = order["purchase_units"][0]["payments"], Decimal(capture["amount"]["value"])
    before = sum(Decimal(refund["amount"]["value"]) for refund in payments.get("refunds", []))
    amount = money(body.get("amount", written(total - before, capture["amount"]["currency_code"])), "/amount")
    if amount["currency_code"] != capture["amount"]["currency_code"]:
        raise unprocessable("REFUND_CAPTURE_CURRENCY_MISMATCH")
    if body.get("invoice_id") in invoices:
        raise unprocessable("DUPLICATE_INVOICE_ID", "Invoice ID was previously used to refund a capture.")
    if before + Decimal(amount["value"]) > total:
        raise unprocessable("REFUND_AMOUNT_EXCEEDED")
    invoices.add(body.get("invoice_id"))
    refund = {"id": fresh_id(), "status": order.pop("_refund", "COMPLETED"), "amount": amount, "create_time": now(),
              "custom_id": body.get("custom_id"), "invoice_id": body.get("invoice_id"),
              "note_to_payer": body.get("note_to_payer"),
              "links": [{"href": f"{base()}/v2/payments/captures/{id}", "rel": "up", "method": "GET"}]}
    refund = {name: value for name, value in refund.items() if value is not None}
    payments.setdefault("refunds", []).append(refund)
    capture["status"] = "REFUNDED" if before + Decimal(amount["value"]) == total else "PARTIALLY_REFUNDED"
    return 201, refund


# Transaction Search: developer.paypal.com/docs/api/transaction-search/v1


def search(request):
    if not permissions["search"]:
        raise Refused(403, "NOT_AUTHORIZED", "PERMISSION_DENIED")
    query = request.query
    for name in query:
        if name not in ("start_date", "end_date", "fields", "page_size", "page"):
            raise malformed(name, "UNKNOWN_PARAMETER")
    start, end = (datetime.datetime.strptime(query[name], "%Y-%m-%dT%H:%M:%SZ") for name in ("start_date", "end_date"))
    if not start < end <= start + datetime.timedelta(days=31):
        raise malformed("end_date", "INVALID_DATE_RANGE")
    size, page = min(int(query["page_size"]), permissions["page_size"]), int(query["page"])
    if not 1 <= int(query["page_size"]) <= 500 or page < 1:
        raise malformed("page_size")
    lines = [line for line in reported if query["start_date"] <= line["transaction_initiation_date"] < query["end_date"]]
    return 200, {"transaction_details": [{"transaction_info": line} for line in lines[(page - 1) * size:page * size]],
                 "page": page, "total_items": len(lines), "total_pages": -(-len(lines) // size),
                 "last_refreshed_datetime": now()}


# Disputes: developer.paypal.com/docs/api/customer-disputes/v1

SUMMARY = ("dispute_id", "create_time", "update_time", "reason", "status", "dispute_state", "dispute_amount",
           "dispute_life_cycle_stage", "dispute_channel", "seller_response_due_date")


def list_disputes(request):
    if not permissions["disputes"]:
        raise Refused(403, "NOT_AUTHORIZED", "PERMISSION_DENIED")
    query = request.query
    for name in query:
        if name not in ("start_time", "disputed_transaction_id", "page_size", "next_page_token", "dispute_state",
                        "update_time_before", "update_time_after"):
            raise malformed(name, "UNKNOWN_PARAMETER")
    start = datetime.datetime.strptime(query["start_time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc)
    if not datetime.timedelta(0) <= datetime.datetime.now(datetime.timezone.utc) - start < datetime.timedelta(days=180):
        raise malformed("start_time", "INVALID_DATE_RANGE")
    if not 1 <= int(query["page_size"]) <= 50:
        raise malformed("page_size")
    size, first = min(int(query["page_size"]), permissions["page_size"]), 0
    if "next_page_token" in query:
        first = int(base64.b64decode(query["next_page_token"], validate=True))
    found = sorted((it for it in disputes.values() if it["create_time"] >= query["start_time"]),
                   key=lambda it: it["create_time"], reverse=True)
    folder = f"{base()}/v1/customer/disputes"
    links = [{"href": folder, "rel": "self", "method": "GET"}]
    if len(found) > first + size:
        token = base64.b64encode(str(first + size).encode()).decode()
        rest = urlencode({"start_time": query["start_time"], "page_size": query["page_size"], "next_page_token": token})
        links.append({"href": f"{folder}?{rest}", "rel": "next", "method": "GET"})
    items = [{name: it[name] for name in SUMMARY} | {"links": [{
        "href": f"{folder}/{it['dispute_id']}", "rel": "self", "method": "GET"}]} for it in found[first:first + size]]
    return 200, {"items": items, "links": links}


def get_dispute(request, id):
    if request.query:
        raise malformed("query", "UNKNOWN_PARAMETER")
    return 200, found(disputes, id)


def new_dispute(order):
    """A buyer disputes a capture, of which no webhook tells; `create_time` where it was not just now."""
    id, moment = "PP-R-" + fresh_id(8), order.get("create_time", now())
    capture, _ = captures.get(order.get("capture"), ({"id": "4FN" + fresh_id(14), "custom_id": None, "amount": written(
        Decimal(1), "EUR")}, None))
    amount = order.get("amount", capture["amount"])
    disputes[id] = {
        "dispute_id": id, "create_time": moment, "update_time": moment, "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        "status": "WAITING_FOR_SELLER_RESPONSE", "dispute_state": "REQUIRED_ACTION", "dispute_amount": amount,
        "dispute_life_cycle_stage": "CHARGEBACK", "dispute_channel": "INTERNAL",
        "seller_response_due_date": "2030-01-01T00:00:00.000Z", "disputed_transactions": [{
            "seller_transaction_id": capture["id"], "transaction_status": "COMPLETED", "gross_amount": capture["amount"],
            **({"custom": capture["custom_id"]} if capture["custom_id"] else {})}]}
    return {"dispute": id}


# Webhooks: developer.paypal.com/api/rest/webhooks


def certificate(subject, key, issuer, issuer_key, days=(-10, 300), authority=False):
    name = lambda common: x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "PayPal, Inc."),
                                     x509.NameAttribute(NameOID.COMMON_NAME, common)])
    moment = datetime.datetime.now(datetime.timezone.utc)
    builder = (x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer))
               .public_key(key.public_key()).serial_number(x509.random_serial_number())
               .not_valid_before(moment + datetime.timedelta(days=days[0]))
               .not_valid_after(moment + datetime.timedelta(days=days[1]))
               .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
               .add_extension(key_usage(authority), critical=True)
               .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
               .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False))
    if not authority:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def key_usage(authority):
    return x509.KeyUsage(
        digital_signature=not authority, key_encipherment=not authority, key_cert_sign=authority, crl_sign=authority,
        content_commitment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False)


def make_certificates():
    """Chains by name, the signing certificate first, and the root that is to be trusted."""
    root, other, middle = new_key(), new_key(), new_key()
    trusted = certificate("Test Root", root, "Test Root", root, authority=True)
    between = certificate("Test Issuer", middle, "Test Root", root, authority=True)
    signer = "messageverificationcerts.paypal.com"
    leaf = lambda name=signer, days=(-10, 300): certificate(name, signing, "Test Issuer", middle, days)
    return trusted, {
        "CERT-good": leaf() + between, "CERT-host": leaf("127.0.0.1") + between, "CERT-expired": leaf(days=(-20, -1)) + between,
        "CERT-early": leaf(days=(1, 20)) + between, "CERT-name": leaf("messageverificationcerts.paypal.com.example.com") + between,
        "CERT-www": leaf("www.paypal.com") + between,
        "CERT-bare": leaf(),
        "CERT-root": certificate(signer, signing, "Test Root", other) + certificate(
            "Test Root", other, "Test Root", other, authority=True),
        "CERT-nonsense": "no certificate",
    }


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signed_message(transmission, time, webhook, body):
    return f"{transmission}|{time}|{webhook}|{zlib.crc32(body)}".encode()


def sign(order):
    body, time = order["body"].encode(), order.get("time", now())
    transmission = secrets.token_hex(16)
    message = signed_message(transmission, time, order.get("webhook_id", WEBHOOK), body)
    signature = signing.sign(message, padding.PKCS1v15(), hashes.SHA256())
    url = order.get("cert_url") or f"{base()}/v1/notifications/certs/{order.get('certificate', 'CERT-good')}"
    return {"PAYPAL-TRANSMISSION-ID": transmission, "PAYPAL-TRANSMISSION-TIME": time, "PAYPAL-CERT-URL": url,
            "PAYPAL-TRANSMISSION-SIG": base64.b64encode(signature).decode(), "PAYPAL-AUTH-ALGO": "SHA256withRSA"}


def verify_signature(request):
    names = {"auth_algo", "cert_url", "transmission_id", "transmission_sig", "transmission_time", "webhook_id",
             "webhook_event"}
    body = request.json(names, names)
    event = re.search(rb'"webhook_event":(.*)\}$', request.body, re.DOTALL).group(1)
    message = signed_message(body["transmission_id"], body["transmission_time"], body["webhook_id"], event)
    try:
        signing.public_key().verify(base64.b64decode(body["transmission_sig"]), message, padding.PKCS1v15(),
                                    hashes.SHA256())
        return 200, {"verification_status": "SUCCESS" if body["webhook_id"] == WEBHOOK else "FAILURE"}
    except Exception:
        return 200, {"verification_status": "FAILURE"}


# Control


def control(name, order):
    if name == "approve":
        target = find_order(order["order"])
        target["status"] = "APPROVED"
        target["payer"] = {"email_address": "payer@example.com", "payer_id": "QYR5Z8XDVJNXQ"}
        target["payment_source"] = {"paypal": {"email_address": "payer@example.com"}}
        target |= {"_" + key: order[key] for key in ("issue", "outcome", "refund") if key in order}
    elif name == "settle":
        capture, _ = captures[order["capture"]]
        capture["status"] = order["status"]
    elif name == "expire":
        del orders[order["order"]]
    elif name == "forget":
        answered.clear()
    elif name == "fault":
        faults.append(order)
    elif name == "revoke":
        tokens.clear()
    elif name == "report":
        reported.append(order)
    elif name == "dispute":
        return new_dispute(order)
    elif name == "end_dispute":
        disputes[order["dispute"]] |= {"status": "RESOLVED", "dispute_state": "RESOLVED", "update_time": now(),
                                       "dispute_outcome": {"outcome_code": order["outcome"]}}
    elif name == "permit":
        permissions.update(order)
    elif name == "sign":
        return sign(order)
    elif name == "requests":
        return requests
    elif name == "made":
        return {"orders": len(orders), "captures": len(captures), "refunds": sum(
            len(order["purchase_units"][0]["payments"].get("refunds", [])) for order in orders.values())}
    else:
        raise KeyError(name)
    return {}


# The server

ROUTES = [(re.compile(pattern), function) for pattern, function in [
    (r"POST /v2/checkout/orders", create_order),
    (r"GET /v2/checkout/orders/(\w+)", get_order),
    (r"POST /v2/checkout/orders/(\w+)/capture", capture_order),
    (r"POST /v2/checkout/orders/(\w+)/authorize", authorize_order),
    (r"POST /v2/payments/authorizations/(\w+)/capture", capture_authorization),
    (r"POST /v2/payments/authorizations/(\w+)/void", void_authorization),
    (r"GET /v2/payments/captures/(\w+)", get_capture),
    (r"POST /v2/payments/captures/(\w+)/refund", refund_capture),
    (r"GET /v1/reporting/transactions", search),
    (r"GET /v1/customer/disputes", list_disputes),
    (r"GET /v1/customer/disputes/([\w-]+)", get_dispute),
    (r"POST /v1/notifications/verify-webhook-signature", verify_signature),
]]


def token(request):
    login = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    if request.headers.get("Authorization") != login:
        return 401, {"error": "invalid_client", "error_description": "Client Authentication failed"}
    if (request.headers.get("Content-Type"), request.body) != ("application/x-www-form-urlencoded",
                                                               b"grant_type=client_credentials"):
        return 400, {"error": "unsupported_grant_type", "error_description": "Grant Type is not supported"}
    text = "A21AA" + secrets.token_urlsafe(40)
    tokens.add(text)
    return 200, {"scope": "https://uri.paypal.com/services/payments", "access_token": text, "token_type": "Bearer",
                 "app_id": "APP-80W284485P519543T", "expires_in": 32400, "nonce": secrets.token_hex(8)}


def serve(request):
    if request.path == "/v1/oauth2/token" and request.method == "POST":
        return token(request)
    if request.headers.get("Authorization", "").removeprefix("Bearer ") not in tokens:
        return 401, {"error": "invalid_token", "error_description": "Access Token not found in cache"}
    # PayPal's kit voids without a content type.
    kinds = ("application/json", None) if request.path.endswith("/void") else ("application/json",)
    if request.method == "POST" and request.headers.get("Content-Type") not in kinds:
        raise Refused(415, "UNSUPPORTED_MEDIA_TYPE")
    for pattern, function in ROUTES:
        match = pattern.fullmatch(f"{request.method} {request.path}")
        if match and request.method == "GET":
            return function(request, *match.groups())
        if match:
            return once(request, lambda: function(request, *match.groups()))
    raise Refused(404, "RESOURCE_NOT_FOUND")


def once(request, function):
    """Answers a repetition under the same PayPal-Request-Id as the first was answered, with 200."""
    key = request.headers.get("PayPal-Request-Id")
    if not key or len(key) > 108:
        raise malformed("PayPal-Request-Id", "PAYPAL_REQUEST_ID_REQUIRED")
    digest = hashlib.sha256(request.body).hexdigest()
    if (request.path, key) in answered:
        before, body = answered[request.path, key]
        if before != digest:
            raise unprocessable("DUPLICATE_REQUEST_ID")
        return 200, body
    status, body = function()
    answered[request.path, key] = digest, json.loads(json.dumps(body))
    return status, body


def take_fault(request):
    for fault in faults:
        if fault["path"] in request.path and fault.get("method", request.method) == request.method:
            fault["times"] = fault.get("times", 1) - 1
            if fault["times"] <= 0:
                faults.remove(fault)
            return fault["kind"]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            pass

    def answer(self):
        request = Request(self.command, self.path, self.headers,
                          self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        if request.path.startswith("/_control/"):
            with lock:
                return self.reply(200, control(request.path[10:], json.loads(request.body or b"{}")))
        with lock:
            requests.append({"method": self.command, "target": self.path, "body": request.body.decode("latin-1"),
                             "headers": {name.lower(): value for name, value in self.headers.items()}})
            fault = take_fault(request)
            if request.path.startswith("/v1/notifications/certs/") and fault is None:
                return self.certificate(request.path.rsplit("/", 1)[1])
            self.respond(request, fault)

    def respond(self, request, fault):
        if fault == "500":
            return self.reply(500, {"name": "INTERNAL_SERVER_ERROR", "message": "An internal server error occurred."})
        if fault == "429":
            return self.reply(429, {"name": "RATE_LIMIT_REACHED", "message": "Too many requests."}, **{"Retry-After": "1"})
        if fault == "401":
            return self.reply(401, {"error": "invalid_token", "error_description": "Token signature verification failed"})
        if fault == "html":
            return self.send(200, "text/html", b"<html>Sorry</html>")
        try:
            status, body = serve(request)
            if fault == "twice":
                answered.clear()
                status, body = serve(request)
        except Refused as refusal:
            status, body = refusal.status, refusal.body
        if fault == "lost":
            self.close_connection = True
        elif fault == "truncated":
            whole = json.dumps(body).encode()
            self.send(status, "application/json", whole[:len(whole) // 2])
        elif fault == "cut":
            self.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{")
            self.close_connection = True
        else:
            self.reply(status, body)

    def certificate(self, name):
        """What follows an underscore makes other addresses of the same certificate."""
        name = name.split("_")[0]
        if name in certificates:
            self.send(200, "application/x-x509-ca-cert", certificates[name].encode())
        else:
            self.reply(404, {"name": "RESOURCE_NOT_FOUND"})

    def reply(self, status, body, **headers):
        self.send(status, "application/json", b"" if body is None else json.dumps(body).encode(), **headers)

    def send(self, status, kind, body, **headers):
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer


def base():
    return f"http://127.0.0.1:{server.server_address[1]}"


lock = threading.RLock()
orders, captures, authorizations, disputes, answered = {}, {}, {}, {}, {}
tokens, invoices, faults, requests, reported = set(), set(), [], [], []
permissions = {"search": True, "disputes": True, "page_size": 500}
root_certificate, certificates = "", {}
if "certificates" in sys.argv:
    signing = new_key()
    root_certificate, certificates = make_certificates()

server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
say(port=server.server_address[1], certificate=root_certificate)
end_with_input()
server.serve_forever()
