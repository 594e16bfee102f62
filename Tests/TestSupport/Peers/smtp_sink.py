"""A real SMTP server (aiosmtpd) that prints each mail as a line of JSON before it says 250.

Arguments, any of them: `starttls` offers it, `tls` speaks it from the first byte, `login` asks for user and secret.
Recipients such as `refuse550@…` and `refuse451@…` are refused with that code, a body with `REFUSE552` too.
"""

import asyncio
import email
import email.policy
import re
import sys

from aiosmtpd.smtp import SMTP, AuthResult

from peer import end_with_input, say, tls_context


class Sink:
    async def handle_RCPT(self, server, session, envelope, address, options):
        refused = re.match(r"refuse(\d+)@", address)
        if refused:
            return f"{refused.group(1)} not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        refused = re.search(rb"REFUSE(\d+)", envelope.content)
        if refused:
            return f"{refused.group(1).decode()} not this"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part for part in mail.walk()}
        contents = {kind: part.get_content() for kind, part in parts.items() if kind.startswith("text/")}
        say(sender=envelope.mail_from, recipients=envelope.rcpt_tos, tls=session.ssl is not None,
            login=bool(session.authenticated), headers={name: str(value) for name, value in mail.items()},
            kinds=list(parts), text=contents.get("text/plain", ""), html=contents.get("text/html", ""),
            longest=max(len(line) for line in envelope.content.split(b"\r\n")),
            defects=[str(defect) for part in mail.walk() for defect in part.defects])
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
