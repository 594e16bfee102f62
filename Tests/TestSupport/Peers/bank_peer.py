"""Hands a pain.001 to mock-bank and prints what the bank sends: JSON [[type, xml], ...], after the schema was kept.

usage: bank_peer.py FILE [BEHAVIOUR] (the pain.001; the bank's day is the one on which it is to pay; how the shop's account behaves)
"""
import json
import os
import re
import sys
import threading
import urllib.request

import sepaxml
import xmlschema
from mockbank import validate
from mockbank.server import make_server
from mockbank.server import Config


def ask(port, method, path, body=None, kind="application/json"):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body, method=method)
    if body is not None:
        request.add_header("Content-Type", kind)
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def main():
    with open(sys.argv[1], "rb") as file:
        payment = file.read()
    folder = os.path.join(os.path.dirname(sepaxml.__file__), "schemas")
    xmlschema.XMLSchema(os.path.join(folder, "pain.001.001.09.xsd")).validate(payment.decode())
    day = re.search(rb"<ReqdExctnDt><Dt>([-0-9]+)</Dt>", payment).group(1).decode()
    server = make_server(Config(port=0, quiet=True, clock=day + "T09:00"))
    port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    behaviour = sys.argv[2] if len(sys.argv) > 2 else "accept"
    account = json.dumps({"currency": "USD", "behaviour": behaviour})
    ask(port, "PATCH", "/_mock/accounts/ACME", account.encode())
    found = validate.errors(validate.validate(payment))
    if found:
        sys.exit("; ".join(validate.render(finding) for finding in found))
    ask(port, "POST", "/payments", payment, "application/xml")
    ask(port, "POST", "/_mock/advance?days=12", b"{}")
    messages = json.loads(ask(port, "GET", "/_mock/mailbox?leave"))
    sent = [
        [message["type"], ask(port, "GET", f"/_mock/mailbox/{message['id']}").decode()] for message in messages
    ]
    print(json.dumps(sent))
    server.shutdown()


main()
