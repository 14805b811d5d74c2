"""A page of the documentation that is made by using the program: its steps, text and pictures."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from morning_hands import Morning

DOCS = Path(__file__).resolve().parent.parent / "docs"
Hands = TypeVar("Hands", bound=Morning)


@dataclass(frozen=True)
class Step(Generic[Hands]):
    """What is done before a picture, and what the page says of it."""

    do: Callable[[Hands], None]
    heading: str
    words: str
    dark: bool = False

    @property
    def picture(self) -> str:
        """The picture's name, without its ending."""
        return self.do.__name__


@dataclass(frozen=True)
class Page(Generic[Hands]):
    """`name` is that of the file in `docs` and of the pictures' folder, `made_by` a make target."""

    name: str
    title: str
    what_it_is: str
    what_it_is_not: str
    steps: tuple[Step[Hands], ...]
    made_by: str

    @property
    def pictures(self) -> Path:
        """The folder of the pictures."""
        return DOCS / self.name

    def text(self) -> str:
        """Return the page as Markdown."""
        parts = [f"# {self.title}", self.what_it_is, self.what_it_is_not]
        for number, step in enumerate(self.steps, 1):
            parts += [
                f"## {number}. {step.heading}",
                step.words,
                f"![{step.heading}]({self.name}/{step.picture}.png)",
            ]
        parts.append(
            f"Made by `make {self.made_by}`, which drives the window and takes the pictures."
        )
        return "\n\n".join(parts) + "\n"

    def make(self, hands: Hands) -> None:
        """Go through the steps, and write the page; the pictures made before are replaced."""
        for old in self.pictures.glob("*.png"):
            old.unlink()
        self.pictures.mkdir(exist_ok=True)
        self.walk(hands, lambda step: hands.photograph(self.pictures / f"{step.picture}.png"))
        (DOCS / f"{self.name}.md").write_text(self.text(), encoding="utf-8")

    def walk(self, hands: Hands, done: Callable[[Step[Hands]], None] = lambda _: None) -> None:
        """Take one step after the other; `done` hears of each."""
        began = time.monotonic()
        for step in self.steps:
            hands.workplace.appearance.choose("dark" if step.dark else "light")
            step.do(hands)
            done(step)
            sys.stdout.write(f"{time.monotonic() - began:7.1f} s  {step.picture}\n")
            sys.stdout.flush()
