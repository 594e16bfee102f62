"""localstripe (1.15.10), a server that imitates Stripe, from scratch on a free port of 127.0.0.1.

`GET /_config/received` lists the webhooks that it has sent to `/_config/hook` here: body and signature, as text.
"""

import asyncio

from aiohttp import web
from localstripe import resources, server

from peer import end_with_input, say

# Nothing is kept: its file in /tmp would be shared by all that run at once.
resources.store.dump_to_disk = lambda: None

received = []


async def take(request):
    received.append({"body": (await request.read()).decode(), "signature": request.headers["Stripe-Signature"]})
    return web.Response()


async def listed(request):
    return web.json_response({"webhooks": received})


async def main():
    server.app.router.add_post("/_config/hook", take)
    server.app.router.add_get("/_config/received", listed)
    runner = web.AppRunner(server.app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    say(port=runner.addresses[0][1], certificate="")
    end_with_input()
    await asyncio.Event().wait()


asyncio.run(main())
