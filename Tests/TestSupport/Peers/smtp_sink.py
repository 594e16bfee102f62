"""A real SMTP server (aiosmtpd) that prints each mail as a line of JSON before it says 250.

Arguments, any of them: `starttls` offers it, `tls` speaks it from the first byte, `login` asks for user and secret.
Recipients such as `refuse550@…` and `refuse451@…` are refused with that code, a body with `REFUSE552` too.
`greylist@…` is asked to wait the first time, `drop@…` loses its connection after the mail the first time, `bye@…` after it
was accepted, `limit@…` is told 421 at the second mail of a connection, and `slow@…` is answered after some seconds.
"""

import asyncio
import email
import email.policy
import re
import sys

from aiosmtpd.smtp import SMTP, AuthResult

from peer import end_with_input, say, tls_context


class Sink:
    seen = set()
    used = {}

    def is_first(self, address):
        if address in self.seen:
            return False
        self.seen.add(address)
        return True

    async def handle_MAIL(self, server, session, envelope, address, options):
        used = self.used.setdefault(session.peer, [])
        if "limit" in used:
            return "421 4.7.0 too many mails on this connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        refused = re.match(r"refuse(\d+)@", address)
        if refused:
            return f"{refused.group(1)} not here"
        if address.startswith("greylist@") and self.is_first(address):
            return "451 4.7.1 Greylisted, come back in a moment"
        if address.startswith("limit@"):
            self.used[session.peer].append("limit")
        if address.startswith("slow@"):
            await asyncio.sleep(3)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        refused = re.search(rb"REFUSE(\d+)", envelope.content)
        if refused:
            return f"{refused.group(1).decode()} not this"
        if any(to.startswith("drop@") and self.is_first(to) for to in envelope.rcpt_tos):
            server.transport.abort()
            return "451 gone"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part for part in mail.walk()}
        contents = {kind: part.get_content() for kind, part in parts.items() if kind.startswith("text/")}
        say(sender=envelope.mail_from, recipients=envelope.rcpt_tos, tls=session.ssl is not None,
            login=bool(session.authenticated), headers={name: str(value) for name, value in mail.items()},
            kinds=list(parts), text=contents.get("text/plain", ""), html=contents.get("text/html", ""),
            longest=max(len(line) for line in envelope.content.split(b"\r\n")),
            defects=[str(defect) for part in mail.walk() for defect in part.defects],
            connection=session.peer[1], isPlain=all(byte < 128 for byte in envelope.content),
            encodings=[str(part["Content-Transfer-Encoding"]) for part in mail.walk() if not part.is_multipart()])
        if any(to.startswith("bye@") for to in envelope.rcpt_tos):
            asyncio.get_running_loop().call_soon(server.transport.close)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b"shop" and data.password == "geheim & ä".encode()
    return AuthResult(success=good, handled=good, message=None if good else "535 5.7.8 wrong")


async def serve():
    wants_tls = "tls" in sys.argv or "starttls" in sys.argv
    context, certificate = tls_context() if wants_tls else (None, "")
    loop = asyncio.get_running_loop()

    def session():
        return SMTP(
            Sink(), loop=loop, hostname="sink.test", enable_SMTPUTF8=True,
            tls_context=context if "starttls" in sys.argv else None,
            authenticator=authenticate if "login" in sys.argv else None,
            auth_required="login" in sys.argv, auth_require_tls=False)

    server = await loop.create_server(session, "127.0.0.1", 0, ssl=context if "tls" in sys.argv else None)
    say(port=server.sockets[0].getsockname()[1], certificate=certificate)
    end_with_input()
    await server.serve_forever()


asyncio.run(serve())
