#!/usr/bin/env bash
# razorpay 2.0.1 (PyPI): threads that capture payments by one client send each other's amounts.
#
# `payment.capture(id, amount)` writes the amount into its default argument `data={}`, which all calls share, and sends that. A shop
# that captures with eight threads captures some payments at the amount of a neighbor; the library says nothing, and Razorpay sees an
# amount that its caller never asked for. With a `data` of its own for each call no amount is another's. Here the captures go to a
# server in this script that compares each body with the payment's path. Threads change places often (`sys.setswitchinterval`), as on a
# busy machine. Exits with 1 when that is so no longer.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check razorpay==2.0.1

cat >"$work/capture.py" <<'PYTHON'
import concurrent.futures, http.server, json, sys, threading
import razorpay

wrong = []

class Peer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = int(self.path.split("/")[3].split("_")[1])
        if body["amount"] != asked:
            wrong.append(asked)
        answer = b'{"entity": "payment"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Peer)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = razorpay.Client(auth=("rzp_test_key", "secret"), base_url=f"http://127.0.0.1:{server.server_port}")
sys.setswitchinterval(1e-5)

def captured(of_its_own):
    def capture(amount):
        if of_its_own:
            client.payment.capture(f"pay_{amount}", amount, {"currency": "INR"})
        else:
            client.payment.capture(f"pay_{amount}", amount)
    wrong.clear()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(capture, range(100, 4100)))
    return len(wrong)

print(captured(False), captured(True))
PYTHON

read -r shared own < <("$work/python/bin/python" "$work/capture.py")
echo "razorpay 2.0.1: of 4,000 captures by eight threads $shared had another's amount, $own where each had its own data"
[ "$shared" -gt 0 ] && [ "$own" -eq 0 ]
