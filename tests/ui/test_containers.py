"""ZIPs, discs and folders dropped on the window, and what remains of them after a restart."""

from pneumo_desktop.core.cases import Case, ReasonCode, Rejected
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.film_loader import GONE
from tests.core import discs, zips
from tests.ui.hands import drop


def dropped(rooms, room, *paths):
    with rooms.qtbot.waitSignal(room.intake.finished, timeout=20_000):
        drop(room.window, *paths)
    rooms.qtbot.waitUntil(lambda: not room.loader.loading, timeout=20_000)
    return room.queue.cases()


def zip_of_two(tmp_path):
    films = [("study/a.png", zips.png(250)), ("b.png", zips.png(10)), ("info.txt", b"a letter")]
    return zips.write(tmp_path / "films.zip", films)


def test_a_dropped_zip_is_answered_shown_and_told_in_a_quiet_sentence(rooms, room, tmp_path):
    packed = zip_of_two(tmp_path)
    cases = dropped(rooms, room, packed)
    assert [c.outcome.path for c in cases] == [packed / "study" / "a.png", packed / "b.png"]
    assert room.film.view.film.facts.path in [c.outcome.path for c in cases]
    assert room.window.message.startswith("2 files answered")
    assert room.window.message.endswith("1 other file not read: info.txt")
    assert "info.txt" in room.window.strip.remark.toolTip()


def test_films_of_a_zip_are_kept_over_a_restart_and_shown_again(rooms, room, tmp_path):
    packed = zip_of_two(tmp_path)
    dropped(rooms, room, packed)
    rooms.close(room)
    again = rooms.open()
    rooms.qtbot.waitUntil(lambda: again.film.view.film is not None, timeout=20_000)
    assert again.film.view.film.facts.path == packed / "study" / "a.png"
    came = [packed / "b.png", packed / "study" / "a.png"]
    assert again.desk.unread_paths() == came
    again.actions["model-card"].trigger()
    assert again.choice.dialog.isVisible()
    again.choice.dialog.close()
    with rooms.qtbot.waitSignal(again.intake.finished, timeout=20_000):
        again.actions["again"].trigger()
    assert len(again.queue.cases()) == 2


def test_a_zip_that_moved_is_told_and_its_films_are_missing(rooms, room, tmp_path):
    packed = zip_of_two(tmp_path)
    dropped(rooms, room, packed)
    rooms.close(room)
    packed.rename(tmp_path / "elsewhere.zip")
    again = rooms.open()
    with rooms.qtbot.waitSignal(again.loader.failed, timeout=20_000) as failed:
        again.desk.show_number(again.queue.cases()[-1].id)
    assert failed.args == [GONE]
    with rooms.qtbot.waitSignal(again.intake.finished, timeout=20_000):
        again.actions["again"].trigger()
    rejected = [c.outcome for c in again.queue.cases() if isinstance(c.outcome, Rejected)]
    assert {outcome.reason.code for outcome in rejected} == {ReasonCode.MISSING}


def test_a_hostile_zip_costs_one_row_and_the_next_film_is_answered(
    rooms, room, tmp_path, film_file
):
    hostile = zips.overlapping(tmp_path / "hostile.zip")
    cases = dropped(rooms, room, hostile, film_file("good.png"))
    assert sorted(type(c.outcome) is Case for c in cases) == [False, True]


def disc(tmp_path):
    films = [discs.film(250), discs.film(20), discs.film(30, view="LL")]
    return discs.with_company(discs.write(tmp_path / "disc", films).parent)


def test_a_dropped_disc_is_its_films_and_laterals_are_told_apart(rooms, room, tmp_path):
    cases = dropped(rooms, room, disc(tmp_path))
    assert len(cases) == 3
    assert all(isinstance(c.outcome, Case) for c in cases)
    assert "1 lateral · 2 other files not read: AUTORUN.INF, viewer.exe" in room.window.message


def test_a_dropped_dicomdir_is_the_films_it_names(rooms, room, tmp_path):
    assert len(dropped(rooms, room, disc(tmp_path) / "DICOMDIR")) == 3
    assert "other file" not in room.window.message


def test_everything_on_a_disc_dropped_at_once_is_the_disc(rooms, room, tmp_path, film_file):
    everything = sorted(disc(tmp_path).iterdir())
    cases = dropped(rooms, room, *everything, film_file("film.png"))
    assert len(cases) == 4
    assert room.window.message.startswith("4 files answered")
    assert "2 other files" in room.window.message


def test_a_zip_without_a_film_is_named_and_a_disc_without_one_is_told(rooms, room, tmp_path):
    (letter,) = dropped(rooms, room, zips.write(tmp_path / "a.zip", [("letter.txt", b"Dear")]))
    assert letter.outcome.path.name == "a.zip"
    assert letter.outcome.reason.code is ReasonCode.UNSUPPORTED
    (tmp_path / "copies").mkdir()
    table = disc(tmp_path) / "DICOMDIR"
    table.rename(tmp_path / "copies" / "OLD")
    dropped(rooms, room, tmp_path / "copies")
    assert room.window.message.startswith("No film found there.")
    assert room.window.message.endswith("1 other file not read: OLD")


def test_names_of_other_files_are_never_taken_for_markup(rooms, room, tmp_path):
    films = [("a.png", zips.png()), ("<img src=x>", b"no film")]
    dropped(rooms, room, zips.write(tmp_path / "a.zip", films))
    assert "<img" in room.window.message
    assert "<img" not in room.window.strip.remark.toolTip()


def test_a_long_remark_does_not_widen_the_window(rooms, room, tmp_path):
    files = [(f"{n}{'x' * 60}.txt", b"a letter") for n in range(50)]
    dropped(rooms, room, zips.write(tmp_path / "a.zip", [("a.png", zips.png()), *files]))
    assert room.window.message.endswith("and 48 more")
    assert room.window.strip.remark.toolTip().endswith("and 10 more</p>")
    rooms.qtbot.wait(50)  # for the layout
    wide = room.window.minimumSizeHint().width()
    room.window.strip.show_idle("Short")
    rooms.qtbot.wait(50)
    assert room.window.minimumSizeHint().width() == wide


def test_the_file_dialog_offers_zips_and_dicomdirs(monkeypatch, qtbot):
    asked = []

    def ask(*words):
        asked.extend(words)
        return [], ""

    monkeypatch.setattr(dialogs.QFileDialog, "getOpenFileNames", ask)
    assert dialogs.ask_films(None) == []
    assert "*.zip DICOMDIR" in asked[-1]
