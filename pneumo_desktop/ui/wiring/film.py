"""The film on view: its loader, its stage and its tools."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup

from pneumo_desktop.core.windowing import Preset
from pneumo_desktop.ui.film_actions import TOOLS
from pneumo_desktop.ui.film_picture import FilmPicture
from pneumo_desktop.ui.image_view import Tool
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
    loader.failed.connect(stage.show_problem)
    loader.slow.connect(stage.show_waiting)
    stage.told.connect(workplace.window.show_message)
    film.view.set_attention_opacity(film.opacity)
    film.opacity_chosen.connect(film.view.set_attention_opacity)
    _connect_place(workplace)
    _connect_look(workplace)
    _connect_tools(workplace)
    _connect_attention(workplace)


def _connect_place(workplace: "Workplace") -> None:
    view, actions = workplace.film.view, workplace.actions
    actions["fit"].triggered.connect(view.fit)
    actions["actual-size"].triggered.connect(view.actual_size)
    actions["zoom-in"].triggered.connect(lambda: view.zoom(1))
    actions["zoom-out"].triggered.connect(lambda: view.zoom(-1))
    actions["reset"].triggered.connect(view.reset)


def _connect_look(workplace: "Workplace") -> None:
    view, actions = workplace.film.view, workplace.actions
    actions["invert"].triggered.connect(view.invert)
    actions["correct-polarity"].triggered.connect(workplace.stage.correct_polarity)
    for name, turn in _TURNS.items():
        actions[name].triggered.connect(partial(_change, workplace, turn))
    for preset in Preset:
        actions[f"window-{preset}"].triggered.connect(partial(_preset, workplace, preset))
    actions["window-own"].triggered.connect(partial(_change, workplace, FilmPicture.next_own))
    actions["window-values"].triggered.connect(partial(_ask_window, workplace))


def _connect_tools(workplace: "Workplace") -> None:
    view, actions = workplace.film.view, workplace.actions
    group = QActionGroup(workplace)
    group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
    for name in TOOLS:
        group.addAction(actions[name])
        actions[name].toggled.connect(partial(_choose_tool, workplace))
    view.region_taken.connect(lambda: actions["region"].setChecked(False))
    actions["clear-rulers"].triggered.connect(view.clear_distances)


def _connect_attention(workplace: "Workplace") -> None:
    stage, actions = workplace.stage, workplace.actions
    actions["attention"].toggled.connect(stage.show_attention)
    workplace.held.pressed.connect(lambda: stage.hold_attention(held=True))
    workplace.held.released.connect(lambda: stage.hold_attention(held=False))


def _change(workplace: "Workplace", how: Callable[[FilmPicture], None], *_: object) -> None:
    workplace.film.view.change(how)


def _preset(workplace: "Workplace", preset: Preset, *_: object) -> None:
    view = workplace.film.view
    view.change(lambda picture: picture.set_preset(preset, exchanged=view.exchanged))


def _choose_tool(workplace: "Workplace", *_: object) -> None:
    chosen = [tool for name, tool in _TOOLS.items() if workplace.actions[name].isChecked()]
    workplace.film.view.set_tool(chosen[0] if chosen else Tool.PAN)


def _ask_window(workplace: "Workplace", *_: object) -> None:
    view = workplace.film.view
    picture = view.picture
    if picture is None:
        return
    dialog, before = WindowDialog(picture.window, workplace.window), picture.look
    dialog.chosen.connect(lambda window: view.change(lambda p: p.set_window(window)))
    dialog.rejected.connect(lambda: view.change(lambda p: p.set_window(before.voi, before.named)))
    dialog.open()
