"""What the program says when a backup cannot be written or restored."""

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.models.store.backup_file import BackupFailure, BackupFault
from desktop.ui.sentences import sentence_for

_CONTEXT = "BackupSentences"

BACKUP: Mapping[BackupFault, object] = {
    BackupFault.DISK_FULL: QT_TRANSLATE_NOOP(
        "BackupSentences",
        "There is not enough room. Nothing was changed, and an older backup is still there. "
        "Please make room, or choose another place.",
    ),
    BackupFault.READ_ONLY: QT_TRANSLATE_NOOP(
        "BackupSentences",
        "Berdaya may not write or read there. Nothing was changed. Please choose another place.",
    ),
    BackupFault.PLACE_GONE: QT_TRANSLATE_NOOP(
        "BackupSentences",
        "The place cannot be reached. Perhaps the USB stick was taken out. Nothing was changed. "
        "Please put it in and try again.",
    ),
    BackupFault.NOT_VERIFIED: QT_TRANSLATE_NOOP(
        "BackupSentences",
        "The backup was written, but it could not be read back the same, so it was thrown away. "
        "Your data is safe on this laptop. Please try another USB stick or folder.",
    ),
    BackupFault.FOREIGN: QT_TRANSLATE_NOOP(
        "BackupSentences", "This file is not a backup of Berdaya. Nothing was changed."
    ),
    BackupFault.NEWER: QT_TRANSLATE_NOOP(
        "BackupSentences",
        "This backup was written by a newer version of Berdaya. Nothing was changed. "
        "Please install the newest version first.",
    ),
    BackupFault.CUT_OFF: QT_TRANSLATE_NOOP(
        "BackupSentences",
        "The end of this backup is missing; perhaps it was not copied completely. "
        "Nothing was changed. Please copy it again, or take another backup.",
    ),
    BackupFault.DAMAGED: QT_TRANSLATE_NOOP(
        "BackupSentences",
        "This backup is damaged. Nothing was changed. Please take another backup.",
    ),
    BackupFault.WRONG_PASSPHRASE: QT_TRANSLATE_NOOP(
        "BackupSentences",
        "The passphrase is another one. Nothing was changed. Please try again.",
    ),
    BackupFault.IN_USE: QT_TRANSLATE_NOOP(
        "BackupSentences",
        "The data on this laptop is in use, so it could not be replaced. Nothing was changed. "
        "Please close Berdaya, open it and try again.",
    ),
}


def backup_sentence(error: Exception) -> str:
    """The sentence for anything that may be raised while a backup is written or restored."""
    if isinstance(error, BackupFailure):
        return QCoreApplication.translate(_CONTEXT, str(BACKUP[error.fault]))
    return sentence_for(error)
