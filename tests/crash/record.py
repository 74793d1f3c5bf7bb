"""A record of calls played back: what the disk may hold if the power goes after any one of them.

A file's content is certain up to its last fsync; of what was written since, each page of 4 KB may
hold any of the states that it had, on its own, and the file any of its sizes. A folder's entries
are certain up to its last fsync; of those made since, the first few may be there: file systems with
a journal keep the order of names, and promise nothing more.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

PAGE = 4096
_HEAD = struct.Struct("=qqqqq")


@dataclass(frozen=True)
class Call:
    """One call: `kind` as in `disk.c`.

    `c`reate, `w`rite, `t`runcate, `f`sync of a file, of a `d`irectory, `u`nlink, `r`ename, `s`aid.
    """

    kind: str
    file: int
    offset: int
    size: int
    name: str
    data: bytes


def read_calls(path: Path) -> Iterator[Call]:
    """The calls of a record, in order."""
    with path.open("rb") as record:
        while kind := record.read(1):
            file, offset, size, name, data = _HEAD.unpack(record.read(_HEAD.size))
            words = record.read(name).decode()
            yield Call(kind.decode(), file, offset, size, words, record.read(data))


@dataclass
class _File:
    """A file: what is certain, what the program sees, and the changes in between."""

    certain: bytes = b""
    seen: bytearray = field(default_factory=bytearray)
    changes: list[list[tuple[int, bytes]]] = field(default_factory=list)
    """Of each change, the pieces that it writes, none across a page."""

    sizes: list[int] = field(default_factory=list)

    def write(self, offset: int, data: bytes) -> None:
        if offset > len(self.seen):
            self.seen.extend(bytes(offset - len(self.seen)))
        self.seen[offset : offset + len(data)] = data
        self._note(offset, data)

    def truncate(self, size: int) -> None:
        zeros = bytes(max(len(self.seen) - size, 0))
        del self.seen[size:]
        self.seen.extend(bytes(size - len(self.seen)))
        self._note(size, zeros)

    def sync(self) -> None:
        self.certain = bytes(self.seen)
        self.changes.clear()
        self.sizes.clear()

    def torn(self, chance: Random) -> bytes:
        """What may be left: each page in a state of its own."""
        content = bytearray(self.certain)
        touched: dict[int, list[tuple[int, bytes]]] = {}
        for change in self.changes:
            for offset, data in change:
                touched.setdefault(offset // PAGE, []).append((offset, data))
        for pieces in touched.values():
            for offset, data in pieces[: chance.randint(0, len(pieces))]:
                content.extend(bytes(max(offset + len(data) - len(content), 0)))
                content[offset : offset + len(data)] = data
        size = chance.choice([len(self.certain), *self.sizes])
        return bytes(content[:size]).ljust(size, b"\0")

    def _note(self, offset: int, data: bytes) -> None:
        pieces = []
        while data:
            room = PAGE - offset % PAGE
            pieces.append((offset, data[:room]))
            offset, data = offset + room, data[room:]
        self.changes.append(pieces)
        self.sizes.append(len(self.seen))


class Disk:
    """A folder as the calls made it, and as a power cut may leave it."""

    def __init__(self, before: Path, inodes: Mapping[str, int]) -> None:
        """A folder as it was before anything was recorded; all of it is certain.

        Args:
            before: a copy of it.
            inodes: name -> inode of what lay in the folder itself.
        """
        self._files: list[_File] = []
        self._numbers: dict[int, int] = {}
        self._folders: dict[int, str] = {}
        self._seen: dict[str, int] = {}
        for name, inode in inodes.items():
            if (before / name).is_dir():
                self._folders[inode] = name
            else:
                content = (before / name).read_bytes()
                self._add(inode, name, _File(content, bytearray(content)))
        self._certain = dict(self._seen)
        self._named: list[tuple[str, dict[str, int]]] = []

    def play(self, call: Call) -> None:
        """One call."""
        if call.kind == "c":
            self._add(call.file, call.name, _File())
            self._name(call.name)
        elif call.kind == "u":
            self._seen.pop(call.name, None)
            self._name(call.name)
        elif call.kind == "r":
            target = call.data.decode()
            self._seen[target] = self._seen.pop(call.name)
            self._name(target)
        elif call.kind == "d":
            self._settle_names(self._folders[call.file])
        elif call.file in self._numbers:
            self._play_on_file(self._files[self._numbers[call.file]], call)

    def without_unsynced(self) -> dict[str, bytes]:
        """What is certain, and nothing else."""
        return {name: self._files[file].certain for name, file in self._certain.items()}

    def torn(self, chance: Random) -> dict[str, bytes]:
        """Any state that may be left."""
        states = [self._certain, *(names for _, names in self._named)]
        names = chance.choice(states)
        return {name: self._files[file].torn(chance) for name, file in names.items()}

    def _play_on_file(self, file: _File, call: Call) -> None:
        if call.kind == "w":
            file.write(call.offset, call.data)
        elif call.kind == "t":
            file.truncate(call.size)
        elif call.kind == "f":
            file.sync()

    def _add(self, number: int, name: str, file: _File) -> None:
        self._files.append(file)
        self._numbers[number] = self._seen[name] = len(self._files) - 1

    def _name(self, name: str) -> None:
        self._named.append((name.rpartition("/")[0], dict(self._seen)))

    def _settle_names(self, folder: str) -> None:
        """Everything up to the last name that was made in a folder is certain."""
        last = max((at for at, (one, _) in enumerate(self._named) if one == folder), default=None)
        if last is not None:
            self._certain = self._named[last][1]
            del self._named[: last + 1]


def inodes_below(folder: Path) -> dict[str, int]:
    """Name -> inode of everything in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in sorted(folder.rglob("*"))
    }


def lay_out(content: dict[str, bytes], folder: Path) -> None:
    """Writes such a state into an empty folder."""
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
