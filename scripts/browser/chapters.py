"""What is told of a shop in chapters, one after the other, whatever became of the ones before."""

import pathlib
import time

from .person import Person
from .shop import ADMIN


class Tale:
    """Somebody at the admin of a shop, and what went wrong with what they did."""

    name = "tale"

    def __init__(self, browser, shop, folder):
        self.browser, self.shop, self.folder = browser, shop, pathlib.Path(folder)
        self.person = Person(browser, shop.base, self.name)
        self.faults, self.chapters = [], []

    @property
    def told(self):
        """The chapters in their order."""
        raise NotImplementedError

    def tell(self):
        """Tells every chapter and returns what went wrong."""
        for chapter in self.told:
            began = time.monotonic()
            if not self.attempt(chapter):
                self.attempt(self.come_in)
            self.chapters.append((chapter.__name__, time.monotonic() - began))
        self.person.close()
        return self.faults + self.person.complaints

    def attempt(self, chapter):
        """Tells a chapter and returns whether it came to its end."""
        try:
            chapter()
            return True
        except Exception as error:  # noqa: BLE001: the others are told all the same
            self.faults.append(f"{chapter.__name__}: {type(error).__name__}: {error}")
            return False

    def come_in(self):
        """Opens a session where a chapter has not: the chapters behind it are not about that."""
        person = self.person
        person.open("/admin/")
        if "/sign-in/" in person.path:
            person.enter("E-mail", ADMIN[0])
            person.enter("Password", ADMIN[1])
            person.do("Sign in")

    def expect(self, holds, what):
        if not holds:
            self.faults.append(what)
