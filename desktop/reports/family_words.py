"""Every word of the sheet for a family, in plain Indonesian, whatever language the program speaks."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from desktop.models.rules.deprivations import Factor, Result


class Turn(StrEnum):
    """How a factor changed since the last visit."""

    BETTER = "better"
    WORSE = "worse"


TITLE: Final = "Lembar keluarga"
NO_NAME: Final = "Keluarga tanpa nama"
FACTORS_TITLE: Final = "Keadaan keluarga"
CHANGES_TITLE: Final = "Yang berubah sejak {day}"
NEXT_TITLE: Final = "Yang akan dilakukan"
ASK_TITLE: Final = "Tanya kepada"
FOOT: Final = (
    "Simpan lembar ini. Keluarga boleh melihat catatan kami, minta dibetulkan, "
    "atau berhenti kapan saja."
)

FACTORS: Final[Mapping[Factor, str]] = {
    Factor.FOOD: "Makanan",
    Factor.NON_FOOD: "Pakaian dan kebutuhan lain",
    Factor.WATER: "Air bersih",
    Factor.SANITATION: "Jamban",
    Factor.HEALTH: "Layanan kesehatan",
    Factor.EDUCATION: "Pendidikan",
    Factor.INFORMATION: "Informasi",
    Factor.HOUSING: "Rumah",
}
STATES: Final[Mapping[Result, str]] = {
    Result.NOT_DEPRIVED: "cukup",
    Result.DEPRIVED: "masih kurang",
    Result.UNKNOWN: "belum diketahui",
}
ASKED_BEFORE: Final = "{state}, ditanya {month}"
"""Of a factor that stands as it was found at an earlier visit."""
TURNS: Final[Mapping[Turn, str]] = {Turn.BETTER: "membaik", Turn.WORSE: "menurun"}
CHANGES: Final[Mapping[Turn, str]] = {
    Turn.BETTER: "Membaik: {factors}.",
    Turn.WORSE: "Menurun: {factors}.",
}
NO_CHANGE: Final = "Belum ada yang membaik atau menurun."
FIRST_VISIT: Final = (
    "Ini kunjungan pertama yang tercatat. Perubahan terlihat pada kunjungan berikut."
)
NOT_ASKED: Final = "Pada kunjungan ini keadaan keluarga tidak ditanyakan."
NOBODY_HOME: Final = "Kami datang, tetapi tidak ada orang di rumah."

SOON: Final = "Secepatnya"
NO_DAY: Final = "Hari belum ditentukan"
NEXT_VISIT: Final = "Pendamping datang lagi, paling lambat hari itu."
NEXT_VISIT_SOON: Final = "Pendamping datang lagi."
NOTHING_NEXT: Final = "Tidak ada yang dijadwalkan."
MORE: Final = "Dan {count} hal lain, tanyakan kepada pendamping"
OF_BUSINESS: Final = "Usaha {name}: {what}"
DOERS: Final[Mapping[str, str]] = {
    "facilitator": "oleh pendamping",
    "family": "oleh keluarga",
    "village": "oleh desa atau kelurahan",
    "regency": "diteruskan ke kabupaten/kota",
    "partner": "dirujuk ke mitra",
}
SOMEBODY: Final = "oleh {name}"

GRANT: Final = "Bantuan modal: {programme}"
GRANT_OF_NO_PROGRAMME: Final = "Bantuan modal usaha"
GRANTS: Final[Mapping[str, str]] = {
    "proposed": "Sudah diusulkan, menunggu diperiksa.",
    "returned": "Usulannya sedang diperbaiki.",
    "verified": "Sudah diperiksa, menunggu keputusan.",
    "approved": "Sudah disetujui, menunggu {handed_out}.",
    "disbursed": "Sudah {handed_out}. Simpan semua nota belanja.",
    "disbursed_on": "Sudah {handed_out} {day}. Simpan semua nota belanja.",
    "accounted": "Laporan belanja sudah diserahkan.",
    "monitored": "Usaha sudah ditengok petugas.",
}
"""By its state. A state of a newer version is told as `GRANT_UNKNOWN`."""
GRANT_UNKNOWN: Final = "Tanyakan kepada pendamping."
CASH, GOODS = "dicairkan", "diserahkan"

FACILITATOR: Final = "{name} (pendamping)"
NOBODY: Final = "Pendamping keluarga"
PHONE: Final = "HP"
VILLAGE_OFFICES: Final[Mapping[str, str]] = {
    "desa": "Kantor Desa {village}",
    "kelurahan": "Kantor Kelurahan {village}",
}
VILLAGE_OFFICE: Final = "Kantor desa atau kelurahan {village}"
OFFICE: Final = "Dinas Sosial {regency}"
VISITED: Final = "Dikunjungi {day}"
PRINTED: Final = "Dicetak {day}"
VILLAGES: Final[Mapping[str, str]] = {"desa": "Desa {village}", "kelurahan": "Kelurahan {village}"}
