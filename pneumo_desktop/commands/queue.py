"""`queue`: list, show, read, export and audit the cases of the window and of `screen --save`."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pneumo_desktop.commands import queue_marks, queue_relabel
from pneumo_desktop.commands.common import (
    Exit,
    add_json,
    flat,
    no_case,
    open_store,
    print_json,
    print_record,
    table,
)
from pneumo_desktop.commands.export import csv_table
from pneumo_desktop.commands.queue_blind import (
    HIDDEN,
    add_answers,
    cells_for,
    is_blind,
    keep_seen,
    record_for,
)
from pneumo_desktop.commands.records import (
    HEADING,
    NORMAL_MEANS,
    nameless_record,
    status_words,
    stored_record,
)
from pneumo_desktop.core.audit import Entry
from pneumo_desktop.core.blinding import was_seen
from pneumo_desktop.core.cases import Call, Case, Reading, StoredCase
from pneumo_desktop.core.marks import flagging
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.settings import load_settings, write_whole

CALLS = {call.value.lower().replace(" ", "-"): call for call in Call}


def add(parser: ArgumentParser) -> None:
    """Describe the command and its actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser(
        "list", help="all cases, the sickest first (as they came while Blind first is on)"
    )
    listing.add_argument("--archived", action="store_true", help="those in the archive instead")
    add_answers(listing)
    add_json(listing)
    show = actions.add_parser("show", help="everything known of one case")
    show.add_argument("id", type=int)
    add_answers(show)
    add_json(show)
    read = actions.add_parser("read", help="keep your own call on a case")
    read.add_argument("id", type=int)
    read.add_argument("--call", choices=sorted(CALLS), required=True)
    read.add_argument("--note", default="")
    read.add_argument("--flag", action="store_true", help="flag it, to come back to")
    read.add_argument("--initials", metavar="XX", help="who reads, for the audit log")
    add_json(read)
    queue_marks.add(actions)
    queue_relabel.add(actions.add_parser("relabel", help="unread cases at another threshold"))
    export = actions.add_parser("export", help="the list as CSV")
    export.add_argument(
        "--anonymous",
        action="store_true",
        help="without names: no path, no note, no initials; a film is named by its SHA-256",
    )
    export.add_argument("file", metavar="FILE.csv", type=Path, nargs="?", help="else stdout")
    add_answers(export)
    add_json(export)
    words = "the log of what was done, by whom and when; it tells answers, hidden ones too"
    add_json(actions.add_parser("audit", help=words))


def run(arguments: Namespace) -> Exit:
    """Do the action asked for."""
    actions = {"list": _list, "show": _show, "read": _read, "export": _export, "audit": _audit}
    others = {**queue_marks.ACTIONS, "relabel": queue_relabel.run}
    (actions | others)[arguments.action](arguments)
    return Exit.WELL


def _list(arguments: Namespace) -> None:
    blind = is_blind(arguments)
    with open_store() as store:
        cases = store.all(archived=arguments.archived, blind=blind)
        keep_seen(store, cases, arguments)
    if arguments.json:
        for case in cases:
            print_json(record_for(case, stored_record, blind=blind))
        return
    rows: list[tuple[str, ...]] = [("id", "status", *HEADING)]
    rows += [(str(c.id), status_words(c), *cells_for(c, blind=blind)) for c in cases]
    if cases:
        print("\n".join([table(rows), *([HIDDEN] if blind else []), NORMAL_MEANS]))
    elif arguments.archived:
        print("No case is in the archive. Put one there with: queue archive ID")
    else:
        print("The case queue is empty. Add films with: screen PATH --save")


def _show(arguments: Namespace) -> None:
    with open_store() as store:
        try:
            stored = store.get(arguments.id)
            store.log_opened(stored)
            keep_seen(store, [stored], arguments)
        except KeyError:
            raise no_case(arguments.id) from None
    record = record_for(stored, stored_record, blind=is_blind(arguments))
    print_record(record | {"patient": _patient(stored)}, as_json=arguments.json)


def _patient(stored: StoredCase) -> dict[str, Any] | None:
    if not isinstance(stored.outcome, Case):
        return None
    patient = stored.outcome.facts.patient
    return {
        "name": patient.name,
        "identifier": patient.identifier,
        "birth_date": patient.birth_date.isoformat() if patient.birth_date else None,
        "age_years": patient.age_years,
        "sex": patient.sex,
    }


def _read(arguments: Namespace) -> None:
    since = load_settings(data_dir()).blind_since
    with open_store(arguments.initials) as store:
        try:
            seen = was_seen(store.get(arguments.id), since)
            call, now = CALLS[arguments.call], datetime.now(UTC)
            reading = Reading(call, now, arguments.note, answer_seen=seen)
            stored = store.mark_read(arguments.id, reading)
            if arguments.flag:
                stored = store.mark(arguments.id, flagging(on=True))
        except KeyError:
            raise no_case(arguments.id) from None
    print_record(stored_record(stored), as_json=arguments.json)


def _export(arguments: Namespace) -> None:
    blind = is_blind(arguments)
    with open_store() as store:
        cases = store.all(blind=blind)
        keep_seen(store, cases, arguments)
        form = "CSV" if arguments.file or not arguments.json else "JSON"
        named = f"{form} without names" if arguments.anonymous else form
        store.log_exported([case.id for case in cases], named)
    record_of = nameless_record if arguments.anonymous else stored_record
    records = [record_for(case, record_of, blind=blind) for case in cases]
    if arguments.json:
        for record in records:
            print_json(record)
    data = csv_table(records, anonymous=arguments.anonymous)
    if arguments.file:
        write_whole(arguments.file, data)
    elif not arguments.json:
        sys.stdout.write(data.decode("utf-8", "backslashreplace"))


def _audit(arguments: Namespace) -> None:
    with open_store() as store:
        entries = list(store.audit_log())
    if arguments.json:
        for entry in entries:
            print_json(_audit_record(entry))
        return
    rows = [("number", "UTC", "by", "what", "case", "film", "detail")]
    rows += [
        (
            str(entry.number),
            f"{entry.at:%Y-%m-%d %H:%M:%S}",
            entry.initials or "-",
            entry.deed.act.value,
            "-" if entry.deed.case_id is None else str(entry.deed.case_id),
            entry.deed.sha256[:12] or "-",
            flat(entry.deed.detail),
        )
        for entry in entries
    ]
    print(table(rows) if entries else "Nothing was done yet.")


def _audit_record(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "initials": entry.initials,
        "act": entry.deed.act.value,
        "case": entry.deed.case_id,
        "sha256": entry.deed.sha256 or None,
        "detail": entry.deed.detail,
    }
