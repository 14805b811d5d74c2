"""The table `worklist`: a narrow row for each study, which triggers keep in step with `cases`.

The list sorts and filters a hundred thousand rows by it without touching the cases themselves.
Films of one study share a row, led by the most urgent frontal film. What has no priority (no chest
film, or unreadable) stands in a row of its own, and so does what is archived, apart from the study
it left. This is a migration: change it by another one.
"""


def fact(name: str) -> str:
    """Return what a film's file says, empty where it does not, in SQL."""
    return f"coalesce(json_extract(facts, '$.{name}'), '')"


def _seconds(column: str) -> str:
    """Return a column's ISO 8601 text as seconds since 1970 (UTC)."""
    return f"(julianday({column}) - 2440587.5) * 86400.0"


SECONDS_RECEIVED, SECONDS_READ = _seconds("received"), _seconds("read_at")
_PATH = r"replace(CAST(path AS TEXT), '\', '/')"
_FILE_NAME = f"replace({_PATH}, rtrim({_PATH}, replace({_PATH}, '/', '')), '')"
_NAMES = f"nullif({fact('patient.name')}, ''), nullif({fact('patient.identifier')}, '')"
_TITLE = f"coalesce({_NAMES}, {_FILE_NAME})"
WORDS = " || ' ' || ".join(
    (
        fact("patient.name"), fact("patient.identifier"), fact("accession"), fact("view"),
        "CAST(path AS TEXT)", "coalesce(reader_call, '')", "note",
    )
)  # fmt: skip
_FRONTAL_FIRST = """
    reason_code IS 'lateral-view',
    CASE priority WHEN 'High' THEN 1 WHEN 'Medium' THEN 2 WHEN 'Check' THEN 3 ELSE 4 END,
    severity DESC, id"""
_APART = (
    "CASE WHEN priority IS NOT NULL THEN NULL WHEN outcome = 'case' THEN reason_code "
    "ELSE 'unreadable' END"
)


def refresh(*studies: str) -> str:
    """Return the statements that write the rows of these studies anew."""
    some = " UNION ".join(f"SELECT {study} AS study" for study in studies)
    waiting = "reader_call IS NULL"
    return f"""
    DELETE FROM worklist WHERE study IN ({some});
    INSERT INTO worklist
    SELECT lead.id, lead.study, films.first_id, films.films, films.unread, lead.archived,
        films.flagged, lead.priority, {_APART}, lead.severity, lead.label, lead.confidence,
        lead.reason_code, {_TITLE}, json_extract(facts, '$.patient.age_years'),
        {fact("patient.sex")}, {fact("view")}, films.received, films.read_at,
        lead.reader_call, films.words
    FROM ({some}) AS touched
    JOIN cases AS lead ON lead.id = (
        SELECT id FROM cases WHERE study = touched.study ORDER BY {_FRONTAL_FIRST} LIMIT 1)
    JOIN (
        SELECT study, min(id) AS first_id, count(*) AS films, total({waiting}) AS unread,
            max(flagged) AS flagged,
            coalesce(min(CASE WHEN {waiting} THEN {SECONDS_RECEIVED} END),
                min({SECONDS_RECEIVED})) AS received,
            CASE WHEN total({waiting}) = 0 THEN max({SECONDS_READ}) END AS read_at,
            group_concat({WORDS}, ' ') AS words
        FROM cases WHERE study IN ({some}) GROUP BY study
    ) AS films ON films.study = lead.study;"""  # noqa: S608 - our own names


MIGRATION = f"""
    ALTER TABLE cases ADD COLUMN study TEXT GENERATED ALWAYS AS (
        CASE WHEN archived THEN 'archived ' ELSE '' END ||
        CASE WHEN priority IS NOT NULL AND {fact("study_uid")} <> ''
        THEN 'study ' || {fact("study_uid")} || ' ' || {fact("patient.identifier")}
        ELSE identity END) VIRTUAL;
    CREATE INDEX cases_by_study ON cases (study);
    CREATE INDEX cases_by_path ON cases (path);
    CREATE TABLE worklist (
        case_id INTEGER PRIMARY KEY,    -- the film that leads the row
        study TEXT NOT NULL UNIQUE,
        first_id INTEGER NOT NULL,      -- the film that came first
        films INTEGER NOT NULL,
        unread INTEGER NOT NULL,        -- how many of them
        archived INTEGER NOT NULL,
        flagged INTEGER NOT NULL,
        priority TEXT,
        apart TEXT,                     -- why it has no priority
        severity REAL,
        label TEXT NOT NULL,
        confidence REAL,
        reason_code TEXT,
        title TEXT COLLATE NOCASE,
        age REAL,
        sex TEXT,
        view TEXT,
        received REAL NOT NULL,         -- seconds since 1970, of the first that is unread
        read_at REAL,                   -- the same, of the last call; NULL while one is unread
        reader_call TEXT,
        words TEXT NOT NULL             -- what the search looks through
    );
    CREATE INDEX worklist_in_order ON worklist (
        archived, priority, severity, received, read_at, unread, case_id);
    CREATE TRIGGER worklist_follows_insert AFTER INSERT ON cases BEGIN
        {refresh("NEW.study")} END;
    CREATE TRIGGER worklist_follows_delete AFTER DELETE ON cases BEGIN
        {refresh("OLD.study")} END;
    CREATE TRIGGER worklist_follows_update AFTER UPDATE ON cases BEGIN
        {refresh("OLD.study", "NEW.study")} END;
    UPDATE cases SET note = note;
"""  # noqa: S608 - our own names
