"""A window in a process of its own that is used as fast as it goes: `window_program.py FOLDER`.

It answers the folder's films, calls one after the other and changes settings, and prints each thing
as a JSON line once the program has confirmed it. It is made to be killed at any moment; what it
printed must never be lost.
"""

import json
import random
import sys
from datetime import UTC, datetime

from msgspec.structs import replace
from PySide6.QtCore import QTimer

from pneumo_desktop import cli
from pneumo_desktop.core.cases import Call
from pneumo_desktop.core.store_query import Status, Wanted
from pneumo_desktop.ui import start


def say(**words):
    """Print what was confirmed, at once."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


class Used(start.Workplace):
    """A workplace with a hasty reader at it."""

    def __init__(self, *parts):
        super().__init__(*parts)
        self.desk.kept.connect(lambda kept: [say(kept=str(stored.outcome.path)) for stored in kept])
        self.dice = random.Random()
        self.hand = QTimer(self, interval=5)
        self.hand.timeout.connect(self.act)
        self.hand.start()
        QTimer.singleShot(0, lambda: say(told=self.window.message))

    def act(self):
        """Call the next unread film; now and then change a setting."""
        if self.dice.random() < 0.1:
            self.change_a_setting()
        current = self.desk.current
        if current is None or current.reading:
            self.desk.show_number(next(iter(self.desk.worklist.numbers(UNREAD)), None))
        elif not self.loader.loading:
            call = self.dice.choice(list(Call))
            note = datetime.now(UTC).isoformat()
            self.reading.note.setText(note)
            self.calls.call(call)
            read = self.desk.current.reading
            if read:
                say(read=str(current.outcome.path), call=read.call, note=read.note)

    def change_a_setting(self):
        """Choose other initials and another threshold, as the preferences do."""
        chosen = replace(
            self.models.settings,
            initials="".join(self.dice.choices("ABCDEFGH", k=3)),
            threshold=round(self.dice.uniform(0.5, 0.99), 3),
        )
        words = {"initials": chosen.initials, "threshold": chosen.threshold}
        say(changing=words)
        self.models.change(chosen, self.place.home)
        say(changed=words)


UNREAD = Wanted(status=Status.UNREAD)

if __name__ == "__main__":
    start.Workplace = Used
    start.has_screen = lambda: True
    sys.exit(cli.run(["open", *sys.argv[1:]]))
