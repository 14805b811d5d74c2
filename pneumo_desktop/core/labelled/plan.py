"""What the wizard remembers: every choice on the way to a model, in one file written whole."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from pneumo_desktop.core.adoption import BALANCED, Words
from pneumo_desktop.core.labelled.patients import PatientRule
from pneumo_desktop.core.labelled.sources import Source
from pneumo_desktop.core.labelled.split import Shares
from pneumo_desktop.core.settings import write_whole

FOLDER = "training"  # in the folder of all state
FILE = "plan.json"
VERSION = 1
MOST_RECENT = 8


class Plan(Struct, frozen=True):
    """The way to a model so far; a field unknown to this version is ignored.

    `choices` maps the kind of a finding to the code of the choice made. With `listed_parts` films
    stay in the parts that their list gives them, where it gives one to each. `epochs`, `batch` and
    `learning_rate` are None where the recipe's own hold; `page` counts from 0. `settled` holds by
    the name of a page what it and the pages before it had decided when it was done. `recent` are
    the sources that were looked at, the newest first. `point` is the probability from which the
    model made is to call Pneumonia, `words` what its card is to say where that was edited, and
    `reason` why it is to be used.
    """

    version: int = VERSION
    source: Source = Source()
    patients: PatientRule = PatientRule()
    choices: dict[str, str] = {}  # msgspec copies it
    shares: Shares = Shares()
    listed_parts: bool = True
    recipe: str = "efficientnet_lite0"
    epochs: Annotated[int, Meta(ge=1, le=1000)] | None = None
    batch: Annotated[int, Meta(ge=1, le=512)] | None = None
    learning_rate: Annotated[float, Meta(gt=0.0)] | None = None
    augment: bool = True
    name: str = ""
    page: Annotated[int, Meta(ge=0)] = 0
    settled: dict[str, tuple[str, ...]] = {}  # msgspec copies it
    recent: tuple[Source, ...] = ()
    point: Annotated[float, Meta(ge=0.01, le=0.99)] = BALANCED
    words: Words | None = None
    reason: str = ""


def with_source(plan: Plan, source: Source) -> Plan:
    """Return `plan` for films of another source; what was chosen about others' findings ends."""
    if source == plan.source:
        return plan
    others = (known for known in plan.recent if known != source)
    recent = (source, *others)[:MOST_RECENT] if source.path else plan.recent
    return msgspec.structs.replace(plan, source=source, choices={}, recent=recent)


def load_plan(home: Path) -> Plan:
    """Return the plan kept below `home`; an empty one where there is none, or none readable."""
    try:
        plan = msgspec.json.decode((home / FOLDER / FILE).read_bytes(), type=Plan)
    except (OSError, msgspec.DecodeError):
        return Plan()
    return plan if plan.version == VERSION else Plan()


def save_plan(home: Path, plan: Plan) -> None:
    """Keep `plan` below `home`, replacing the old one in one step."""
    write_whole(home / FOLDER / FILE, msgspec.json.format(msgspec.json.encode(plan)) + b"\n")
