"""What a program confirmed, and whether all of it is still there."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pneumo_desktop.core.settings import FILE as SETTINGS
from pneumo_desktop.core.store import FILE, CaseStore

Facts = dict[str, Any]


@dataclass
class Ledger:
    """Everything confirmed so far by programs on one data folder."""

    home: Path
    cases: set[str] = field(default_factory=set)
    readings: dict[str, tuple[str, str]] = field(default_factory=dict)
    # the last confirmed, and those begun since; at first those of a fresh folder
    settings: list[Facts] = field(default_factory=lambda: [{}])
    told: list[str] = field(default_factory=list)

    def enter(self, line: str) -> None:
        """Take down one line of a program; one that was cut off confirms nothing."""
        if not line.endswith("\n"):
            return
        said = json.loads(line)
        if "outcome" in said or "kept" in said:  # of `screen --save` and `queue read`; of a window
            self.cases.add(said.get("kept", said.get("path")))
        if "read" in said or said.get("reader_call"):
            call = said.get("call", said.get("reader_call"))
            self.readings[said.get("read", said.get("path"))] = (call, said["note"])
        if "changing" in said:
            self.settings.append(said["changing"])
        if "changed" in said:
            self.settings = [said["changed"]]
        self.told += [said["told"]] if "told" in said else []

    def faults(self) -> list[str]:
        """Return what was lost or damaged, by SQLite's own look at the file."""
        if not (self.home / FILE).exists():
            return ["the database is gone"] if self.cases else []
        found = [*self._lost_cases(), *self._lost_settings()]
        with CaseStore(self.home / FILE) as store:
            if (state := store.check()) != "ok":
                found.append(f"integrity_check: {state}")
            if wrong := store.check_audit_log():
                found.append(f"audit log: {wrong}")
        return found

    def _lost_cases(self) -> list[str]:
        with closing(sqlite3.connect(self.home / FILE)) as database:
            rows = database.execute("SELECT CAST(path AS TEXT), reader_call, note FROM cases")
            kept = {path: (call, note) for path, call, note in rows}
        lost = [f"case lost: {path}" for path in self.cases - kept.keys()]
        for path, reading in self.readings.items():
            if kept.get(path) != reading:
                lost.append(f"reading lost: {path}: {reading}, found {kept.get(path)}")
        return lost

    def _lost_settings(self) -> list[str]:
        file = self.home / SETTINGS
        try:
            kept = json.loads(file.read_bytes()) if file.exists() else {}
        except ValueError:
            return ["settings lost: the file is garbage"]
        if any(chosen.items() <= kept.items() for chosen in self.settings):
            return []
        return [f"settings lost: {self.settings[0]}, found {kept}"]
