"""Reading what was offered, and telling what it is: a sound, a document, a program that nobody wants."""

from pathlib import Path, PurePath

from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault

MOST_BYTES = 10 << 20
"""What a sound or a file may have: an hour on the slowest line, not a day."""

ANYTHING = "application/octet-stream"
_LONGEST_NAME = 120
_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".zip": "application/zip",
    ".mp4": "video/mp4",
}
_SOUND_STARTS = (
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
)
_FRAMES = {
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
    b"\xff\xf2": "audio/mpeg",
    b"\xff\xf1": "audio/aac",
    b"\xff\xf9": "audio/aac",
}
_SOUND_NAMES = {".m4a": "audio/mp4", ".3ga": "audio/3gpp", ".3gp": "audio/3gpp"}
"""What phones call recordings whose content begins as a film's does."""

_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_PROGRAM_NAMES = frozenset(
    (
        *(".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".ps1", ".jar", ".apk", ".lnk"),
        *(".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta"),
    )
)


def read_source(source: Path | bytes, most: int) -> bytes:
    """What was offered, whole.

    Args:
        source: a file, or its content.
        most: how many bytes it may have.

    Raises:
        AttachmentFailure: it cannot be read, has no content, or too much.
    """
    if isinstance(source, bytes):
        content = source
    else:
        try:
            if source.stat().st_size > most:
                raise AttachmentFailure(AttachmentFault.FILE_TOO_LARGE)
            content = source.read_bytes()
        except OSError as error:  # a folder, no permission, a phone that was unplugged
            raise AttachmentFailure(AttachmentFault.UNREADABLE) from error
    if not content:
        raise AttachmentFailure(AttachmentFault.EMPTY)
    if len(content) > most:
        raise AttachmentFailure(AttachmentFault.FILE_TOO_LARGE)
    return content


def sound_type(content: bytes, name: str) -> str | None:
    """The media type of a sound; None if it is none."""
    for start, media_type in _SOUND_STARTS:
        if content.startswith(start):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav"
    if content[4:8] == b"ftyp":
        return _SOUND_NAMES.get(PurePath(name).suffix.lower())
    return _FRAMES.get(content[:2])


def file_type(content: bytes, name: str) -> str:
    """The media type of a file.

    Raises:
        AttachmentFailure: it is a program.
    """
    suffix = PurePath(name).suffix.lower()
    if content.startswith(_PROGRAM_STARTS) or suffix in _PROGRAM_NAMES:
        raise AttachmentFailure(AttachmentFault.PROGRAM)
    return sound_type(content, name) or _MEDIA_TYPES.get(suffix, ANYTHING)


def short_name(name: str, suffix: str = "") -> str:
    """A file's name without its folders, and with another ending if told; not without end."""
    path = PurePath(name)
    ending = suffix or path.suffix
    return path.stem[: _LONGEST_NAME - len(ending)] + ending
