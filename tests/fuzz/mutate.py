"""Seeded damage to files: what transmission errors, and people who mean harm, do to bytes."""

from random import Random

_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF)
_LENGTHS = (b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f")


def flip(random: Random, data: bytearray) -> None:
    for _ in range(random.randint(1, 8)):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def set_extremes(random: Random, data: bytearray) -> None:
    for _ in range(random.randint(1, 4)):
        data[random.randrange(len(data))] = random.choice(_EXTREMES)


def set_length(random: Random, data: bytearray) -> None:
    place = random.randrange(len(data))
    data[place : place + 4] = random.choice(_LENGTHS)


def cut_off(random: Random, data: bytearray) -> None:
    del data[random.randrange(len(data)) :]


def cut_out(random: Random, data: bytearray) -> None:
    place = random.randrange(len(data))
    del data[place : place + random.randint(1, 64)]


def repeat(random: Random, data: bytearray) -> None:
    place = random.randrange(len(data))
    data[place:place] = data[place : place + random.randint(1, 64)] * random.randint(1, 50)


def overwrite(random: Random, data: bytearray) -> None:
    place = random.randrange(len(data))
    noise = random.randbytes(random.randint(1, 64))
    data[place : place + len(noise)] = noise


def move(random: Random, data: bytearray) -> None:
    source, goal = random.randrange(len(data)), random.randrange(len(data))
    piece = data[source : source + random.randint(1, 64)]
    data[goal : goal + len(piece)] = piece


_DAMAGE = (flip, set_extremes, set_length, cut_off, cut_out, repeat, overwrite, move)


def mutated(whole: bytes, random: Random) -> bytes:
    """Return `whole` damaged once to three times, half of the time near its beginning."""
    data = bytearray(whole)
    for _ in range(random.randint(1, 3)):
        if data:
            damage = random.choice(_DAMAGE)
            if random.random() < 0.5:
                head = data[: 2 + len(data) // 8]
                rest = data[len(head) :]
                damage(random, head)
                data = head + rest
            else:
                damage(random, data)
    return bytes(data)
