"""Where a film lies in its widget: plain geometry in device pixels, without Qt."""

from dataclasses import dataclass, replace

SMALLEST, LARGEST = 0.02, 32.0


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


def fitted(film: tuple[int, int], room: tuple[float, float]) -> Viewport:
    """Return the view that shows all of a film (width, height) in a room."""
    scale = min(room[0] / film[0], room[1] / film[1])
    return centred(film, room, min(max(scale, SMALLEST), LARGEST))


def centred(film: tuple[int, int], room: tuple[float, float], scale: float) -> Viewport:
    """Return the view that shows a film's middle in the middle of the room."""
    return Viewport(scale, (room[0] - scale * film[0]) / 2, (room[1] - scale * film[1]) / 2)
