"""What the program says when something fails: what happened, what was kept, what to do.

Everything below the ui raises faults with a code; here each code has its sentence.
"""

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_CONTEXT = "Sentences"


def translated(source: object, **values: object) -> str:
    """A sentence of this module in the user's language, with `{name}` filled in."""
    text = QCoreApplication.translate(_CONTEXT, str(source))
    return text.format(**values) if values else text


def sentence_for(error: Exception) -> str:
    """The sentence for anything that may be raised below the ui."""
    fault = getattr(error, "fault", None)
    return translated(_sentences().get(str(fault), BUG) if fault is not None else BUG)


def short_sentence(fault: str) -> str:
    """A few words for the foot of the side bar, where a failed sync says what is in the way."""
    return translated(SHORT.get(str(fault), SHORT["refused"]))


def sign_in_sentence(error: Exception, address: str) -> str:
    """What is in the way of the first sign-in, or nothing if `sentence_for` says it well.

    There is nothing on the laptop yet, so nothing is safe on it, and nothing is tried again.
    """
    source = SIGN_IN.get(str(getattr(error, "fault", "")))
    return translated(source, address=address) if source is not None else ""


BUG: object = QT_TRANSLATE_NOOP(
    "Sentences",
    "Something went wrong in the program. What was saved before is safe. "
    "Please try again, and tell the office if it happens again.",
)

STORE: Mapping[str, object] = {
    "newer": QT_TRANSLATE_NOOP(
        "Sentences",
        "This data was written by a newer version of Berdaya. Nothing was changed. "
        "Please install the newest version.",
    ),
    "damaged": QT_TRANSLATE_NOOP(
        "Sentences",
        "The data file on this laptop is damaged. Nothing was changed. "
        "Please restore a backup, or ask the office for help.",
    ),
    "foreign": QT_TRANSLATE_NOOP(
        "Sentences",
        "The data file is not Berdaya's, or its key is another one. Nothing was changed. "
        "Please restore a backup, or ask the office for help.",
    ),
    "locked": QT_TRANSLATE_NOOP(
        "Sentences",
        "Another program is using the data file. Nothing was lost. Please close it and try again.",
    ),
    "read_only": QT_TRANSLATE_NOOP(
        "Sentences",
        "Berdaya may not write in its folder. What was saved before is safe. "
        "Please ask the office to check the permissions of the folder.",
    ),
    "disk_full": QT_TRANSLATE_NOOP(
        "Sentences",
        "The disk is full, so this could not be saved. What was saved before is safe. "
        "Please remove files that are not needed, then try again.",
    ),
    "key_missing": QT_TRANSLATE_NOOP(
        "Sentences",
        "The key of the data on this laptop is missing. Nothing was changed. "
        "Please restore a backup, or ask the office for help.",
    ),
    "key_unusable": QT_TRANSLATE_NOOP(
        "Sentences",
        "The key of the data on this laptop cannot be read. Nothing was changed. "
        "Please restore a backup, or ask the office for help.",
    ),
}

LOST = frozenset({"damaged", "foreign", "key_missing", "key_unusable"})
"""The faults of a store for which a backup is asked for: the same data will not open again."""

SYNC: Mapping[str, object] = {
    "offline": QT_TRANSLATE_NOOP(
        "Sentences",
        "There is no connection to the province. Everything is safe on this laptop; "
        "it will be sent when there is a connection.",
    ),
    "timeout": QT_TRANSLATE_NOOP(
        "Sentences",
        "The connection is too slow right now. Everything is safe on this laptop; "
        "it will be tried again.",
    ),
    "not_the_province": QT_TRANSLATE_NOOP(
        "Sentences",
        "Somebody else answered instead of the province. Perhaps this network asks you to sign "
        "in first. Everything is safe on this laptop.",
    ),
    "cut_off": QT_TRANSLATE_NOOP(
        "Sentences",
        "The connection broke off. Everything is safe on this laptop; it will be tried again.",
    ),
    "server_failed": QT_TRANSLATE_NOOP(
        "Sentences",
        "The province's server has a problem. Everything is safe on this laptop; "
        "it will be tried again.",
    ),
    "server_busy": QT_TRANSLATE_NOOP(
        "Sentences",
        "The province's server is busy. Everything is safe on this laptop; "
        "please try again in a minute.",
    ),
    "not_signed_in": QT_TRANSLATE_NOOP(
        "Sentences",
        "The province asks you to sign in again. Everything is safe on this laptop.",
    ),
    "wrong_login": QT_TRANSLATE_NOOP(
        "Sentences", "The name or the password is not right. Please try again."
    ),
    "account_closed": QT_TRANSLATE_NOOP(
        "Sentences", "This account was closed. Please ask the office."
    ),
    "device_unknown": QT_TRANSLATE_NOOP(
        "Sentences",
        "This laptop is registered for somebody else. Please ask the office for help.",
    ),
    "too_large": QT_TRANSLATE_NOOP(
        "Sentences",
        "The province does not take this much at once. Everything is safe on this laptop.",
    ),
    "refused": QT_TRANSLATE_NOOP(
        "Sentences",
        "The province did not accept the message. Everything is safe on this laptop; "
        "please tell the office.",
    ),
    "certificate": QT_TRANSLATE_NOOP(
        "Sentences",
        "It is not certain that this is the province's server, so nothing was sent. "
        "Please check the date of this laptop, or ask the office.",
    ),
    "insecure_address": QT_TRANSLATE_NOOP(
        "Sentences", "The address must begin with https://. Please check it."
    ),
    "stopped": QT_TRANSLATE_NOOP(
        "Sentences",
        "The sync was stopped. Everything is safe on this laptop; the rest is sent the next time.",
    ),
}


ATTACHMENTS: Mapping[str, object] = {
    "file_unreadable": QT_TRANSLATE_NOOP(
        "Sentences",
        "This file cannot be read. If it is on a phone or a USB stick, please check that it is "
        "still plugged in, or copy it to the laptop first.",
    ),
    "file_empty": QT_TRANSLATE_NOOP(
        "Sentences", "This file is empty. Please copy it again from where it comes from."
    ),
    "file_too_large": QT_TRANSLATE_NOOP(
        "Sentences",
        "This file is too large to be sent over a slow line. Please take a smaller one.",
    ),
    "not_a_picture": QT_TRANSLATE_NOOP(
        "Sentences", "This file is not a photo. Please choose a photo (JPEG or PNG)."
    ),
    "picture_heic": QT_TRANSLATE_NOOP(
        "Sentences",
        "This photo is in the HEIC format of some phones, which cannot be opened here. Please set "
        "the camera of the phone to JPEG, or send the photo by WhatsApp and take that one.",
    ),
    "picture_unsupported": QT_TRANSLATE_NOOP(
        "Sentences",
        "Pictures of this kind cannot be opened here. Please save it as a JPEG and take that one.",
    ),
    "picture_damaged": QT_TRANSLATE_NOOP(
        "Sentences",
        "This photo is damaged, or was not copied completely. Please copy it again, or take "
        "another one.",
    ),
    "picture_too_large": QT_TRANSLATE_NOOP(
        "Sentences",
        "This picture has more pixels than this laptop can open. Please take a smaller one.",
    ),
    "picture_too_small": QT_TRANSLATE_NOOP(
        "Sentences",
        "On a picture this small or this narrow nothing can be seen. Please take another.",
    ),
    "no_memory": QT_TRANSLATE_NOOP(
        "Sentences",
        "This laptop has too little memory left for that. Please close other programs and try again.",
    ),
    "not_a_sound": QT_TRANSLATE_NOOP(
        "Sentences", "This file is not a sound recording. Please choose a recording."
    ),
    "file_is_program": QT_TRANSLATE_NOOP(
        "Sentences", "This file is a program, and programs are not taken. Please choose a document."
    ),
    "visit_is_over": QT_TRANSLATE_NOOP(
        "Sentences",
        "The visit was finished before the photo was ready, so the photo was not added. Please add "
        "it on the page of the family.",
    ),
    "blob_missing": QT_TRANSLATE_NOOP(
        "Sentences",
        "The photo or file itself is not on this laptop; only what is written about it.",
    ),
    "blob_damaged": QT_TRANSLATE_NOOP(
        "Sentences",
        "The photo or file on this laptop is damaged and cannot be shown. Everything else is safe.",
    ),
}


DECISIONS: Mapping[str, object] = {
    "elsewhere": QT_TRANSLATE_NOOP(
        "Sentences",
        "What this names is not in this village, or not on this laptop. Nothing was changed. "
        "Please choose another value, or leave the decision to the office.",
    ),
    "changed": QT_TRANSLATE_NOOP(
        "Sentences", "This has changed meanwhile. Please look at it again."
    ),
}


SIGN_IN: Mapping[str, object] = {
    "offline": QT_TRANSLATE_NOOP(
        "Sentences",
        "The address {address} cannot be reached. Please check the address and the signal.",
    ),
    "timeout": QT_TRANSLATE_NOOP(
        "Sentences",
        "{address} does not answer in time. Please check the signal and try again.",
    ),
    "not_the_province": QT_TRANSLATE_NOOP(
        "Sentences",
        "It is not the province that answers at {address}. Perhaps this network asks you to sign "
        "in first; otherwise please check the address.",
    ),
    "cut_off": QT_TRANSLATE_NOOP("Sentences", "The connection broke off. Please try again."),
    "server_failed": QT_TRANSLATE_NOOP(
        "Sentences", "The province's server has a problem. Please try again later."
    ),
    "server_busy": QT_TRANSLATE_NOOP(
        "Sentences", "The province's server is busy. Please try again in a minute."
    ),
    "refused": QT_TRANSLATE_NOOP(
        "Sentences", "The province did not accept the message. Please tell the office."
    ),
}
"""The same when a laptop is connected for the first time."""

SHORT: Mapping[str, object] = {
    "offline": QT_TRANSLATE_NOOP("Sentences", "No connection"),
    "timeout": QT_TRANSLATE_NOOP("Sentences", "The connection is too slow"),
    "not_the_province": QT_TRANSLATE_NOOP("Sentences", "Somebody else answered"),
    "cut_off": QT_TRANSLATE_NOOP("Sentences", "The connection broke off"),
    "server_failed": QT_TRANSLATE_NOOP("Sentences", "The server has a problem"),
    "server_busy": QT_TRANSLATE_NOOP("Sentences", "The server is busy"),
    "not_signed_in": QT_TRANSLATE_NOOP("Sentences", "Please sign in again"),
    "certificate": QT_TRANSLATE_NOOP("Sentences", "Not certainly the province"),
    "account_closed": QT_TRANSLATE_NOOP("Sentences", "This account was closed"),
    "device_unknown": QT_TRANSLATE_NOOP("Sentences", "This laptop is somebody else's"),
    "refused": QT_TRANSLATE_NOOP("Sentences", "The province did not accept it"),
    "stopped": QT_TRANSLATE_NOOP("Sentences", "Stopped by you"),
}


FORMS: Mapping[str, object] = {
    "form_not_here": QT_TRANSLATE_NOOP(
        "Sentences",
        "This visit was begun with a questionnaire that is not on this laptop. Its answers are "
        "safe. Please synchronise, or install the newest version of Berdaya, and open it again.",
    ),
}

VISITS: Mapping[str, object] = {
    "visit_finished": QT_TRANSLATE_NOOP(
        "Sentences",
        "This visit was finished meanwhile, and stands on the family's page. What you answer here now "
        "is not saved. Please write it down, and begin a new visit.",
    ),
    "family_not_here": QT_TRANSLATE_NOOP(
        "Sentences",
        "This family has left this laptop: it moved to another village, or the village is not yours "
        "any more. This visit cannot be saved. Please write the answers down and ask the office.",
    ),
}


@cache
def _sentences() -> Mapping[str, object]:
    return {**STORE, **SYNC, **ATTACHMENTS, **DECISIONS, **FORMS, **VISITS}
