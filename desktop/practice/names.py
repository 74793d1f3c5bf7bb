"""Tables from which synthetic families are drawn. Common words of Banten; nobody in particular."""

from typing import Final

MEN: Final = (
    *("Ahmad", "Asep", "Jaja", "Ujang", "Sarman", "Suhendi", "Rohman", "Karta", "Encep", "Mulyadi"),
    *(
        "Sanusi",
        "Yayat",
        "Dede",
        "Hasan",
        "Komar",
        "Wahyu",
        "Supriadi",
        "Arsani",
        "Misbah",
        "Idris",
    ),
    *("Rudi", "Sukarya", "Nurdin", "Jamhari", "Saepudin", "Tatang", "Umar", "Madsuki", "Aceng"),
    *("Iwan", "Deni", "Herman", "Junaedi", "Baehaki", "Sarip", "Tohir", "Enjen", "Marno", "Saleh"),
)
WOMEN: Final = (
    *("Siti", "Nur", "Sumiati", "Rohimah", "Enok", "Iis", "Yati", "Kokom", "Aminah", "Sarti"),
    *("Euis", "Juhariah", "Rumsiah", "Nining", "Mimin", "Halimah", "Ratna", "Sanah", "Uun", "Tuti"),
    *("Dewi", "Lilis", "Asmanah", "Patimah", "Ida", "Oom", "Suherti", "Murni", "Eti", "Jumroh"),
    *("Wati", "Neneng", "Romlah", "Sopiah", "Titin", "Maryam", "Yuyun", "Karsih", "Imas", "Lina"),
)
SECOND_MEN: Final = (
    *("Hidayat", "Saputra", "Maulana", "Firdaus", "Setiawan", "Gunawan", "Ramdani", "Fauzi"),
    *("Iskandar", "Kurniawan", "Permana", "Mustofa", "Abdullah", "Sutisna", "Wijaya", "Hakim"),
)
SECOND_WOMEN: Final = (
    *("Aini", "Hasanah", "Lestari", "Rahayu", "Marlina", "Nuraeni", "Susilawati", "Fatimah"),
    *("Komariah", "Maesaroh", "Anggraeni", "Kurniasih", "Handayani", "Suryani", "Jubaedah"),
)
HAMLETS: Final = (
    *("Kp. Cibogo", "Kp. Pasir Ona", "Kp. Sawah", "Kp. Kaduagung", "Kp. Babakan", "Kp. Salahaur"),
    *("Kp. Cikadu", "Kp. Leuwi Damar", "Kp. Jaura", "Kp. Parung", "Kp. Kandang Sapi", "Kp. Tutul"),
    *("Kp. Muara", "Kp. Lebong", "Kp. Cempa", "Kp. Ranca Sema", "Kp. Tegal", "Kp. Nangka"),
)
BIRTH_PLACES: Final = ("Lebak", "Lebak", "Lebak", "Pandeglang", "Serang", "Bogor", "Tangerang")
WORK_MEN: Final = (
    *("Buruh tani", "Buruh harian", "Petani", "Pedagang", "Sopir", "Tukang ojek", "Tukang kayu"),
    *("Buruh bangunan", "Nelayan sungai", "Tidak bekerja"),
)
WORK_WOMEN: Final = (
    *("Ibu rumah tangga", "Ibu rumah tangga", "Buruh tani", "Pedagang", "Penjahit", "Asisten"),
    *("Pengrajin anyaman", "Buruh cuci"),
)
BUSINESSES: Final = {
    "01442": 900_000,
    "01464": 1_100_000,
    "01465": 1_200_000,
    "03221": 1_500_000,
    "10391": 2_400_000,
    "10792": 1_900_000,
    "10794": 1_700_000,
    "14120": 1_600_000,
    "16291": 1_100_000,
    "45407": 2_600_000,
    "47112": 3_600_000,
    "47813": 3_100_000,
    "49424": 1_800_000,
    "56102": 3_300_000,
    "56104": 2_300_000,
    "96111": 1_500_000,
    "96200": 1_700_000,
}
"""Classification code -> what such a business sells in a usual month, in rupiah."""

CONSTRAINTS: Final = (
    ("Modal belanja kurang", "Catat belanja harian, ajukan tambahan modal"),
    ("Harga bahan naik", "Beli bersama kelompok di pasar induk"),
    ("Pembeli sepi", "Titip jual di dua warung tetangga"),
    ("Alat rusak", "Perbaiki alat, minta bantuan dari desa"),
)
"""What is in a business's way, and what is done about it."""

FINDINGS: Final = (
    "Anak bungsu sering batuk; dianjurkan ke Posyandu.",
    "Atap dapur bocor, menunggu bantuan dari desa.",
    "Keluarga mulai menabung setiap minggu.",
    "Kartu keluarga belum diperbarui setelah anak pertama menikah.",
    "Usaha berjalan, stok barang bertambah.",
    "Sumur dekat dengan kandang; dianjurkan memasak air sampai mendidih.",
)
WITNESSES: Final = ("Ketua RT 02", "Ibu kader Posyandu", "Ketua RW 01")
MISSING_RECEIPTS: Final = (
    "Nota bahan dari pasar tidak diberikan penjual",
    "Nota etalase hilang, barangnya ada",
)
FOLLOW_UPS: Final = (
    "Antar keluarga mengurus kartu BPJS di kantor desa",
    "Tanyakan jadwal perbaikan atap kepada desa",
    "Bantu mengurus perubahan kartu keluarga",
    "Lihat catatan usaha bersama keluarga",
)
RETURNED_VISIT: Final = (
    "Belanja makanan tampak terlalu kecil untuk jumlah anggota. Mohon ditanyakan lagi.",
    "Sumber air minum berbeda dari kunjungan sebelumnya. Mohon dipastikan.",
    "Pekerjaan kepala keluarga belum sesuai dengan pendapatan yang dicatat.",
)
RETURNED_MONTH: Final = "Biaya belum termasuk belanja bahan. Mohon dilengkapi."
RETURNED_MONTH_JUMP: Final = "Omzet melonjak sepuluh kali lipat. Mohon diperiksa jumlah nolnya."
RETURNED_GRANT: Final = "Rencana belanja belum ditandatangani kepala desa. Mohon dilengkapi."
