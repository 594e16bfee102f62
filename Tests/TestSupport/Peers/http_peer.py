"""An HTTP server to send requests to. Arguments: `tls` for HTTPS."""

import gzip
import json
import struct
import sys
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from peer import end_with_input, say, tls_context

FOREVER = threading.Event()


def picture(shade):
    """A PNG of eight by eight pixels of one gray."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + bytes([shade]) * 8) * 8
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.strip("/")
        if path == "echo":
            sent = {"method": self.command, "headers": {k.lower(): v for k, v in self.headers.items()},
                    "body": body.decode("latin-1")}
            self.reply(200, json.dumps(sent).encode(), **{"X-Twice": "one"})
        elif path.startswith("status/"):
            self.reply(int(path[7:]), b"" if path == "status/204" else b"said so")
        elif path.startswith("picture/"):
            self.reply(200, picture(int(path[8:])))
        elif path.startswith("bytes/"):
            self.reply(200, b"x" * int(path[6:]))
        elif path == "endless":
            self.endless()
        elif path == "bomb":
            self.reply(200, gzip.compress(b"\0" * 20_000_000, 9), **{"Content-Encoding": "gzip"})
        elif path == "headers":
            self.reply(200, b"", **{f"X-{number}": "y" * 8_000 for number in range(60)})
        elif path.startswith("hop/"):
            left = int(path[4:])
            self.reply(302, b"", Location=f"/hop/{left - 1}" if left > 1 else "/bytes/3")
        elif path == "to-file":
            self.reply(302, b"", Location="file:///etc/passwd")
        elif path == "broken":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            self.close_connection = True
        elif path == "gibberish":
            self.wfile.write(b"what?\r\n\r\n")
            self.close_connection = True
        elif path == "hang":
            say(hanging=True)
            FOREVER.wait()
        else:
            self.reply(404, b"no such path")

    def reply(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def endless(self):
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
certificate = ""
if "tls" in sys.argv:
    context, certificate = tls_context()
    server.socket = context.wrap_socket(server.socket, server_side=True)
say(port=server.server_address[1], certificate=certificate)
end_with_input()
server.serve_forever()
