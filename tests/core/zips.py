"""ZIP files as tests need them: honest ones, and ones that no honest program writes."""

import io
import struct
import zipfile

import numpy as np
from PIL import Image


def png(grey=128, width=32):
    """Return the bytes of a PNG; `grey` tells one film from another."""
    stream = io.BytesIO()
    Image.fromarray(np.full((40, width), grey, np.uint8)).save(stream, "PNG")
    return stream.getvalue()


def write(path, contents, compression=zipfile.ZIP_DEFLATED):
    """Write a ZIP; `contents` are pairs of name (or ZipInfo) and bytes, names may repeat."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in contents:
            archive.writestr(name, data, compress_type=compression)
    return path


def patch(path, old, new, *, last=False):
    """Replace bytes in the file, the first ones found or the last."""
    data = path.read_bytes()
    place = data.rindex(old) if last else data.index(old)
    path.write_bytes(data[:place] + new + data[place + len(old) :])
    return path


def central_directory(path):
    """Return where the table of contents begins."""
    with zipfile.ZipFile(path) as archive:
        return archive.start_dir


def set_central(path, offset, form, value):
    """Set a field of the first entry of the table of contents (APPNOTE 4.3.12)."""
    data = bytearray(path.read_bytes())
    struct.pack_into(form, data, central_directory(path) + offset, value)
    path.write_bytes(bytes(data))
    return path


def overlapping(path, count=5):
    """Write a ZIP whose files all share the same bytes."""
    write(path, [("0.png", png())])
    data, start = path.read_bytes(), central_directory(path)
    entry, end = data[start:-22], data[-22:]
    many = b"".join(entry.replace(b"0.png", b"%d.png" % n) for n in range(count))
    head, tail = end[:8], end[16:]
    sizes = struct.pack("<HHI", count, count, len(many))
    path.write_bytes(data[:start] + many + head + sizes + tail)
    return path
