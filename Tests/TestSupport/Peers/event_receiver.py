"""A system that takes the shop's webhooks: keeps what comes, answers as it is told, and checks signatures with the libraries
of Standard Webhooks and of Svix.

POST /_control/mode {"path", "mode"}: how POST <path> is answered from now on: a status in digits, or `redirect`, `huge`,
`trickle`, `hang`, `drop`, `gibberish`, `headers`, or `held-` and a status, which waits for POST /_control/release/; 204 before.
GET /_control/seen/: all that came. POST /_control/verify/ {"secret", "index", "now"?}: what both libraries say of it, at another
time where one is given."""

import datetime
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import standardwebhooks.webhooks
import svix.webhooks

from peer import end_with_input, say

MODES = {}
SEEN = []
LOCK = threading.Lock()
FOREVER = threading.Event()
RELEASED = threading.Event()
REAL = datetime.datetime


def verified(library, secret, message):
    """Whether a library accepts the message under the secret."""
    try:
        library.Webhook(secret).verify(message["body"], message["headers"])
        return True
    except standardwebhooks.webhooks.WebhookVerificationError as error:
        return str(error)
    except svix.webhooks.WebhookVerificationError as error:
        return str(error)


def verify(sent):
    """What both libraries say, with the time of day that the test asks for."""

    class Shifted(REAL):
        @classmethod
        def now(cls, tz=None):
            return REAL.fromtimestamp(sent["now"], tz)

    if "now" in sent:
        standardwebhooks.webhooks.datetime = Shifted
    try:
        with LOCK:
            message = SEEN[sent["index"]]
        return {"standardwebhooks": verified(standardwebhooks.webhooks, sent["secret"], message),
                "svix": verified(svix.webhooks, sent["secret"], message)}
    finally:
        standardwebhooks.webhooks.datetime = REAL


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        with LOCK:
            self.reply(200, json.dumps(SEEN).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/_control/mode/":
            sent = json.loads(body)
            MODES[sent["path"]] = sent["mode"]
            return self.reply(200, b"{}")
        if self.path == "/_control/release/":
            RELEASED.set()
            return self.reply(200, b"{}")
        if self.path == "/_control/verify/":
            return self.reply(200, json.dumps(verify(json.loads(body))).encode())
        mode = MODES.get(self.path, "204")
        with LOCK:
            SEEN.append({"path": self.path, "mode": mode, "body": body.decode(),
                         "headers": {name.lower(): value for name, value in self.headers.items()}})
        self.act(mode)

    def act(self, mode):
        if mode.isdigit():
            self.reply(int(mode), b"")
        elif mode == "redirect":
            self.send_response(307)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif mode == "huge":
            self.close_connection = True
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                pass
        elif mode == "headers":
            self.send_response(200)
            for number in range(60):
                self.send_header(f"X-{number}", "y" * 8000)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif mode.startswith("held-"):
            RELEASED.wait()
            self.reply(int(mode.removeprefix("held-")), b"")
        elif mode == "hang":
            FOREVER.wait()
        elif mode == "gibberish":
            self.close_connection = True
            self.wfile.write(b"what?\r\n\r\n")
        else:
            self.close_connection = True

    def reply(self, status, body):
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
say(port=server.server_address[1], certificate="")
end_with_input()
server.serve_forever()
