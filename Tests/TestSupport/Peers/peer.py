"""What the peers share: they listen on a free port, say so on a line of JSON, and end when their input does."""

import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading


def say(**fields):
    """Prints one line for the test to read."""
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def end_with_input():
    """Ends the process when the test closes its end of the pipe, or dies."""

    def wait():
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def tls_context():
    """A context with a fresh certificate for localhost, and the certificate's text."""
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "certificate.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        with open(certificate) as file:
            return context, file.read()
