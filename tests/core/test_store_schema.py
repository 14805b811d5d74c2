import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from pneumo_desktop.core import store_schema
from pneumo_desktop.core.cases import FilmFacts, Patient, Rejected, SpacingKind
from pneumo_desktop.core.store import CaseStore, StoreError
from pneumo_desktop.core.store_query import Wanted
from pneumo_desktop.core.store_rows import to_columns

VERSION_1_FACTS = {
    "path": ".", "sha256": "ab", "format": "DICOM", "width": 3, "height": 2, "bits": 12,
    "patient": {
        "name": "Doe Jane", "identifier": "7", "birth_date": "2020-03-01", "age_years": 3.0,
        "sex": "F",
    },
    "study_date": "2023-04-01", "modality": "CR", "body_part": "CHEST", "view": "AP",
    "photometric": "MONOCHROME2", "spacing_mm": [0.2, 0.1],
}  # fmt: skip


def _write_with_version(path: Path, case, version: int) -> None:
    """Write `case` as a program of schema `version` did, with the facts it knew."""
    columns = {
        **to_columns(case),
        "received": "2024-05-01T12:00:00+00:00",
        "facts": json.dumps(VERSION_1_FACTS),
    }
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for number in range(version):
            store_schema._apply(connection, number)
        known = {row[1] for row in connection.execute("PRAGMA table_info(cases)")}
        written = {name: value for name, value in columns.items() if name in known}
        places = ", ".join(f":{name}" for name in written)
        connection.execute(f"INSERT INTO cases ({', '.join(written)}) VALUES ({places})", written)


@pytest.mark.parametrize("version", range(1, len(store_schema.MIGRATIONS) + 1))
def test_a_case_of_every_older_schema_opens_with_its_facts(path, case, version):
    _write_with_version(path, case, version)
    with CaseStore(path) as store:
        (stored,) = store.all()
        again = store.record(case)
    assert not isinstance(stored.outcome, Rejected)
    assert stored.outcome.facts == FilmFacts(
        path=case.path, sha256="ab", format="DICOM", width=3, height=2, bits=12,
        patient=Patient("Doe Jane", "7", date(2020, 3, 1), 3.0, "F"),
        study_date=date(2023, 4, 1), modality="CR", body_part="CHEST", view="AP",
        photometric="MONOCHROME2", spacing_mm=(0.2, 0.1),
    )  # fmt: skip
    assert again.id == stored.id
    with closing(sqlite3.connect(path)) as connection:
        newest = len(store_schema.MIGRATIONS)
        assert connection.execute("PRAGMA user_version").fetchone() == (newest,)


def test_every_fact_of_a_film_survives_closing(path, case):
    facts = FilmFacts(
        path=case.path, sha256="cd", format="DICOM", width=3, height=2, bits=12,
        patient=Patient("Doe Jane", "7", date(2020, 3, 1), 3.0, "F", "St. Mary"),
        study_date=date(2023, 4, 1), modality="DX", body_part="CHEST", view="PA",
        photometric="MONOCHROME1", spacing_mm=(0.2, 0.1), spacing_kind=SpacingKind.DETECTOR,
        pixel_aspect_ratio=2.0, laterality="U", patient_orientation=("L", "F"),
        study_time=time(12, 30, 1, 500), study_uid="1.2", series_uid="1.2.3", sop_uid="1.2.3.4",
        accession="A1",
    )  # fmt: skip
    with CaseStore(path) as first:
        first.record(replace(case, facts=facts))
    with CaseStore(path) as second:
        (stored,) = second.all()
    assert not isinstance(stored.outcome, Rejected)
    assert stored.outcome.facts == facts


def test_a_later_schema_is_reached_in_one_step(path, case, monkeypatch):
    extra = "ALTER TABLE cases ADD COLUMN made_up TEXT"
    with CaseStore(path) as first:
        first.record(case)
    monkeypatch.setattr(store_schema, "MIGRATIONS", (*store_schema.MIGRATIONS, extra))
    with CaseStore(path) as second:
        assert len(second.all()) == 1
    with closing(sqlite3.connect(path)) as connection:
        newest = len(store_schema.MIGRATIONS)
        assert connection.execute("PRAGMA user_version").fetchone() == (newest,)


def test_a_migration_that_fails_changes_nothing(path, case, monkeypatch):
    with CaseStore(path) as first:
        first.record(case)
    broken = "ALTER TABLE cases ADD COLUMN made_up TEXT;\nALTER TABLE nothing ADD COLUMN x"
    with monkeypatch.context() as patch:
        patch.setattr(store_schema, "MIGRATIONS", (*store_schema.MIGRATIONS, broken))
        with pytest.raises(StoreError, match="cannot be opened"):
            CaseStore(path)
    with CaseStore(path) as again:
        assert len(again.all()) == 1


@pytest.mark.parametrize("version", range(1, len(store_schema.MIGRATIONS) + 1))
def test_a_case_of_every_older_schema_is_in_the_worklist(path, case, version):
    _write_with_version(path, case, version)
    with CaseStore(path) as store:
        (number,) = store.worklist.numbers(Wanted(text="doe"))
        assert store.worklist.page([number])[number].films == 1
