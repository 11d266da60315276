"""Makes a picture of a page small: a page has few colours, so 256 of them in a palette are enough."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_COLOURS = 256

Colour = tuple[int, int, int]


def smaller(png: bytes) -> bytes:
    """The same picture with a palette. Takes what browsers write: 8 bits for red, green and blue, not interlaced."""
    parts = list(_parts(png))
    width, height, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    if (bits, kind, interlaced) != (8, 2, 0):
        raise ValueError("This is not a picture as browsers write it.")
    data = zlib.decompress(b"".join(content for name, content in parts if name == b"IDAT"))
    rows = [list(zip(row[0::3], row[1::3], row[2::3], strict=True)) for row in _unfiltered(data, height)]
    palette = [colour for colour, _ in Counter(colour for row in rows for colour in row).most_common(MOST_COLOURS)]

    @cache
    def place(colour: Colour) -> int:
        return min(range(len(palette)), key=lambda one: _distance(palette[one], colour))

    lines = b"".join(b"\0" + bytes(place(colour) for colour in row) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = bytes(channel for colour in palette for channel in colour)
    written = [(b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(_part(name, content) for name, content in written)


def _distance(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _unfiltered(data: bytes, height: int) -> Iterator[bytes]:
    """Each row's bytes: PNG writes a row as its difference from the row above and the pixel before."""
    length = len(data) // height
    above = bytes(length - 1)
    for start in range(0, len(data), length):
        row, how = bytearray(data[start + 1 : start + length]), data[start]
        for i in range(len(row)):
            before, corner = (row[i - 3], above[i - 3]) if i >= 3 else (0, 0)
            row[i] = (row[i] + _guess(how, before, above[i], corner)) % 256
        above = bytes(row)
        yield above


def _guess(how: int, before: int, above: int, corner: int) -> int:
    """What the filter of this number takes a byte to be (PNG, third edition, clause 9)."""
    if how == 4:
        wanted = before + above - corner
        return min((before, above, corner), key=lambda one: abs(wanted - one))
    return (0, before, above, (before + above) // 2)[how]
