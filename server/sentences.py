"""What the `berdaya-server` command says when something cannot be done: one sentence a fault."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.models.store.keys import KeyFailure, KeyFault
from server.backups.faults import BackupFailure, BackupFault
from server.backups.sealed import SHORTEST_PASSPHRASE
from server.commands import CommandFailure, CommandFault
from server.passwords import MINIMAL_LENGTH
from server.queries.accounts import AccountFailure, AccountFault
from server.queries.questionnaires import PublishingFailure, PublishingFault
from server.queries.verification import CopyFailure, CopyFault
from server.queries.visit_plan import PlanFailure, PlanFault
from server.settings import SettingsFailure, SettingsFault

Failure: TypeAlias = (
    SettingsFailure
    | CommandFailure
    | AccountFailure
    | BackupFailure
    | CopyFailure
    | PlanFailure
    | StoreFailure
    | KeyFailure
    | PublishingFailure
)

UNREACHABLE = "The database cannot be reached."
STOPPED = "Stopped."

SENTENCES: Mapping[StrEnum, str] = {
    SettingsFault.NO_DATABASE: "Say where the records lie: --data DIR or --database URL.",
    SettingsFault.TWO_DATABASES: "Give either a data folder or a database URL, not both.",
    SettingsFault.BAD_URL: "A database URL begins with postgresql://",
    SettingsFault.BAD_PORT: "{} is not a port number.",
    SettingsFault.HALF_CERTIFICATE: "A certificate needs its key, and a key its certificate.",
    SettingsFault.CERTIFICATE_UNUSABLE: "The certificate {} or its key cannot be used.",
    SettingsFault.PLAIN_HTTP: (
        "Without a certificate the server would send families' data readable by others, so it"
        " listens on this machine only and not on {}. Give --certificate and --key, or"
        " --behind-proxy if a proxy speaks TLS for it."
    ),
    SettingsFault.OPEN_BEHIND_PROXY: (
        "Behind a proxy the server listens on this machine or on one private address, not on {}."
    ),
    SettingsFault.BAD_PROXY: "{} is not the address of a proxy.",
    SettingsFault.ADDRESS_UNUSABLE: "The server cannot listen on {}: is it in use?",
    SettingsFault.BAD_WORKERS: "{} is not a number of workers: give 1 to 64.",
    SettingsFault.WORKERS_ON_A_FILE: (
        "Several workers need PostgreSQL: a database file has one writer at a time, so more"
        " processes would only wait for each other. Give --database, or leave --workers out."
    ),
    PublishingFault.OLD_VERSION: (
        "Version {} was published before: give the workbook a higher version in its settings."
    ),
    PublishingFault.NOT_PUBLISHED: "{} was not published.",
    CommandFault.SHORT_PASSWORD: f"A password has at least {MINIMAL_LENGTH} characters.",
    CommandFault.PASSWORDS_DIFFER: "The two passwords differ.",
    CommandFault.NOT_A_SCOPE: "{} is not a scope: give the code of a district or a village.",
    CommandFault.EMPTY_LOGIN: "A user needs a login and a name.",
    CommandFault.NOT_YET: "{} has not come yet: give today, or a day before.",
    CommandFault.NOT_HELD: "No op whose name begins with {} waits for the office.",
    CommandFault.SEVERAL_HELD: "Several ops have names that begin with {}: give more of it.",
    CommandFault.EMPTY_NOTE: "An answer needs words: its author reads them.",
    CommandFault.NOT_A_VILLAGE: "{} is not the code of a village, such as 36.01.01.2001.",
    CommandFault.NOT_THE_OFFICE: (
        "{} cannot ask for visits: give the login of a district officer or of the province."
    ),
    CommandFault.NO_NUMBERS: "Say what is to change: --receipts-days, --close-months, ...",
    CommandFault.BAD_NUMBER: "{} is no number of days or months that makes sense here.",
    PlanFault.NO_FAMILIES: "No family is accompanied in {}.",
    PlanFault.NOT_ACCOMPANIED: "No family {} is accompanied in this village.",
    CommandFault.NO_DESKTOP: "The desktop program could not show it: exit code {}.",
    CommandFault.SCHEMA_BEHIND: "The database is of an older version: run berdaya-server migrate.",
    CommandFault.SCHEMA_NEWER: "The database is of a newer version than this program.",
    AccountFault.LOGIN_TAKEN: "The login {} is taken.",
    AccountFault.NO_SUCH_LOGIN: "There is no login {}.",
    AccountFault.NOT_GRANTED: "{} is not granted to this user.",
    BackupFault.EXISTS: "There is a file {} already: a backup never takes another's place.",
    BackupFault.DISK_FULL: "There is no room for it at {}.",
    BackupFault.PLACE_UNUSABLE: "{} cannot be read or written.",
    BackupFault.SHORT_PASSPHRASE: f"A passphrase has at least {SHORTEST_PASSPHRASE} characters.",
    BackupFault.WRONG_PASSPHRASE: "{} was sealed with another passphrase.",
    BackupFault.FOREIGN: "{} is no backup of a province.",
    BackupFault.NEWER: "{} is of a newer version than this program.",
    BackupFault.CUT_OFF: "{} ends too early: it was not copied whole.",
    BackupFault.DAMAGED: "{} is damaged.",
    BackupFault.OTHER_KIND: (
        "{} is of the other kind of database: a backup of a data folder goes into a data folder,"
        " one of PostgreSQL into PostgreSQL."
    ),
    BackupFault.OTHER_PROVINCE: "{} is whole, but is a backup of another province.",
    BackupFault.NO_PROGRAM: (
        "The program {} is not here: install the client programs of PostgreSQL, of the version"
        " of its server."
    ),
    BackupFault.PROGRAM_FAILED: "PostgreSQL's program has failed. {}",
    BackupFault.NOT_PERMITTED: (
        "This user of PostgreSQL may not make and rename databases, which is needed to try a"
        " backup out: ALTER ROLE ... CREATEDB."
    ),
    BackupFault.NOT_EMPTY: (
        "There is a province already. With --replace it is put aside, and kept."
    ),
    BackupFault.IN_USE: "{} is in use: stop the server first.",
    BackupFault.OLDER_THAN_PROMISED: (
        "Laptops were told that a later backup is safe, and may have let go of what {} lacks."
        " Restore the newest verified backup; if there is none left, give --older."
    ),
    CopyFault.FILE_DAMAGED: "The backup's database file is damaged.",
    CopyFault.COUNT_DIFFERS: "The backup does not hold as many rows of {} as it says.",
    CopyFault.HEAD_DIFFERS: "The backup does not end where it says in {}.",
    CopyFault.LOG_NOT_DENSE: "The backup has a gap in the log of {}.",
    CopyFault.CHAIN_BROKEN: "The backup does not hold the ops of a laptop as they came: {}.",
    CopyFault.ROW_DIFFERS: "The backup's row {} is not what its log makes of it.",
    StoreFault.NEWER: "The database is of a newer version than this program.",
    StoreFault.DAMAGED: "The database file is damaged: restore a backup.",
    StoreFault.FOREIGN: "The database file is not one of this program, or its key is another one.",
    StoreFault.LOCKED: "Another program holds the database.",
    StoreFault.READ_ONLY: "The data folder cannot be written.",
    StoreFault.DISK_FULL: "The disk is full.",
    StoreFault.KEY_MISSING: "The key file of the database is missing.",
    StoreFault.KEY_UNUSABLE: "The key file of the database cannot be used.",
    KeyFault.MISSING: "The key file of the database is missing.",
    KeyFault.DAMAGED: "The key file of the database is damaged.",
    KeyFault.NEWER: "The key file of the database is of a newer version than this program.",
    KeyFault.WRONG_SECRET: "The key file of the database cannot be opened.",
}


def sentence(failure: Failure) -> str:
    """The sentence for a failure, with the login, scope or setting that it is about."""
    return SENTENCES[failure.fault].format(getattr(failure, "subject", ""))
