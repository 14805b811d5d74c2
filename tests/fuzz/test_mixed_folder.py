"""A slice of `make mixed-folder`, on demo films alone."""

from tests.core.hostile_files import HOSTILE
from tests.fuzz import mixed_folder


def test_good_films_keep_their_answers_among_hostile_files(tmp_path, monkeypatch):
    monkeypatch.delenv("PNEUMO_DATA", raising=False)
    films = mixed_folder.good_films()
    mixed, good = tmp_path / "mixed", tmp_path / "good"
    mixed_folder.fill(mixed, good, 3 * (len(HOSTILE) + 4), films)
    alone, among = mixed_folder.screened(good), mixed_folder.screened(mixed)
    assert len(alone) == 2 * (len(HOSTILE) + 4)
    assert all(answer["outcome"] == "case" for answer in alone.values())
    assert mixed_folder.changed(among, alone) == []
    refused = [answer for answer in among.values() if answer["outcome"] == "rejected"]
    assert len(refused) >= len(HOSTILE) - 1


def test_a_changed_or_missing_answer_is_found():
    answer, other = {"label": "Normal"}, {"label": "Pneumonia"}
    assert mixed_folder.changed({"a": answer, "b": other}, {"a": answer, "b": answer}) == ["b"]
    assert mixed_folder.changed({}, {"a": answer}) == ["a"]
