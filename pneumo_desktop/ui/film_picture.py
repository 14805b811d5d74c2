"""The film under a window, turned: from its full depth to the part of it that the screen shows."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QTransform

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.greyscale import Pixels, Voi, Window, WindowFunction
from pneumo_desktop.core.windowing import Preset, SharedWindow, tones
from pneumo_desktop.ui.image_render import scaled, start_window, to_image, turned
from pneumo_desktop.ui.orientation import Edges, Point, Turn, edges
from pneumo_desktop.ui.viewport import Size, Viewport

DRAG_FOR_SPAN = 500.0  # logical pixels of drag that cross the values that matter
NARROWEST = 1e-3  # of those values, where the window function allows less than 1


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How the reader wants to see the film; `named` is the preset or the file's own word."""

    voi: Voi
    named: str = ""
    inverted: bool = False
    turn: Turn = field(default_factory=Turn)


@dataclass(frozen=True, slots=True)
class Visible:
    """A part of the film as an image, and where it lies, in device pixels."""

    image: QImage
    where: QRectF


class FilmPicture:
    """One film for one screen."""

    def __init__(self, film: Film) -> None:
        self.film = film
        self._tones = tones(film)
        self._own = 0  # which of the file's own windows was last shown
        self.look = Look(film.voi, self._own_name())
        self._values: tuple[tuple[int, int], Pixels] | None = None
        self._drawn: tuple[object, QImage] | None = None

    @property
    def size(self) -> Size:
        """Width and height as shown, in film pixels; a tall pixel takes its room."""
        facts = self.film.facts
        return self.look.turn.size(facts.width, facts.height * facts.pixel_aspect_ratio)

    @property
    def edges(self) -> Edges | None:
        """Which side of the patient lies where, as far as the file says."""
        return edges(self.film.facts.patient_orientation, self.look.turn)

    def to_shown(self, point: Point) -> Point:
        """Return where a point of the film as stored is shown, in film pixels."""
        facts, aspect = self.film.facts, self.film.facts.pixel_aspect_ratio
        return self.look.turn.to_shown(
            (point[0], point[1] * aspect), facts.width, facts.height * aspect
        )

    def to_stored(self, point: Point) -> Point:
        """Return which point of the film as stored is shown at a point."""
        facts, aspect = self.film.facts, self.film.facts.pixel_aspect_ratio
        x, y = self.look.turn.to_film(point, facts.width, facts.height * aspect)
        return x, y / aspect

    def transform(self, place: Viewport) -> QTransform:
        """Return the way from the film as stored, measured 0-1, to device pixels."""
        facts = self.film.facts
        corners = ((0.0, 0.0), (facts.width, 0.0), (0.0, facts.height))
        (x0, y0), (x1, y1), (x2, y2) = map(self.to_shown, corners)
        scale = place.scale
        return QTransform(
            scale * (x1 - x0), scale * (y1 - y0), scale * (x2 - x0), scale * (y2 - y0),
            place.left + scale * x0, place.top + scale * y0,
        )  # fmt: skip

    def invert(self) -> None:
        """Turn light and dark round."""
        self.look = replace(self.look, inverted=not self.look.inverted)

    def rotate_right(self) -> None:
        """Turn the film clockwise by 90 degrees."""
        self._turn(self.look.turn.clockwise())

    def rotate_left(self) -> None:
        """Turn the film counter-clockwise by 90 degrees."""
        self._turn(self.look.turn.clockwise(-1))

    def flip_sideways(self) -> None:
        """Exchange left and right."""
        self._turn(self.look.turn.flipped_sideways())

    def flip_upright(self) -> None:
        """Exchange top and bottom."""
        self._turn(self.look.turn.flipped_upright())

    def _turn(self, turn: Turn) -> None:
        self.look = replace(self.look, turn=turn)

    def set_window(self, voi: Voi, named: str = "") -> None:
        """Show the film under a window."""
        self.look = replace(self.look, voi=voi, named=named)

    def set_preset(self, preset: Preset, *, exchanged: bool) -> None:
        """Show a named window; `exchanged` where the file has light and dark the wrong way."""
        dark_is_high = self.film.inverted != exchanged
        self.set_window(self._tones.window(preset, inverted=dark_is_high), preset)

    def next_own(self) -> None:
        """Show the next of the file's own windows, the first where another was on view.

        Where the file names none, the film is shown as it came.
        """
        offered = max(len(self.film.offered), 1)
        own = self.film.offered[self._own].voi if self.film.offered else self.film.voi
        self._own = (self._own + 1) % offered if self.look.voi is own else 0
        voi = self.film.offered[self._own].voi if self.film.offered else self.film.voi
        self.set_window(voi, self._own_name())

    @property
    def shows_own(self) -> bool:
        """Whether the window is one that the file asks for, or the film is shown as it came."""
        own = (self.film.voi, *(offered.voi for offered in self.film.offered))
        return any(self.look.voi is voi for voi in own)

    def _own_name(self) -> str:
        offered = self.film.offered
        if not offered:
            return "full range"  # the file asks for nothing
        said = offered[self._own].explanation
        number = f" {self._own + 1} of {len(offered)}" if len(offered) > 1 else ""
        return said or f"file's own{number}"

    @property
    def window(self) -> Window:
        """The window from which a drag or a number goes on."""
        return self.look.voi if isinstance(self.look.voi, Window) else start_window(self.film)

    def drag_window(self, dx: float, dy: float) -> None:
        """Widen by `dx` and shift by `dy` logical pixels, measured by the film's own values."""
        now, step = self.window, self._tones.span / DRAG_FOR_SPAN
        linear = now.function is WindowFunction.LINEAR
        least = 1.0 if linear else NARROWEST * self._tones.span
        width = max(now.width + dx * step, least)
        self.set_window(Window(now.center + dy * step, width, now.function))

    @property
    def shared_window(self) -> SharedWindow | None:
        """The window in terms that hold for another film; None under a table of the file's."""
        voi = self.look.voi
        if not isinstance(voi, Window):
            return None
        return self._tones.shared(voi, inverted=self.film.inverted)

    def take_window(self, shared: SharedWindow | None, named: str) -> None:
        """Show the film as another film is shown."""
        if shared is None:
            self.set_window(self.film.voi, self._own_name())
        else:
            self.set_window(self._tones.own(shared, inverted=self.film.inverted), named)

    def visible(self, place: Viewport, room: Size) -> Visible | None:
        """Return the part that lies in the room; None where nothing does.

        At less than 1:1 the film is averaged once for each zoom, and a cell is a device pixel.
        """
        values = turned(self._at(place.scale), self.look.turn)
        rows, columns = values.shape
        across, down = place.scale * self.size[0] / columns, place.scale * self.size[1] / rows
        left, right = _range(place.left, across, columns, room[0])
        top, bottom = _range(place.top, down, rows, room[1])
        if left >= right or top >= bottom:
            return None
        key = (self.look, place.scale, left, top, right, bottom)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, self._render(values[top:bottom, left:right]))
        x, y = place.left + left * across, place.top + top * down
        if place.scale < 1.0:
            x, y, across, down = round(x), round(y), 1.0, 1.0
        return Visible(self._drawn[1], QRectF(x, y, (right - left) * across, (bottom - top) * down))

    def _render(self, values: Pixels) -> QImage:
        inverted = self.film.inverted != self.look.inverted
        return to_image(values, self.look.voi, inverted=inverted, padding=self.film.padding)

    def _at(self, scale: float) -> Pixels:
        """Return the values, as stored, at the zoom; the film's own from 1:1 on."""
        facts = self.film.facts
        width = max(1, min(facts.width, round(facts.width * scale)))
        tall = facts.height * facts.pixel_aspect_ratio
        height = max(1, min(facts.height, round(tall * scale)))
        if (width, height) == (facts.width, facts.height):
            return self.film.pixels
        if self._values is None or self._values[0] != (width, height):
            small = scaled(self.film.pixels, width, height, self.film.padding)
            self._values = ((width, height), small)
        return self._values[1]


def _range(start: float, cell: float, count: int, room: float) -> tuple[int, int]:
    """Return the first cell in the room and the one behind the last."""
    first = max(0, int(-start // cell))
    return first, min(count, int((room - start) // cell) + 1)
