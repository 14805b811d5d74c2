"""What is done, photographed and said, step by step, on the page "A morning's list"."""

from morning_hands import Morning
from PySide6.QtCore import Qt
from walked_page import Step

from pneumo_desktop.core.store_query import APART, Status

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def empty(morning: Morning) -> None:
    """Look at the window before anything is in it."""
    morning.settle()


def answered(morning: Morning) -> None:
    """Drop the folder, and wait for the last answer."""
    morning.drop()
    morning.wait(lambda: morning.workplace.film.view.film is not None)
    morning.settle()


def opened(morning: Morning) -> None:
    """Go to the film on top."""
    morning.open("ida")


def lung(morning: Morning) -> None:
    """Spread the dark parts."""
    morning.press(Key.Key_F5)


def attention(morning: Morning) -> None:
    """Back to the whole film, with the map."""
    morning.press(Key.Key_R)
    morning.press(Key.Key_A)


def call(morning: Morning) -> None:
    """Without the map, call it."""
    morning.press(Key.Key_A)
    morning.press(Key.Key_2)


def prior(morning: Morning) -> None:
    """Put the patient's earlier film beside."""
    morning.press(Key.Key_C)


def disagree(morning: Morning) -> None:
    """Put the prior away, and disagree on another film."""
    morning.press(Key.Key_C)
    morning.open("cara")
    morning.press(Key.Key_E)


def disagreed(morning: Morning) -> None:
    """List the films called another way than the model does."""
    morning.narrow(morning.filter.status, Status.DISAGREED)


def check(morning: Morning) -> None:
    """Go to the film that the model is not sure of."""
    morning.narrow(morning.filter.status, None)
    morning.open("david")


def study(morning: Morning) -> None:
    """Call it, and go to the study of two films."""
    morning.press(Key.Key_1)
    morning.open("emil")


def inverted(morning: Morning) -> None:
    """Go to the film with light and dark exchanged."""
    morning.open("hugo")
    morning.press(Key.Key_P)


def adult(morning: Morning) -> None:
    """Go to a patient older than those measured."""
    morning.open("gina")


def blind(morning: Morning) -> None:
    """Hide the answers, and go to a film not yet read."""
    morning.press(Key.Key_B, CONTROL)
    morning.open("ben")


def revealed(morning: Morning) -> None:
    """Call the film, so that its answer comes."""
    morning.press(Key.Key_2)


def apart(morning: Morning) -> None:
    """Show the answers again, and list what has none."""
    morning.press(Key.Key_B, CONTROL)
    morning.narrow(morning.filter.band, APART)
    morning.press(Key.Key_J)


def hidden(morning: Morning) -> None:
    """List all again, without names."""
    morning.narrow(morning.filter.band, None)
    morning.open("finn")
    morning.press(Key.Key_H)


def export(morning: Morning) -> None:
    """Write the list without names."""
    morning.press(Key.Key_H)
    morning.answer_file_dialog(str(morning.films.parent / "morning.csv"))
    morning.press(Key.Key_E, CONTROL | SHIFT)


STEPS = (
    Step(
        empty,
        "Before the films",
        "The list is empty. A folder with the films of the ward and a ZIP of the night is dropped "
        "onto the window.",
    ),
    Step(
        answered,
        "The list, the highest suspicion first",
        "Films are listed as they are answered; you may begin with the first. "
        "Pneumonia comes first, then what the model is not sure of, then Normal. "
        "Films of one study share a row. What is no film stands apart and is counted at the foot.",
    ),
    Step(
        opened,
        "A film with its answer",
        "The film is in the middle. Beside it stand the answer, its confidence and what it means. "
        "`N` goes to the next unread film, `J` and `K` go down and up.",
    ),
    Step(
        lung,
        "A window for the lung",
        "`F5` spreads the dark parts, `F6` the light ones behind the heart. "
        "The right mouse button sets window and level by dragging. `R` shows the film as its file "
        "wants it.",
    ),
    Step(
        attention,
        "Where the evidence lies",
        "`A` lays the attention map over the film. It says which places moved the model's answer. "
        "It is not the outline of a finding. On this synthetic film it lies in a corner beside the "
        "burnt-in word and not over a lung: a reason to look twice.",
        dark=True,
    ),
    Step(
        call,
        "A call in one key",
        "`1` is Normal, `2` is Pneumonia, `3` is another finding, `4` is not diagnostic. "
        "`Y` agrees with the model. `Ctrl+Z` takes the call back.",
    ),
    Step(
        prior,
        "An earlier film beside it",
        "`C` shows an earlier film of the same patient. Both films zoom and move together. "
        "Patients are the same where identifier, its issuer and birth date are.",
        dark=True,
    ),
    Step(
        disagree,
        "Disagree",
        "`E` calls the film the other way round than the model does. "
        "Model and reader stand side by side; nothing argues with you.",
    ),
    Step(
        disagreed,
        "Where you and the model disagree",
        "Choose *Disagreed* above the list to see those films alone, for a second look.",
    ),
    Step(
        check,
        "A film to check",
        "Below a confidence of 70 % the model gives no answer: the film is Invalid, its "
        "priority is Check. You read it alone.",
    ),
    Step(
        study,
        "Two films in one study",
        "The frontal film leads the row; the lateral is one click away below the list. "
        "The model does not read laterals.",
    ),
    Step(
        inverted,
        "Light and dark exchanged",
        "A film that looks inverted is named as such and gets no answer. `P` shows it corrected.",
    ),
    Step(
        adult,
        "A patient outside the ages measured",
        "The model was measured on children aged 1 to 5. On anyone else it is less reliable, "
        "and the window says so beside the answer.",
    ),
    Step(
        blind,
        "Blind first",
        "`Ctrl+B` hides the answers and lists the films as they came. You read without a hint.",
        dark=True,
    ),
    Step(
        revealed,
        "The answer after your call",
        "Once you have called the film, its answer appears. That it was hidden before is kept.",
        dark=True,
    ),
    Step(
        apart,
        "What is no chest film",
        "A holiday picture and a file that was cut short are named with the reason and what to do. "
        "They cost no other film its answer.",
    ),
    Step(
        hidden,
        "Names hidden",
        "`H` hides names and identifiers, for a look together with others.",
    ),
    Step(
        export,
        "The list leaves",
        "`Ctrl+E` writes the list as a CSV file, `Ctrl+Shift+E` the same without paths, notes and "
        "initials. The films themselves were never written.",
    ),
)
