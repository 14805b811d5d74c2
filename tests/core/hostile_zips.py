"""ZIP files made to do harm, or broken on the way, and the codes that refuse their films."""

import stat
import zipfile

from pneumo_desktop.core import archive
from pneumo_desktop.core.cases import ReasonCode
from tests.core import zips
from tests.core.zips import png


def linked():
    info = zipfile.ZipInfo("film.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def bomb(path):
    return zips.write(path, [("film.png", bytes(archive.RATIO_MATTERS + 1))])


def lying_bomb(path):
    """Claim to be small and inflate to far more."""
    zips.write(path, [("film.png", bytes(8 << 20))])
    return zips.set_central(path, 24, "<I", 1000)


def nested(path):
    inner = zips.write(path.with_name("inner"), [("film.png", png())]).read_bytes()
    return zips.write(path, [("inner.zip", inner)])


def many(path):
    return zips.write(path, [(f"{n}", b"") for n in range(70_000)], zipfile.ZIP_STORED)


def over_the_count(path):
    return zips.write(path, [(f"{n}", b"") for n in range(archive.MAX_MEMBERS + 1)])


def wrong_sum(path):
    return zips.set_central(zips.write(path, [("film.png", png())]), 16, "<I", 7)


def cut_in_the_directory(path):
    data = zips.write(path, [("film.png", png())]).read_bytes()
    path.write_bytes(data[:-40])
    return path


def cut_in_the_film(path):
    """Keep the table of contents but move it over half of the film."""
    data = zips.write(path, [("film.png", png())], zipfile.ZIP_STORED).read_bytes()
    start = zips.central_directory(path)
    path.write_bytes(data[: start // 2] + data[start:])
    return path


def second_header_gone(path):
    zips.write(path, [("a.png", png()), ("film.png", png())])
    return zips.patch(path, b"PK\x03\x04", b"XXXX", last=True)


def name_that_is_no_text(path):
    zips.write(path, [("ä.png", png())])
    return zips.patch(path, "ä".encode(), b"\xff\xff", last=True)


def name_cut_short(path):
    zips.write(path, [("Q.png", png())])
    return zips.patch(path, b"Q.png", b"\0.png", last=True)


U, X, L = ReasonCode.UNREADABLE, ReasonCode.UNSUPPORTED, ReasonCode.TOO_LARGE
HOSTILE = {
    "bomb": (bomb, [L]),
    "bomb that lies about its size": (lying_bomb, [U]),
    "files that overlap": (zips.overlapping, [U]),
    "zip inside a zip": (nested, [X]),
    "too many files": (over_the_count, [L]),
    "seventy thousand files": (many, [L]),
    "wrong check sum": (wrong_sum, [U]),
    "cut in the table of contents": (cut_in_the_directory, [U]),
    "cut in the film": (cut_in_the_film, [U]),
    "one film's header gone": (second_header_gone, [None, U]),
    "no table of contents": (lambda p: p.write_bytes(b"PK\x03\x04" + bytes(90)) and p, [U]),
    "empty zip": (lambda p: zips.write(p, []), [X]),
    "empty film": (lambda p: zips.write(p, [("film.png", b"")]), [U]),
    "nothing but a letter": (lambda p: zips.write(p, [("letter.txt", b"Dear")]), [X]),
    "link": (lambda p: zips.write(p, [(linked(), b"/etc/passwd")]), [U]),
    "encrypted": (lambda p: zips.set_central(zips.write(p, [("f.png", png())]), 8, "<H", 1), [X]),
    "rare compression": (lambda p: zips.write(p, [("f.png", png())], zipfile.ZIP_LZMA), [X]),
    "name that begins with a zero": (name_cut_short, [U]),
    "name that is no text": (name_that_is_no_text, [U]),
    **{
        f"name {name!r}": (lambda p, name=name: zips.write(p, [(name, png())]), [U])
        for name in (
            "../../film.png", "/etc/passwd", "C:/film.png", "a/c:\\film.png", "..\\film.png",
            "\\\\server\\share\\film.png", "..", "a" * 2000,
        )
    },
}  # fmt: skip
