"""The films that the paths of a user lead to: lazily, sorted, hidden files left out.

In a folder every file is taken for a film. In a ZIP, and on a disc with a DICOMDIR, what lies
beside the films is named but not read.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pneumo_desktop.core import archive, dicomdir
from pneumo_desktop.core.archive import Member, Parts
from pneumo_desktop.core.cases import FilmError
from pneumo_desktop.core.containers import read_table
from pneumo_desktop.core.discs import Aside, Disc, Discs, Item
from pneumo_desktop.core.signature import Kind, kind_of, kind_of_file

_MOST_TABLES = 20  # DICOMDIRs in one ZIP
_Narrow = Callable[[list[Path]], list[Path]]


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield what `search` finds, without what lies beside the films."""
    return (item for item in search(paths) if isinstance(item, Path))


def search(paths: Iterable[Path]) -> Iterator[Item]:
    """Yield each file as named; for a folder, a ZIP or a DICOMDIR the films in it, sorted.

    What cannot be looked at is yielded as it is, so that whoever reads it can say why.
    """
    for path in paths:
        if is_folder(path):
            for inside in _walk(path, _table_alone):
                yield from _in_folder(inside)
        elif (kind := kind_of_file(path)) is Kind.ZIP:
            yield from _in_archive(path, barren=path)
        elif kind is Kind.DICOMDIR:
            yield from _named_by(path)
        else:
            yield path


def whole_discs(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield a disc's folder in place of its DICOMDIR and what else of it was picked at once.

    Whoever picks all that a disc's window shows means the disc, and each of its films once.
    """
    named = list(paths)
    tables = [path for path in named if _is_table(path)]
    picked = {t.parent for t in tables if any(_is_below(p, t.parent) for p in named if p != t)}
    for path in named:
        if path in tables and path.parent in picked:
            yield path.parent
        elif not any(_is_below(path, folder) for folder in picked):
            yield path


def _is_below(path: Path, folder: Path) -> bool:
    return folder in path.parents


def is_folder(path: Path) -> bool:
    """Tell a folder; what may not be looked at is none (`Path.is_dir` raises there)."""
    try:
        return path.is_dir()
    except OSError:  # no permission on the way, or a name too long
        return False


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:
        return False


def _walk(folder: Path, narrow: _Narrow) -> Iterator[Path]:
    """Yield the files below a folder; `narrow` says which children of each folder are wanted."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path is not folder and (_is_link(path) or not is_folder(path)):
            if not is_folder(path):  # links to folders are not followed, so there are no loops
                yield path
            continue
        try:
            inside = sorted(path.iterdir(), reverse=True)
        except OSError:
            yield path
            continue
        waiting += narrow([child for child in inside if not child.name.startswith(".")])


def _table_alone(children: list[Path]) -> list[Path]:
    """Return a DICOMDIR in place of everything on its disc, which it leads to."""
    return [child for child in children if _is_table(child)][:1] or children


def _is_table(path: Path) -> bool:
    return dicomdir.is_named_so(path.name) and kind_of_file(path) is Kind.DICOMDIR


def _in_folder(path: Path) -> Iterator[Item]:
    kind = kind_of_file(path)
    if kind is Kind.ZIP:
        yield from _in_archive(path, barren=path)
    elif kind is not Kind.DICOMDIR:
        yield path
    elif dicomdir.is_named_so(path.name):
        yield from _on_disc(path)
    else:
        yield Aside(path)  # a copy of a DICOMDIR under another name


def _on_disc(table: Path) -> Iterator[Item]:
    """Yield the films of a whole disc: those its DICOMDIR names, and other DICOM files."""
    root = table.parent
    named, faults = _read_tables([(table, (), lambda: read_table(table))])
    yield from faults
    for path in _walk(root, lambda children: children):
        place = dicomdir.key(path.relative_to(root).parts)
        if path == table:
            continue
        if _is_link(path):
            yield Aside(path)  # it may lead off the disc
        elif named.takes(place) or is_folder(path):
            yield path
        elif (kind := kind_of_file(path)) is Kind.ZIP:
            yield from _in_archive(path, barren=Aside(path))
        else:
            yield named.sift(path, place, kind)
    yield from named.missing()


def _named_by(table: Path) -> Iterator[Path]:
    """Yield the films that a DICOMDIR names, and nothing else; itself where it names none."""
    root = table.parent
    named, faults = _read_tables([(table, (), lambda: read_table(table))])
    steps = named.steps()
    if faults or not steps:
        yield table
        return

    def narrow(children: list[Path]) -> list[Path]:
        return [c for c in children if dicomdir.key(c.relative_to(root).parts) in steps]

    for path in _walk(root, narrow):
        if not _is_link(path) and named.takes(dicomdir.key(path.relative_to(root).parts)):
            yield path
    yield from named.missing()


def _in_archive(path: Path, barren: Item) -> Iterator[Item]:
    """Yield the films in a ZIP and what lies beside them; `barren` where there is no film."""
    try:
        members = archive.members(path)
    except FilmError:
        yield path
        return
    kinds = {m.parts: kind_of(archive.head(path, m)) for m in members if not m.flaw}
    tables = [parts for parts, kind in kinds.items() if _is_table_inside(parts, kind)]
    named, faults = _read_tables(
        [
            (path.joinpath(*parts), dicomdir.key(parts[:-1]), _reading(path, parts))
            for parts in tables[:_MOST_TABLES]
        ]
    )
    items = [*faults, *(_inside(path, m, kinds, named) for m in members if m.parts not in tables)]
    items += named.missing()
    yield from items
    if not any(isinstance(item, Path) for item in items):
        yield barren


def _is_table_inside(parts: Parts, kind: Kind) -> bool:
    return kind is Kind.DICOMDIR and dicomdir.is_named_so(parts[-1])


def _reading(path: Path, parts: Parts) -> Callable[[], bytes]:
    return lambda: archive.read(path, parts, dicomdir.MAX_BYTES)


def _inside(path: Path, member: Member, kinds: dict[Parts, Kind], named: Discs) -> Item:
    place, inside = dicomdir.key(member.parts), path.joinpath(*member.parts)
    if member.flaw or named.takes(place):
        return inside
    return named.sift(inside, place, kinds[member.parts])


def _read_tables(
    tables: list[tuple[Path, Parts, Callable[[], bytes]]],
) -> tuple[Discs, list[Path]]:
    """Return what DICOMDIRs name, and those of them that are damaged."""
    discs, faults = [], []
    for table, root, read in tables:
        try:
            found = dicomdir.contents(read())
        except FilmError:
            found = dicomdir.NOTHING
            faults.append(table)
        discs.append(Disc(table, root, found))
    return Discs(discs), faults
