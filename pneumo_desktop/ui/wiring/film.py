"""The film on view: its loader, its stage and its tools."""

from typing import TYPE_CHECKING

from pneumo_desktop.ui.image_view import Tool

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_film(workplace: "Workplace") -> None:
    """Connect the film's pixels and the tools that turn, zoom and overlay it."""
    film, stage, loader = workplace.film, workplace.stage, workplace.loader
    view, actions = film.view, workplace.actions
    loader.loaded.connect(stage.show_film)
    loader.failed.connect(stage.show_problem)
    loader.slow.connect(stage.show_waiting)
    stage.told.connect(workplace.window.show_message)
    actions["fit"].triggered.connect(view.fit)
    actions["actual-size"].triggered.connect(view.actual_size)
    actions["zoom-in"].triggered.connect(lambda: view.zoom(1))
    actions["zoom-out"].triggered.connect(lambda: view.zoom(-1))
    actions["window"].toggled.connect(lambda on: view.set_tool(Tool.WINDOW if on else Tool.PAN))
    actions["invert"].triggered.connect(view.invert)
    actions["correct-polarity"].triggered.connect(stage.correct_polarity)
    actions["reset"].triggered.connect(view.reset)
    actions["attention"].toggled.connect(stage.show_attention)
    view.set_attention_opacity(film.opacity)
    film.opacity_chosen.connect(view.set_attention_opacity)
