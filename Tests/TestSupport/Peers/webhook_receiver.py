"""A shop that takes webhooks and says each of them. Arguments: the statuses of its first answers; then it answers 200."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from peer import end_with_input, say

statuses = [int(argument) for argument in sys.argv[1:]]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status = statuses.pop(0) if statuses else 200
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        say(path=self.path, signature=self.headers.get("Sandbox-Signature") or "",
            type=self.headers.get("Content-Type") or "", body=body.decode())

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
say(port=server.server_address[1], certificate="")
end_with_input()
server.serve_forever()
