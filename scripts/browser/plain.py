"""A page without scripts, as its bytes have it: what it says, and what can be entered on it."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ENTRIES = {"select", "textarea", "button"}


class PlainPage(HTMLParser):
    """The heading, the words and the entries within `main`, without what is hidden until a script shows it."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.texts, self.headings, self.entries, self.faults = [], [], [], []
        self._open, self._button = [], None
        self.feed(html)
        self.close()
        if self._open:
            self.faults.append(f"does not end {self._open[-1][0]}")

    @property
    def heading(self):
        return " ".join(self.headings[0].split()) if self.headings else ""

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        is_hidden = "hidden" in found or bool(self._open) and self._open[-1][1]
        is_main = tag == "main" or bool(self._open) and self._open[-1][2]
        if tag not in VOID:
            self._open.append((tag, is_hidden, is_main))
        if tag == "h1":
            self.headings.append("")
        if not is_main or is_hidden:
            return
        if tag == "button" and "form" not in [one for one, _, _ in self._open]:
            self.faults.append("has a button that nothing but a script would send")
        if tag == "button" and not found.get("name"):
            self._button = ""
        elif tag in ENTRIES or tag == "input" and found.get("type") != "hidden":
            self.entries.append(f"{tag} {found.get('name', '')}")

    def handle_endtag(self, tag):
        if tag == "button" and self._button is not None:
            self.entries.append(f"button {' '.join(self._button.split())}")
            self._button = None
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"ends {tag} within {self._open[-1][0] if self._open else 'nothing'}")
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(tag == "h1" for tag, _, _ in self._open) and self.headings:
            self.headings[-1] += data
        if not self._open or self._open[-1][1] or not self._open[-1][2] or self._open[-1][0] in ("script", "style"):
            return
        self.texts.append(data)
        if self._button is not None:
            self._button += data


def words(text):
    """The words of a text: those with a figure in them change from one moment to the next."""
    return [word for word in re.split(r"\s+", text) if len(word) > 2 and not re.search(r"\d", word)]
