"""How a film is turned on the screen, and which side of the patient lies at which edge.

Source: DICOM PS3.3 C.7.6.1.1.1 (Patient Orientation, 0020,0020): the first value is where the rows
point to (the right edge of the image as stored), the second where the columns point to (the lower
edge). Letters come from the file alone; a film that does not say where left is has none.
"""

from dataclasses import dataclass, replace

_OPPOSITE = {"L": "R", "R": "L", "A": "P", "P": "A", "H": "F", "F": "H"}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Turn:
    """The film mirrored left to right where `mirrored`, then turned clockwise by `quarters`."""

    quarters: int = 0
    mirrored: bool = False

    def clockwise(self, quarters: int = 1) -> "Turn":
        """Return the film as it stands, turned further; negative is counter-clockwise."""
        return replace(self, quarters=(self.quarters + quarters) % 4)

    def flipped_sideways(self) -> "Turn":
        """Return the film as it stands with left and right exchanged."""
        return Turn(-self.quarters % 4, not self.mirrored)

    def flipped_upright(self) -> "Turn":
        """Return the film as it stands with top and bottom exchanged."""
        return Turn((2 - self.quarters) % 4, not self.mirrored)

    def size(self, width: float, height: float) -> Point:
        """Return width and height as shown."""
        return (height, width) if self.quarters % 2 else (width, height)

    def to_shown(self, point: Point, width: float, height: float) -> Point:
        """Return where a point of a film of this size is shown."""
        x, y = point
        x = width - x if self.mirrored else x
        for _ in range(self.quarters):
            x, y, width, height = height - y, x, height, width
        return x, y

    def to_film(self, point: Point, width: float, height: float) -> Point:
        """Return which point of a film of this size is shown at `point`."""
        x, y = point
        across, down = self.size(width, height)
        for _ in range(self.quarters):
            x, y, across, down = y, across - x, down, across
        return (width - x if self.mirrored else x), y


@dataclass(frozen=True, slots=True)
class Edges:
    """What of the patient lies at each edge of the film as shown, as "L" or "HR"."""

    left: str
    top: str
    right: str
    bottom: str


def edges(patient_orientation: tuple[str, ...], turn: Turn) -> Edges | None:
    """Return the letters at the edges of a turned film, None where the file does not say."""
    if len(patient_orientation) != 2:
        return None
    right, bottom = (direction.strip().upper() for direction in patient_orientation)
    if not _plausible(right, bottom):
        return None
    around = [_opposite(right), _opposite(bottom), right, bottom]  # clockwise from the left edge
    if turn.mirrored:
        around[0], around[2] = around[2], around[0]
    start = -turn.quarters % 4
    return Edges(*(around[start:] + around[:start]))


def _opposite(direction: str) -> str:
    return "".join(_OPPOSITE[letter] for letter in direction)


def _plausible(right: str, bottom: str) -> bool:
    """Two different axes, each named with letters that do not contradict one another."""
    for direction in (right, bottom):
        axes = [_axis(letter) for letter in direction]
        if not axes or None in axes or len(set(axes)) < len(axes):
            return False
    return _axis(right[0]) != _axis(bottom[0])


def _axis(letter: str) -> frozenset[str] | None:
    opposite = _OPPOSITE.get(letter)
    return frozenset((letter, opposite)) if opposite else None
