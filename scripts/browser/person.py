"""Somebody in front of a browser, who reads labels and headings, types and clicks, and whose steps are counted."""

import os
import pathlib
import re
import shutil
import time
from contextlib import contextmanager

from playwright.sync_api import TimeoutError as Waited
from playwright.sync_api import sync_playwright

# What is worth a complaint wherever it is said.
LISTEN = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`CSP: ${event.violatedDirective} refuses ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`))"""

# What a page is made of: without one of these it is not whole.
ASSETS = ("stylesheet", "script", "image", "font", "media")


class Lost(Exception):
    """What a person looked for is not on the page."""


@contextmanager
def chromium():
    """Debian's Chromium: without a path Playwright would look for one of its own."""
    with sync_playwright() as playwright:
        # A page whose answer a test has rewritten comes from nowhere, and may then load nothing from this machine.
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "chromium", args=["--disable-features=LocalNetworkAccessChecks"])
        try:
            yield browser
        finally:
            browser.close()


class Person:
    """A reader of pages in one window of a browser."""

    def __init__(self, browser, base, name, width=1280, scheme="light", language="en-US", scripts=True, patience=10_000, pictures=True):
        self.base, self.name, self.language, self.patience = base, name, language, patience
        self.folder = os.environ.get("KONTOR_SCREENSHOTS") if pictures else None
        self.complaints, self.loads, self.actions, self.steps, self.shots = [], 0, 0, [], 0
        self.context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, locale=language, java_script_enabled=scripts,
            accept_downloads=True)
        self.context.set_default_timeout(patience)
        if scripts:
            self.context.add_init_script(LISTEN)
        self.context.on("page", self._watch)
        self.page = self.context.new_page()

    def close(self):
        self.context.close()

    # What happens.

    def _watch(self, page):
        page.on("domcontentloaded", self._arrive)
        page.on("console", lambda message: self._complain(f"console: {message.text}")
                if message.type in ("error", "warning") and not self._is_refusal(message.text) else None)
        page.on("pageerror", lambda error: self._complain(f"script: {error}"))
        page.on("requestfailed", self._fail)
        page.on("response", self._hear)

    def _arrive(self, _):
        self.loads += 1

    def _complain(self, what):
        self.complaints.append(f"{self.name} at {self.path}: {what}")

    @staticmethod
    def _is_refusal(text):
        """Chromium repeats on its console that a page was answered with 400 and more, which forms are."""
        return "Failed to load resource: the server responded with a status of 4" in text

    def _fail(self, request):
        # A document that is kept as a file is "aborted" as a page.
        if request.failure != "net::ERR_ABORTED":
            self._complain(f"{request.url}: {request.failure}")

    def _hear(self, response):
        least = 400 if response.request.resource_type in ASSETS else 500
        if response.status >= least:
            self._complain(f"{response.url}: {response.status}")
        host = re.match(r"https?://[^/]+", response.url)
        if host and host[0] != self.base and not response.url.startswith("data:"):
            self._complain(f"loaded from elsewhere: {response.url}")

    # Where somebody is.

    @property
    def path(self):
        return self.page.url.removeprefix(self.base) if self.page.url.startswith(self.base) else self.page.url

    @property
    def main(self):
        return self.page.get_by_role("main")

    @property
    def heading(self):
        return self.page.locator("h1").first.inner_text()

    def text(self):
        return self.main.inner_text()

    def expect(self, *texts):
        """Expects texts to be on the page."""
        for text in texts:
            try:
                self.page.get_by_text(text).first.wait_for(state="visible")
            except Waited:
                raise Lost(f"{self.name} at {self.path} does not read “{text}”, but: {self.text()[:1500]}") from None

    # What somebody does: each is one action.

    def _act(self, what, act):
        self.actions += 1
        self.steps.append(f"{self.path}: {what}")
        try:
            return act()
        except Waited as error:
            raise Lost(f"{self.name} at {self.path} cannot {what}: {str(error).splitlines()[0]}\n{self.text()[:1500]}") from None

    def _lead(self, what, act):
        """Does what leads to a page, and waits for that."""
        before, deadline = self.loads, time.monotonic() + self.patience / 1_000
        self._act(what, act)
        while self.loads == before:
            if time.monotonic() > deadline:
                raise Lost(f"{self.name} at {self.path} is led nowhere by {what}")
            self.page.wait_for_timeout(5)
        self.look()

    def open(self, path):
        """Types an address."""
        self._act(f"open {path}", lambda: self.page.goto(path if "://" in path else self.base + path))
        self.look()

    def go(self, *names):
        """Chooses an entry of the menu, which is closed at first on narrow screens."""
        menu = self.page.get_by_role("navigation", name=re.compile("^(Menu|Menü)$"))
        for name in names:
            link = menu.get_by_role("link", name=name, exact=True)
            if not menu.get_by_text(name, exact=True).count():
                raise Lost(f"{self.name} at {self.path} finds no {name} in the menu: {menu.inner_text()}")
            if not link.is_visible():
                self._act("open the menu", lambda: menu.locator("summary").first.click())
            self._lead(f"go to {name}", link.click)

    def do(self, name, within=None, nth=0):
        """Follows a link or presses a button of that name, and waits for what it leads to."""
        place = within or self.main
        target = place.get_by_role("link", name=name, exact=True).or_(place.get_by_role("button", name=name, exact=True))
        self._lead(f"do {name}", lambda: target.nth(nth).click())

    def click(self, name, within=None):
        """Presses a button that changes the page itself."""
        self._act(f"click {name}", lambda: (within or self.main).get_by_role("button", name=name, exact=True).first.click())

    def field(self, label, within=None):
        """The field of a label, whatever marks and units stand behind that."""
        pattern = re.compile(rf"^\s*{re.escape(label)}(\s*\*)?(\s+\S{{1,4}})?\s*$")
        return (within or self.main).get_by_label(pattern).first

    def enter(self, label, text, within=None):
        self._act(f"enter {label}", lambda: self.field(label, within).fill(text))

    def choose(self, label, option, within=None):
        """Chooses from a list, or types where there are too many to list."""
        field = self.field(label, within)
        def act():
            if field.evaluate("field => field.localName") == "select":
                field.select_option(label=option)
            else:
                field.fill(option)
        self._act(f"choose {option} as {label}", act)

    def tick(self, label, within=None, is_on=True):
        self._act(f"tick {label}", lambda: self.field(label, within).set_checked(is_on))

    def upload(self, label, paths, within=None):
        self._act(f"upload {label}", lambda: self.field(label, within).set_input_files(paths))

    def press_until(self, key, selector, most=400):
        """Presses a key until what a selector names has the focus."""
        for _ in range(most):
            self.page.keyboard.press(key)
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        raise Lost(f"{self.name} at {self.path} does not reach {selector} by {key}")

    def lead(self, what, act):
        """Does something by hand that leads to a page, and waits for that."""
        self._lead(what, act)

    def press(self, key):
        self._act(f"press {key}", lambda: self.page.keyboard.press(key))

    def type(self, text):
        self._act(f"type {text}", lambda: self.page.keyboard.type(text))

    def search(self, words):
        """Searches everything: “/” goes to the field."""
        self.press("/")
        self.type(words)
        self._lead("search", lambda: self.page.keyboard.press("Enter"))

    def save_file(self, name):
        """Follows a link that gives a file, and returns its bytes."""
        with self.page.expect_download() as download:
            self._act(f"save {name}", lambda: self.main.get_by_role("link", name=name, exact=True).first.click())
        return pathlib.Path(download.value.path()).read_bytes()

    def read_file(self, name, nth=0):
        """Follows a link that opens a document in a window of its own, and returns its media type and bytes."""
        link = self.main.get_by_role("link", name=name, exact=True).nth(nth)
        address = self._act(f"open {name}", lambda: link.get_attribute("href"))
        answer = self.context.request.get(self.base + address)
        self.loads += 1
        if answer.status != 200:
            raise Lost(f"{self.name}: {name} is answered with {answer.status}")
        return answer.headers.get("content-type", ""), answer.body()

    # What is looked at.

    def look(self, label=None):
        """Takes a picture, and complains about a page without a way on."""
        self.page.wait_for_load_state("domcontentloaded")
        alerts = self.page.locator("[role=alert], main p.code")
        if alerts.count() and not self.main.locator("a, button").count():
            self._complain(f"no way on from “{self.heading}”")
        if self.folder:
            self.shots += 1
            name = re.sub(r"[^a-z0-9]+", "-", f"{label or self.path.split('?')[0]}".lower()).strip("-") or "start"
            place = pathlib.Path(self.folder) / self.name
            place.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=place / f"{self.shots:03}-{name}.png", full_page=True)
