"""The film on view: its loader, its stage and its tools."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup

from pneumo_desktop.core.windowing import Preset
from pneumo_desktop.ui.film_actions import TOOLS
from pneumo_desktop.ui.film_picture import FilmPicture
from pneumo_desktop.ui.image_view import ImageView, Tool
from pneumo_desktop.ui.window_dialog import WindowDialog

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace

_TURNS = {
    "rotate-right": FilmPicture.rotate_right,
    "rotate-left": FilmPicture.rotate_left,
    "flip-sideways": FilmPicture.flip_sideways,
    "flip-upright": FilmPicture.flip_upright,
}
_TOOLS = dict(zip(TOOLS, (Tool.WINDOW, Tool.REGION, Tool.RULER), strict=True))


def connect_film(workplace: "Workplace") -> None:
    """Connect the film's pixels and the tools that turn, zoom, measure and overlay it."""
    film, stage, loader = workplace.film, workplace.stage, workplace.loader
    loader.loaded.connect(stage.show_film)
    for moment in (loader.loaded, workplace.intake.finished):  # new films change who is next
        moment.connect(lambda *_: loader.read_ahead(workplace.queue.around()))
    workplace.desk.erased.connect(loader.drop)
    workplace.desk.erased.connect(workplace.loader_beside.drop)
    loader.failed.connect(stage.show_problem)
    loader.slow.connect(stage.show_waiting)
    stage.told.connect(workplace.window.show_message)
    stage.laid.connect(lambda shown, remark: film.set_legend_shown(shown=shown, remark=remark))
    for view in (film.view, film.beside):
        view.set_attention_opacity(film.opacity)
        film.opacity_chosen.connect(view.set_attention_opacity)
    _connect_place(workplace)
    _connect_look(workplace)
    _connect_tools(workplace)
    _connect_attention(workplace)


def _connect_place(workplace: "Workplace") -> None:
    ways: dict[str, Callable[[ImageView], None]] = {
        "fit": ImageView.fit,
        "actual-size": ImageView.actual_size,
        "zoom-in": lambda view: view.zoom(1),
        "zoom-out": lambda view: view.zoom(-1),
        "reset": ImageView.reset,
    }
    for name, way in ways.items():
        workplace.actions[name].triggered.connect(partial(_place, workplace, way))


def _connect_look(workplace: "Workplace") -> None:
    actions = workplace.actions
    actions["invert"].triggered.connect(partial(_turn, workplace, FilmPicture.invert))
    actions["correct-polarity"].triggered.connect(workplace.stage.correct_polarity)
    for name, turn in _TURNS.items():
        actions[name].triggered.connect(partial(_turn, workplace, turn))
    for preset in Preset:
        actions[f"window-{preset}"].triggered.connect(partial(_preset, workplace, preset))
    actions["window-own"].triggered.connect(partial(_show_own, workplace))
    actions["window-values"].triggered.connect(partial(_ask_window, workplace))


def _connect_tools(workplace: "Workplace") -> None:
    film, actions = workplace.film, workplace.actions
    group = QActionGroup(workplace)
    group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
    for name in TOOLS:
        group.addAction(actions[name])
        actions[name].toggled.connect(partial(_choose_tool, workplace))
    for view in (film.view, film.beside):
        view.region_taken.connect(lambda: actions["region"].setChecked(False))
        actions["clear-rulers"].triggered.connect(view.clear_distances)


def _connect_attention(workplace: "Workplace") -> None:
    for stage in (workplace.stage, workplace.stage_beside):
        workplace.actions["attention"].toggled.connect(stage.show_attention)
        workplace.held.pressed.connect(partial(stage.hold_attention, held=True))
        workplace.held.released.connect(partial(stage.hold_attention, held=False))


def _place(workplace: "Workplace", way: Callable[[ImageView], None], *_: object) -> None:
    view = workplace.film.pair.active
    way(view)
    workplace.film.pair.share_place(view)


def _turn(workplace: "Workplace", how: Callable[[FilmPicture], None], *_: object) -> None:
    """Turn and inversion are each film's own: the other may have been stored another way."""
    workplace.film.pair.active.change(how)


def _preset(workplace: "Workplace", preset: Preset, *_: object) -> None:
    view = workplace.film.pair.active
    view.change(lambda picture: picture.set_preset(preset, exchanged=view.exchanged))
    workplace.film.pair.share_window(view)


def _show_own(workplace: "Workplace", *_: object) -> None:
    """The file's own window says nothing of another file's."""
    view = workplace.film.pair.active
    view.change(FilmPicture.next_own)
    if view.film and not view.film.offered:
        text = workplace.tr("The file names no window of its own: the film is shown as it came.")
        workplace.window.show_message(text)


def _choose_tool(workplace: "Workplace", *_: object) -> None:
    chosen = [tool for name, tool in _TOOLS.items() if workplace.actions[name].isChecked()]
    for view in (workplace.film.view, workplace.film.beside):
        view.set_tool(chosen[0] if chosen else Tool.PAN)


def _ask_window(workplace: "Workplace", *_: object) -> None:
    view, pair = workplace.film.pair.active, workplace.film.pair
    picture = view.picture
    if picture is None:
        return
    dialog, before = WindowDialog(picture.window, workplace.window), picture.look
    dialog.chosen.connect(lambda window: view.change(lambda p: p.set_window(window)))
    dialog.accepted.connect(lambda: pair.share_window(view))
    dialog.rejected.connect(lambda: view.change(lambda p: p.set_window(before.voi, before.named)))
    dialog.open()
