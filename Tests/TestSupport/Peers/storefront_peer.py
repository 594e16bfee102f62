"""A storefront of one page, which payers come back to. Any path answers it."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from peer import end_with_input, say

PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Thank you</title><link rel="icon" href="data:,"></head>
<body><h1>Thank you</h1></body></html>
"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
say(port=server.server_address[1], certificate="")
end_with_input()
server.serve_forever()
