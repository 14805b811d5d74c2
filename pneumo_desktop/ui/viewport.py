"""Where a film lies in its widget: plain geometry in device pixels, without Qt."""

from dataclasses import dataclass, replace

SMALLEST, LARGEST = 0.02, 32.0

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Viewport:
    """`scale` is device pixels per film pixel; (`left`, `top`) is the film's corner."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def zoomed(self, factor: float, x: float, y: float) -> "Viewport":
        """Return the view zoomed so that the film's point below (x, y) stays there."""
        scale = min(max(self.scale * factor, SMALLEST), LARGEST)
        grown = scale / self.scale
        return Viewport(scale, x - (x - self.left) * grown, y - (y - self.top) * grown)

    def moved(self, dx: float, dy: float) -> "Viewport":
        """Return the view moved by device pixels."""
        return replace(self, left=self.left + dx, top=self.top + dy)

    def to_film(self, x: float, y: float) -> tuple[float, float]:
        """Return the film's point below a device pixel."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale


@dataclass(frozen=True, slots=True)
class Framing:
    """What of a film is seen, whatever its size: two films of one chest share it.

    `zoom` is times the fitted size; (`x`, `y`) is the film's point, 0-1, in the room's middle.
    """

    zoom: float
    x: float
    y: float


def fitted(film: Size, room: Size) -> Viewport:
    """Return the view that shows all of a film (width, height) in a room."""
    return centred(film, room, _fitting(film, room))


def centred(film: Size, room: Size, scale: float) -> Viewport:
    """Return the view that shows a film's middle in the middle of the room."""
    return Viewport(scale, (room[0] - scale * film[0]) / 2, (room[1] - scale * film[1]) / 2)


def region(start: tuple[float, float], end: tuple[float, float], room: Size) -> Viewport:
    """Return the view that fills the room with the film between two of its points."""
    width, height = abs(end[0] - start[0]), abs(end[1] - start[1])
    scale = min(room[0] / max(width, 1e-6), room[1] / max(height, 1e-6))
    scale = min(max(scale, SMALLEST), LARGEST)
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    return Viewport(scale, room[0] / 2 - scale * middle[0], room[1] / 2 - scale * middle[1])


def framing(place: Viewport, film: Size, room: Size) -> Framing:
    """Return what of a film is seen at a place."""
    x, y = place.to_film(room[0] / 2, room[1] / 2)
    return Framing(place.scale / _fitting(film, room), x / film[0], y / film[1])


def framed(seen: Framing, film: Size, room: Size) -> Viewport:
    """Return the place at which the same of another film is seen."""
    scale = min(max(seen.zoom * _fitting(film, room), SMALLEST), LARGEST)
    left, top = room[0] / 2 - scale * seen.x * film[0], room[1] / 2 - scale * seen.y * film[1]
    return Viewport(scale, left, top)


def _fitting(film: Size, room: Size) -> float:
    scale = min(room[0] / film[0], room[1] / film[1])
    return min(max(scale, SMALLEST), LARGEST)
