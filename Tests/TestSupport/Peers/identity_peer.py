"""What a shop asks about a customer's identity: Google's and Apple's keys, Facebook's Graph API, Twilio's messages.

Needs PyJWT and cryptography from PyPI. Tests steer it by `/control/…`, in JSON both ways: they have tokens signed,
true ones and forged, change the keys or let them fail, register Facebook's users, and ask what arrived.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm, get_default_algorithms
from jwt.utils import base64url_decode, base64url_encode

from peer import end_with_input, say

FACEBOOK_APP, FACEBOOK_SECRET = "test-app", "test-secret"
TWILIO_ACCOUNT, TWILIO_SECRET = "ACtest", "twilio-secret"


# Requests and answers


class Answer(NamedTuple):
    status: int
    body: object
    headers: dict = {}


class Refused(Exception):
    """Ends a request with an answer that is not the wanted one."""

    def __init__(self, status, body, headers={}):
        self.answer = Answer(status, body, headers)


class Request(NamedTuple):
    query: dict
    headers: object
    body: bytes

    def order(self):
        try:
            return Order(json.loads(self.body))
        except (TypeError, ValueError):
            raise Refused(400, {"error": "the body is not a JSON object"})

    def form(self):
        if self.headers.get_content_type() != "application/x-www-form-urlencoded":
            return {}
        return flat(self.body.decode())


class Order(dict):
    """The body of a control request. A field that it lacks is a mistake of the test."""

    def __missing__(self, name):
        raise Refused(400, {"error": f"the field {name} is missing"})


def flat(encoded):
    """The fields of a query or a form. Of a field that is given twice the first counts."""
    return {name: values[0] for name, values in parse_qs(encoded, keep_blank_values=True).items()}


# The keys of Google and Apple


class Key:
    def __init__(self):
        self.kid = secrets.token_hex(20)
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def public_json(self):
        numbers = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {"kty": "RSA", "kid": self.kid, "use": "sig", "alg": "RS256", "n": numbers["n"], "e": numbers["e"]}

    def public_pem(self):
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class Provider:
    """Publishes two keys, as the real ones publish several: a spare one that stays, and the one that signs."""

    def __init__(self):
        self.spare, self.current, self.withdrawn = Key(), Key(), None
        self.failures, self.failure_status, self.delay = 0, 503, 0

    def rotate(self):
        self.withdrawn, self.current = self.current, Key()

    def published(self):
        return {"keys": [self.spare.public_json(), self.current.public_json()]}

    def take_failure(self):
        """The status to fail with this time, or None."""
        if self.failures == 0:
            return None
        self.failures -= 1
        return self.failure_status

    def take_delay(self):
        seconds, self.delay = self.delay, 0
        return seconds


def keys(request, name):
    with lock:
        counts[name] += 1
        failure, delay = providers[name].take_failure(), providers[name].take_delay()
    time.sleep(delay)
    if failure:
        return Answer(failure, {"error": "the keys are out of order"})
    with lock:
        return Answer(200, providers[name].published(), {"Cache-Control": "public, max-age=300"})


def provider_of(order):
    name = order["provider"]
    if name not in providers:
        raise Refused(400, {"error": f"there is no provider {name}"})
    return providers[name]


def rotate(request):
    provider = provider_of(request.order())
    with lock:
        provider.rotate()
        return Answer(200, {"kid": provider.current.kid})


def fail(request):
    order = request.order()
    provider = provider_of(order)
    with lock:
        provider.failures, provider.failure_status = order["count"], order.get("status", 503)
    return Answer(200, {})


def delay(request):
    seconds = request.order()["seconds"]
    with lock:
        for provider in providers.values():
            provider.delay = seconds
    return Answer(200, {})


# Tokens


def sign(request):
    order = request.order()
    key = key_of(order)
    alg, signature = signer(order.get("alg", "RS256"))
    header = {"alg": alg, "kid": order.get("kid", key.kid), "typ": "JWT"} | order.get("header", {})
    header = {name: value for name, value in header.items() if value is not None}
    signed = encoded(header) + "." + encoded(order["claims"])
    token = signed + "." + base64url_encode(signature(key, signed.encode())).decode()
    return Answer(200, {"token": tampered(token, order.get("tamper")), "kid": header.get("kid")})


def encoded(value):
    return base64url_encode(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).decode()


def key_of(order):
    provider, kind = provider_of(order), order.get("key", "current")
    if kind == "unknown":
        return Key()
    if kind == "other_provider":
        provider, kind = next(other for other in providers.values() if other is not provider), "current"
    if kind not in ("current", "spare", "withdrawn"):
        raise Refused(400, {"error": f"there is no key {kind}"})
    key = getattr(provider, kind)
    if key is None:
        raise Refused(409, {"error": "no key is withdrawn yet, rotate first"})
    return key


def signer(name):
    """The `alg` of the header, and a function that signs bytes with a key."""
    if name == "none":
        return "none", lambda key, signed: b""
    if name == "HS256_public_key":
        return "HS256", lambda key, signed: hmac.digest(key.public_pem(), signed, hashlib.sha256)
    algorithm = get_default_algorithms().get(name)
    if not isinstance(algorithm, RSAAlgorithm):
        raise Refused(400, {"error": f"cannot sign by {name} with an RSA key"})
    return name, lambda key, signed: algorithm.sign(signed, key.private)


def tampered(token, kind):
    header, payload, signature = token.split(".")
    if kind == "payload":
        claims = json.loads(base64url_decode(payload))
        claims["sub"] = str(claims.get("sub", "")) + "1"
        payload = encoded(claims)
    elif kind == "signature":
        flipped = bytearray(base64url_decode(signature))
        if not flipped:
            raise Refused(400, {"error": "an unsigned token has no signature to flip"})
        flipped[len(flipped) // 2] ^= 1
        signature = base64url_encode(bytes(flipped)).decode()
    elif kind == "truncate":
        return f"{header}.{payload}"
    elif kind is not None:
        raise Refused(400, {"error": f"cannot tamper with the {kind}"})
    return f"{header}.{payload}.{signature}"


# Facebook: https://developers.facebook.com/docs/graph-api/reference/debug_token

PROFILE = ("email", "name", "first_name", "last_name")


def register_user(request):
    order = request.order()
    user = {"app_id": str(order["app_id"]), "user_id": str(order["user_id"]), "is_valid": order["is_valid"],
            "expires_at": order["expires_at"], "scopes": order.get("scopes", ["email", "public_profile"])}
    profile = {name: order[name] for name in PROFILE if order.get(name) is not None}
    with lock:
        users[order["token"]] = user, {"id": user["user_id"]} | profile
    return Answer(200, {})


def debug_token(request):
    with lock:
        counts["debug_token"] += 1
    if request.query.get("access_token") != f"{FACEBOOK_APP}|{FACEBOOK_SECRET}":
        raise graph_error("Invalid OAuth access token signature.", "OAuthException", 190)
    if "input_token" not in request.query:
        raise graph_error("(#100) The parameter input_token is required", "OAuthException", 100)
    user, _ = users.get(request.query["input_token"], (None, None))
    if user is None:
        error = {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"}
        return Answer(200, {"data": {"error": error, "is_valid": False, "scopes": []}})
    data = {"type": "USER", "application": "Kontor Test"} | user
    if not user["is_valid"]:
        data["error"] = {"code": 190, "message": "Error validating access token: Session has expired", "subcode": 463}
    return Answer(200, {"data": data})


def me(request):
    token = request.query.get("access_token", "")
    user, profile = users.get(token, (None, None))
    if user is None:
        raise graph_error("Invalid OAuth access token - Cannot parse access token", "OAuthException", 190)
    if not user["is_valid"]:
        raise graph_error("Error validating access token: Session has expired", "OAuthException", 190)
    check_proof(token, request.query.get("appsecret_proof"))
    wanted = ["id"] + request.query.get("fields", "name").split(",")
    return Answer(200, {name: profile[name] for name in wanted if name in profile})


def check_proof(token, proof):
    if proof is None:
        raise graph_error("API calls from the server require an appsecret_proof argument", "GraphMethodException", 100)
    if proof != hmac.new(FACEBOOK_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest():
        raise graph_error("Invalid appsecret_proof provided in the API argument", "GraphMethodException", 100)


def graph_error(message, kind, code):
    error = {"message": message, "type": kind, "code": code, "fbtrace_id": secrets.token_hex(8)}
    return Refused(400, {"error": error})


# Twilio: https://www.twilio.com/docs/messaging/api/message-resource


def send_message(request, account):
    login = base64.b64encode(f"{TWILIO_ACCOUNT}:{TWILIO_SECRET}".encode()).decode()
    if request.headers.get("Authorization") != f"Basic {login}":
        raise twilio_error(401, 20003, "Authenticate", {"WWW-Authenticate": 'Basic realm="Twilio API"'})
    if account != TWILIO_ACCOUNT:
        raise twilio_error(404, 20404, f"The requested resource {messages_of(account)}.json was not found")
    form = request.form()
    check_message(form)
    with lock:
        messages.append({"to": form["To"], "from": form["From"], "body": form["Body"]})
    sid = "SM" + secrets.token_hex(16)
    return Answer(201, {
        "sid": sid, "status": "queued", "direction": "outbound-api", "account_sid": account,
        "to": form["To"], "from": form["From"], "body": form["Body"], "error_code": None, "error_message": None,
        "api_version": "2010-04-01", "uri": f"{messages_of(account)}/{sid}.json"})


def messages_of(account):
    return f"/2010-04-01/Accounts/{account}/Messages"


def check_message(form):
    required = {"To": (21604, "A 'To' phone number is required."), "Body": (21602, "Message body is required."),
                "From": (21603, "A 'From' phone number is required.")}
    for name, (code, message) in required.items():
        if not form.get(name):
            raise twilio_error(400, code, message)
    if form["To"] == "+15005550001" or not re.fullmatch(r"\+[1-9]\d{6,14}", form["To"]):
        raise twilio_error(400, 21211, f"Invalid 'To' Phone Number: {form['To']}")
    if form["To"] == "+15005550003":
        raise twilio_error(503, 20503, "Service unavailable")


def twilio_error(status, code, message, headers={}):
    page = f"https://www.twilio.com/docs/errors/{code}"
    return Refused(status, {"code": code, "message": message, "more_info": page, "status": status}, headers)


# The server


def tell_counts(request):
    with lock:
        return Answer(200, dict(counts))


def tell_messages(request):
    with lock:
        return Answer(200, list(messages))


ROUTES = [(re.compile(pattern), function) for pattern, function in [
    (r"GET /(google|apple)/keys", keys),
    (r"GET /graph/(?:v\d+\.\d+/)?debug_token", debug_token),
    (r"GET /graph/(?:v\d+\.\d+/)?me", me),
    (r"POST /twilio/2010-04-01/Accounts/(\w+)/Messages\.json", send_message),
    (r"POST /control/rotate", rotate),
    (r"POST /control/sign", sign),
    (r"POST /control/fail", fail),
    (r"POST /control/delay", delay),
    (r"POST /control/facebook", register_user),
    (r"GET /control/counts", tell_counts),
    (r"GET /control/messages", tell_messages),
]]


def answer(method, path, request):
    for pattern, function in ROUTES:
        match = pattern.fullmatch(f"{method} {path}")
        if match:
            return function(request, *match.groups())
    raise Refused(404, {"error": f"there is no {method} {path}"})


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            pass

    def serve(self):
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            self.reply(answer(self.command, url.path, Request(flat(url.query), self.headers, body)))
        except Refused as refusal:
            self.reply(refusal.answer)

    def reply(self, answer):
        body = json.dumps(answer.body).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))} | answer.headers
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass

    do_GET = do_POST = serve


lock = threading.Lock()
providers = {"google": Provider(), "apple": Provider()}
counts = Counter(google=0, apple=0, debug_token=0)
users, messages = {}, []

server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
say(port=server.server_address[1], certificate="")
end_with_input()
server.serve_forever()
