"""A shop of its own for a script: the program on a free port over an empty folder, and its API."""

import json
import os
import pathlib
import queue
import re
import signal
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.request

ADMIN = ("admin@example.com", "correct-horse-9")
ADDRESS = {
    "address_type": "both", "label": "Home", "full_name": "Ada Lindqvist", "phone_number": "+15550100",
    "address_line1": "12 Harbour Street", "city": "Portland", "state": "ME", "postal_code": "04101", "country": "US",
}


class Refused(Exception):
    """An answer of another status than was expected."""


class Shop:
    """A `kontor serve` in a process of its own."""

    def __init__(self, binary, folder, settings=None, words=(), patience=60):
        self.binary, self.folder = str(binary), pathlib.Path(folder)
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "DATA_DIR": str(self.folder), "RATE_LIMITS": "off",
            "LOG_LEVEL": "error", "SANDBOX_GATEWAY": "on", **(settings or {})}
        self.words, self.patience = list(words), patience
        self.process, self.base, self.greeting = None, None, []

    def __enter__(self):
        self.process = subprocess.Popen(
            [self.binary, "serve", "--port", "0", *self.words], stdout=subprocess.PIPE, env=self.environment, text=True)
        lines = queue.Queue()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()
        deadline = time.monotonic() + self.patience
        while self.base is None:
            line = lines.get(timeout=max(1, deadline - time.monotonic()))
            if line is None:
                raise Refused(f"the shop did not open: {self.greeting}")
            if found := re.search(r"open at (http://\S+)", line):
                self.base = found[1]
        # What it prints beside that comes at once.
        time.sleep(0.3)
        return self

    def _read(self, lines):
        for line in self.process.stdout:
            self.greeting.append(line.rstrip("\n"))
            lines.put(line)
        lines.put(None)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def run(self, *words):
        """Runs another command of the program to its end."""
        subprocess.run([self.binary, *words], check=True, env=self.environment, stdout=subprocess.DEVNULL)

    @property
    def welcome(self):
        """The address of the first run as the program printed it."""
        for line in self.greeting:
            if found := re.search(r"(?:http://\S+)?(/admin/welcome/\?code=\S+)", line):
                return found[1]
        raise Refused(f"the program printed no link to make the first administrator: {self.greeting}")

    def rows(self, statement, *values):
        """Changes or reads a row of the shop's database, which is SQLite."""
        with sqlite3.connect(self.folder / "kontor.sqlite3", timeout=30) as database:
            return database.execute(statement, values).fetchall()

    def anonymous(self):
        return API(self.base)

    def login(self, email, password):
        return self.anonymous().login(email, password)

    def admin(self):
        return self.login(*ADMIN)

    def customer(self, email, first="Ada", last="Lindqvist"):
        """A customer whose address is verified."""
        api = self.anonymous()
        made = api.post("/api/auth/register/", {
            "email": email, "password": ADMIN[1], "first_name": first, "last_name": last})
        self.rows("UPDATE users SET is_email_verified = 1 WHERE email = ?", email)
        return API(self.base, made["access"])


class API:
    """The shop's API for one caller."""

    def __init__(self, base, token=None):
        self.base, self.token = base, token

    def login(self, email, password):
        answer = self.post("/api/auth/login/", {"email": email, "password": password})
        return API(self.base, answer["access"])

    def send(self, method, path, body=None, headers=None, data=None):
        """Sends a request and returns status, headers and bytes, whatever they are."""
        fields = dict(headers or {})
        if self.token:
            fields["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            data, fields["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(self.base + path, data=data, headers=fields, method=method)
        try:
            with urllib.request.build_opener(NoRedirect).open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def ask(self, method, path, body=None):
        status, _, data = self.send(method, path, body)
        if not 200 <= status < 300:
            raise Refused(f"{method} {path}: {status} {data[:500].decode(errors='replace')}")
        return json.loads(data) if data else None

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body=None):
        return self.ask("POST", path, {} if body is None else body)

    def put(self, path, body=None):
        return self.ask("PUT", path, {} if body is None else body)

    def patch(self, path, body):
        return self.ask("PATCH", path, body)

    def until(self, what, path, holds, patience=30):
        """Asks again until what is answered is as it should be."""
        deadline = time.monotonic() + patience
        while True:
            found = self.get(path)
            if holds(found):
                return found
            if time.monotonic() > deadline:
                raise Refused(f"waited in vain for {what}: {json.dumps(found)[:500]}")
            time.sleep(0.05)

    def address(self):
        return self.post("/api/auth/addresses/", ADDRESS)["id"]

    def order(self, lines, paying="sandbox"):
        """Places an order of products or variants, `[(product, variant or None, quantity)]`, and returns it."""
        for product, variant, quantity in lines:
            line = {"product_id": product, "quantity": quantity}
            self.post("/api/cart/add/", {**line, "variant_id": variant} if variant else line)
        return self.post("/api/orders/", {"shipping_address_id": self.address(), "payment_method": paying})

    def pay(self, order):
        """Pays an order on the page of the sandbox, as its customer would."""
        payment = self.post("/api/payments/initiate/", {"order_id": order["id"], "gateway": "sandbox"})
        page = payment["next_action"]["url"].removeprefix(self.base)
        status, _, data = self.send(
            "POST", page, data=b"outcome=pay", headers={"Content-Type": "application/x-www-form-urlencoded"})
        if status != 303:
            raise Refused(f"POST {page}: {status} {data[:300]}")
        self.until("the payment", f"/api/orders/{order['id']}/", lambda seen: seen["payment_status"] == "paid")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
