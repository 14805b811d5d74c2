import json
import multiprocessing
import os
import pickle
import struct
import threading
from datetime import date, time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pneumo_desktop.core import handover
from pneumo_desktop.core.cases import (
    Film,
    FilmFacts,
    NamedVoi,
    Patient,
    Reason,
    ReasonCode,
    SpacingKind,
)
from pneumo_desktop.core.greyscale import LookupTable, full_window
from pneumo_desktop.core.handover import Failure, RubbishError, Trouble
from tests.core import decoders


@pytest.fixture
def pipe():
    ours, theirs = multiprocessing.Pipe()
    yield ours, theirs
    ours.close()
    theirs.close()


def travelled(pipe, answer):
    ours, theirs = pipe
    sender = threading.Thread(target=handover.send, args=(theirs, answer))
    sender.start()
    arrived = handover.receive(ours)
    sender.join()
    return arrived


def spelled(**changes) -> dict:
    """Return the header of a small film, changed."""
    ours, theirs = multiprocessing.Pipe()
    handover.send(theirs, decoders.film(Path("a")))
    header = json.loads(ours.recv_bytes())
    ours.close()
    theirs.close()
    for place, value in changes.items():
        inside = header
        *way, last = place.split("__")
        for step in way:
            inside = inside[int(step) if step.isdigit() else step]
        inside[last] = value
    return header


def hears(pipe, header, *pieces):
    ours, theirs = pipe
    theirs.send_bytes(header if isinstance(header, bytes) else json.dumps(header).encode())
    for piece in pieces:
        theirs.send_bytes(piece)
    theirs.close()
    return handover.receive(ours)


FACTS = FilmFacts(
    Path("ein film.dcm"), "ab" * 32, "DICOM", 1200, 1000, 12,
    Patient("山田 太郎", "7", date(2020, 2, 29), 3.5, "F"), date(2023, 4, 1), "CR",
    spacing_mm=(0.2, 0.1), spacing_kind=SpacingKind.DETECTOR, patient_orientation=("L", "F"),
    study_time=time(23, 59, 1, 500),
)  # fmt: skip


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.float32])
def test_a_film_arrives_as_it_was_sent(pipe, dtype):
    pixels = np.arange(1_200_000).reshape(1000, 1200).astype(dtype)
    table = LookupTable(-3, np.linspace(0, 1, 4096, dtype=np.float32))
    offered = (NamedVoi(full_window(12), "lung"), NamedVoi(full_window(8)))
    for voi in (table, full_window(12)):
        film = travelled(pipe, Film(FACTS, pixels, voi, True, offered, 7.0))
        assert film.facts == FACTS
        assert (film.offered, film.padding) == (offered, 7.0)
        assert film.pixels.dtype == dtype
        assert np.array_equal(film.pixels, pixels)
        assert film.inverted
        if voi is table:
            assert (film.voi.first, film.voi.grey.tolist()) == (-3, table.grey.tolist())
        else:
            assert film.voi == voi


def test_pixels_in_another_order_of_rows_or_bytes_arrive_the_same(pipe):
    pixels = np.arange(1280, dtype=">u2").reshape(32, 40).T
    film = decoders.film(Path("a"))
    arrived = travelled(pipe, Film(film.facts, pixels, film.voi))
    assert np.array_equal(arrived.pixels, pixels)
    assert arrived.pixels.dtype == np.uint16


@pytest.mark.parametrize(
    "answer",
    [Reason(ReasonCode.NO_PIXELS, "No image."), Failure(Trouble.BUG, "KeyError in a.py, line 1")],
)
def test_reasons_and_failures_arrive(pipe, answer):
    assert travelled(pipe, answer) == answer


def test_a_name_that_is_no_text_is_still_a_path(pipe):
    facts = FilmFacts(Path(os.fsdecode(b"b\xe9be\n.png")), "ab" * 32, "PNG", 32, 40, 8)
    film = decoders.film(Path("a"))
    assert travelled(pipe, Film(facts, film.pixels, film.voi)).facts == facts


def test_text_that_no_encoding_knows_is_made_harmless(pipe):
    facts = FilmFacts(Path("a"), "", "PNG", 32, 40, 8, Patient("\udcff"), modality="x" * 5000)
    film = decoders.film(Path("a"))
    arrived = travelled(pipe, Film(facts, film.pixels, film.voi)).facts
    assert arrived.patient.name == "?"
    assert len(arrived.modality) == handover.MOST_TEXT


def test_a_reason_cannot_command_a_terminal(pipe):
    text = travelled(pipe, Reason(ReasonCode.CRASHED, "\x1b[2Jgone\nline")).text
    assert text == " [2Jgone line"


def test_what_is_not_plain_is_not_sent(pipe):
    film = decoders.film(Path("a"))
    for spacing in ((np.float32(1), 1.0), (float("nan"), 1.0)):
        facts = FilmFacts(Path("a"), "", "PNG", 32, 40, 8, spacing_mm=spacing)
        with pytest.raises((TypeError, ValueError)):
            handover.send(pipe[1], Film(facts, film.pixels, film.voi))
    assert not pipe[0].poll()


class Bomb:
    def __reduce__(self):
        return os.mkdir, ("exploded",)


def test_a_pickle_is_not_unpickled(pipe, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RubbishError):
        hears(pipe, pickle.dumps(Bomb()))
    assert not Path("exploded").exists()


PIXELS = bytes(32 * 40)


def test_the_header_the_rubbish_is_made_from_is_itself_an_answer(pipe):
    assert hears(pipe, spelled(), PIXELS).facts.width == 32


@pytest.mark.parametrize(
    "changes",
    [
        {"answer__is": "Patient"},
        {"answer__is": "Answer"},
        {"answer__more": 1},
        {"answer__inverted": 1},
        {"answer__pixels": {"array": 1}},
        {"answer__pixels": {"array": -1}},
        {"answer__pixels": {"array": True}},
        {"answer__pixels": [1, 2]},
        {"answer__voi": {"array": 0}},
        {"answer__voi": {"is": "LookupTable", "first": 0, "grey": {"array": 0}}},
        {"answer__voi__width": 0},
        {"answer__voi__width": float("nan")},
        {"answer__voi__center": 1e301},
        {"answer__voi__center": True},
        {"answer__voi__function": "CUBIC"},
        {"answer__facts__width": 33},
        {"answer__facts__width": 1 << 70},
        {"answer__facts__bits": 0},
        {"answer__facts__bits": 65},
        {"answer__facts__bits": "8"},
        {"answer__facts__sha256": 7},
        {"answer__facts__format": "x" * 1001},
        {"answer__facts__format": "\udcff"},
        {"answer__facts__study_date": "yesterday"},
        {"answer__facts__spacing_mm": [1.0]},
        {"answer__facts__spacing_mm": 1.0},
        {"answer__facts__patient": None},
        {"arrays__0__dtype": "O"},
        {"arrays__0__dtype": "|V1"},
        {"arrays__0__dtype": "nonsense"},
        {"arrays__0__dtype": ">u2"},
        {"arrays__0__shape": [1280]},
        {"arrays__0__shape": [0, 40]},
        {"arrays__0__shape": [-40, -32]},
        {"arrays__0__shape": [40.0, 32]},
        {"arrays__0__shape": [1 << 20, 1 << 20]},
        {"arrays": []},
        {"arrays": 3},
        {"answer": None},
    ],
)
def test_rubbish_is_refused(pipe, changes):
    with pytest.raises((RubbishError, EOFError, OSError)):
        hears(pipe, spelled(**changes), PIXELS)


@pytest.mark.parametrize(
    "pieces", [[b""], [PIXELS + b"x"], [PIXELS[:-1]], []], ids=["empty", "long", "short", "none"]
)
def test_pixels_that_do_not_fit_are_refused(pipe, pieces):
    with pytest.raises((RubbishError, EOFError, OSError)):
        hears(pipe, spelled(), *pieces)


def test_fractions_that_are_no_numbers_are_refused(pipe):
    header = spelled(arrays__0__dtype="<f4")
    with pytest.raises(RubbishError, match="no numbers"):
        hears(pipe, header, np.full(1280, np.nan, np.float32).tobytes())


def test_a_header_without_end_is_not_read(pipe):
    ours, theirs = pipe
    os.write(theirs.fileno(), struct.pack("!i", handover.MOST_HEADER_BYTES + 1))
    with pytest.raises(OSError, match="message length"):
        handover.receive(ours)


@pytest.mark.parametrize("header", [b"[" * 100_000, b'{"answer": ' * 9999, b"\xff\xfe", b"1e999"])
def test_json_that_is_none_is_refused(pipe, header):
    with pytest.raises(RubbishError):
        hears(pipe, header)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)


@settings(deadline=None)
@given(
    place=st.sampled_from(
        ["answer", "answer__facts", "answer__voi", "answer__pixels", "answer__facts__patient",
         "answer__facts__study_date", "answer__facts__bits", "arrays", "arrays__0__shape"]
    ),
    value=JSON,
)  # fmt: skip
def test_whatever_stands_anywhere_is_an_answer_or_rubbish(place, value):
    ours, theirs = multiprocessing.Pipe()
    try:
        answer = hears((ours, theirs), spelled(**{place: value}), PIXELS)
    except (RubbishError, EOFError, OSError):
        return
    finally:
        ours.close()
    assert isinstance(answer, Film)
