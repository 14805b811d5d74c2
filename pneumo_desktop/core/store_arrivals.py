"""The table `arrivals`: the worklist as a blind reader gets it, made without any answer.

A row for each study, led by the film that came first. Which films share a row is told from what
their files say alone: in `worklist` the model's answer decides who leads and what stands apart,
so that its grouping would give the answer away. This is a migration: change it by another one.
"""

from pneumo_desktop.core.store_worklist import SECONDS_READ, SECONDS_RECEIVED, WORDS, fact

_WAITING = "reader_call IS NULL"
_ROWS = f"""
    SELECT min(id), arrival, count(*), total({_WAITING}), max(archived), max(flagged),
        coalesce(min(CASE WHEN {_WAITING} THEN {SECONDS_RECEIVED} END), min({SECONDS_RECEIVED})),
        CASE WHEN total({_WAITING}) = 0 THEN max({SECONDS_READ}) END,
        max(reader_call IS NOT NULL AND label <> 'Invalid' AND label <> reader_call),
        group_concat({WORDS}, ' ')
    FROM cases"""  # noqa: S608 - our own names


def refresh(*studies: str) -> str:
    """Return the statements that write the rows of these studies anew."""
    some = " UNION ".join(f"SELECT {study}" for study in studies)
    return f"""
    DELETE FROM arrivals WHERE study IN ({some});
    INSERT INTO arrivals {_ROWS} WHERE arrival IN ({some}) GROUP BY arrival;"""  # noqa: S608 - our own names


MIGRATION = f"""
    ALTER TABLE cases ADD COLUMN arrival TEXT GENERATED ALWAYS AS (
        CASE WHEN archived THEN 'archived ' ELSE '' END ||
        CASE WHEN outcome = 'case' AND {fact("study_uid")} <> ''
        THEN 'study ' || {fact("study_uid")} || ' ' || {fact("patient.identifier")}
        ELSE identity END) VIRTUAL;
    CREATE INDEX cases_by_arrival ON cases (arrival);
    CREATE TABLE arrivals (
        case_id INTEGER PRIMARY KEY,    -- the film that came first
        study TEXT NOT NULL UNIQUE,
        films INTEGER NOT NULL,
        unread INTEGER NOT NULL,        -- how many of them
        archived INTEGER NOT NULL,
        flagged INTEGER NOT NULL,
        received REAL NOT NULL,         -- seconds since 1970, of the first that is unread
        read_at REAL,                   -- the same, of the last call; NULL while one is unread
        disagreed INTEGER NOT NULL,     -- a film was called otherwise than the model says
        words TEXT NOT NULL             -- what the search looks through
    );
    CREATE TRIGGER arrivals_follow_insert AFTER INSERT ON cases BEGIN
        {refresh("NEW.arrival")} END;
    CREATE TRIGGER arrivals_follow_delete AFTER DELETE ON cases BEGIN
        {refresh("OLD.arrival")} END;
    CREATE TRIGGER arrivals_follow_update AFTER UPDATE OF
        identity, path, received, outcome, facts, reader_call, read_at, note, flagged, archived
        ON cases BEGIN
        {refresh("OLD.arrival", "NEW.arrival")} END;
    INSERT INTO arrivals {_ROWS} GROUP BY arrival;
"""
