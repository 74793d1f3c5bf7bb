<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="id_ID">
<context>
    <name>Answering</name>
    <message>
        <source>Take this away?</source>
        <translation>Hapus bagian ini?</translation>
    </message>
    <message>
        <source>What was answered here will not be part of the visit.</source>
        <translation>Jawaban di sini tidak ikut dalam kunjungan.</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Hapus</translation>
    </message>
</context>
<context>
    <name>AnswersDialog</name>
    <message>
        <source>How it was filled in</source>
        <translation>Cara pengisian</translation>
    </message>
    <message>
        <source>Accepted although doubtful</source>
        <translation>Diterima meskipun meragukan</translation>
    </message>
    <message>
        <source>{doubt} Reason: {reason}</source>
        <translation>{doubt} Alasan: {reason}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} menit {seconds} detik</translation>
    </message>
    <message numerus="yes">
        <source>%n correction(s)</source>
        <translation>
            <numerusform>%n koreksi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) taken over and confirmed</source>
        <translation>
            <numerusform>%n jawaban diambil dari kunjungan lalu dan dibenarkan</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AskedCard</name>
    <message>
        <source>A visit is asked for, and overdue</source>
        <translation>Tugas kunjungan, sudah terlambat</translation>
    </message>
    <message>
        <source>A visit is asked for</source>
        <translation>Tugas kunjungan</translation>
    </message>
    <message>
        <source>By {day}: {what}</source>
        <translation>Paling lambat {day}: {what}</translation>
    </message>
    <message>
        <source>By {day}</source>
        <translation>Paling lambat {day}</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Tarik kembali</translation>
    </message>
    <message>
        <source>Begin the visit</source>
        <translation>Mulai kunjungan</translation>
    </message>
    <message>
        <source>Take back the visit?</source>
        <translation>Tarik kembali tugas ini?</translation>
    </message>
    <message>
        <source>The facilitator will not be asked for it any more.</source>
        <translation>Pendamping tidak diminta lagi berkunjung karena tugas ini.</translation>
    </message>
</context>
<context>
    <name>AskedVisits</name>
    <message>
        <source>by {day}</source>
        <translation>paling lambat {day}</translation>
    </message>
    <message>
        <source>{who} asks: {reason}</source>
        <translation>{who} meminta: {reason}</translation>
    </message>
    <message>
        <source>{who} asks for it</source>
        <translation>Diminta oleh {who}</translation>
    </message>
    <message>
        <source>The office</source>
        <translation>Kantor</translation>
    </message>
</context>
<context>
    <name>AssignDialog</name>
    <message>
        <source>Assign a visit</source>
        <translation>Tugaskan kunjungan</translation>
    </message>
    <message>
        <source>As it falls due</source>
        <translation>Sesuai jadwal keluarga</translation>
    </message>
    <message>
        <source>Visit by</source>
        <translation>Paling lambat</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Untuk apa</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>The facilitator reads this.</source>
        <translation>Ini dibaca oleh pendamping.</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>Tugaskan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} dan {count} keluarga lain</translation>
    </message>
    <message>
        <source>Visits assigned: {count}. Facilitators see it after syncing.</source>
        <translation>Kunjungan ditugaskan: {count}. Pendamping melihatnya setelah sinkronisasi.</translation>
    </message>
    <message>
        <source>Left out: {count}. The same is asked of them already, or they are not accompanied any more.</source>
        <translation>Tidak ditugaskan: {count}. Tugas yang sama sudah ada, atau keluarganya tidak didampingi lagi.</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message>
        <source>This is still being prepared.</source>
        <translation>Masih disiapkan.</translation>
    </message>
    <message>
        <source>KB</source>
        <translation>KB</translation>
    </message>
    <message>
        <source>Taken on {day}, {time}</source>
        <translation>Diambil {day}, {time}</translation>
    </message>
    <message>
        <source>Place: {place}</source>
        <translation>Tempat: {place}</translation>
    </message>
    <message>
        <source>The photo does not say when and where it was taken</source>
        <translation>Waktu dan tempat foto ini diambil tidak tercatat</translation>
    </message>
    <message>
        <source>Photos ({kinds})</source>
        <translation>Foto ({kinds})</translation>
    </message>
    <message>
        <source>Sound recordings ({kinds})</source>
        <translation>Rekaman suara ({kinds})</translation>
    </message>
    <message>
        <source>All files ({kinds})</source>
        <translation>Semua berkas ({kinds})</translation>
    </message>
</context>
<context>
    <name>BackupCard</name>
    <message>
        <source>Backup</source>
        <translation>Cadangan</translation>
    </message>
    <message>
        <source>A backup is one encrypted file with everything on this laptop. Keep it on a USB stick, away from the laptop.</source>
        <translation>Cadangan adalah satu berkas terkunci berisi semua data di laptop ini. Simpan di flashdisk, jauh dari laptop.</translation>
    </message>
    <message>
        <source>Save a backup</source>
        <translation>Simpan cadangan</translation>
    </message>
    <message>
        <source>Check the data</source>
        <translation>Periksa data</translation>
    </message>
    <message>
        <source>The backup is being written and read back.</source>
        <translation>Cadangan sedang ditulis dan dibaca ulang.</translation>
    </message>
    <message>
        <source>The data is being checked.</source>
        <translation>Data sedang diperiksa.</translation>
    </message>
    <message>
        <source>Saved and read back: {name}. Families in it: {count}.</source>
        <translation>Tersimpan dan sudah dibaca ulang: {name}. Keluarga di dalamnya: {count}.</translation>
    </message>
    <message>
        <source>Some photos are not in it, because they are damaged or missing on this laptop. Please tell the office.</source>
        <translation>Beberapa foto tidak ikut, karena rusak atau hilang di laptop ini. Beri tahu kantor.</translation>
    </message>
    <message>
        <source>Something in the data file is damaged, so no new backup of it can be saved. Older backups are as they were. Please ask the office for help.</source>
        <translation>Ada yang rusak di berkas data, jadi cadangan baru tidak bisa disimpan. Cadangan yang lama tetap seperti semula. Minta bantuan kantor.</translation>
    </message>
    <message>
        <source>Some photos or files are damaged or missing on this laptop. Everything else is whole. Please save a backup now, and tell the office.</source>
        <translation>Beberapa foto atau berkas rusak atau hilang di laptop ini. Yang lainnya utuh. Simpan cadangan sekarang, dan beri tahu kantor.</translation>
    </message>
    <message>
        <source>The data on this laptop is whole: every page and every row.</source>
        <translation>Data di laptop ini utuh: semua halaman dan semua baris.</translation>
    </message>
</context>
<context>
    <name>BackupSentences</name>
    <message>
        <source>There is not enough room. Nothing was changed, and an older backup is still there. Please make room, or choose another place.</source>
        <translation>Tempatnya tidak cukup. Tidak ada yang berubah, dan cadangan lama masih ada. Kosongkan tempat, atau pilih tempat lain.</translation>
    </message>
    <message>
        <source>Berdaya may not write or read there. Nothing was changed. Please choose another place.</source>
        <translation>Berdaya tidak boleh menulis atau membaca di sana. Tidak ada yang berubah. Pilih tempat lain.</translation>
    </message>
    <message>
        <source>The place cannot be reached. Perhaps the USB stick was taken out. Nothing was changed. Please put it in and try again.</source>
        <translation>Tempat itu tidak bisa dibuka. Mungkin flashdisk dicabut. Tidak ada yang berubah. Pasang lagi, lalu coba sekali lagi.</translation>
    </message>
    <message>
        <source>The backup was written, but it could not be read back the same, so it was thrown away. Your data is safe on this laptop. Please try another USB stick or folder.</source>
        <translation>Cadangan sudah ditulis, tetapi tidak bisa dibaca ulang dengan benar, jadi dibuang. Data Anda aman di laptop ini. Coba flashdisk atau folder lain.</translation>
    </message>
    <message>
        <source>This file is not a backup of Berdaya. Nothing was changed.</source>
        <translation>Berkas ini bukan cadangan Berdaya. Tidak ada yang berubah.</translation>
    </message>
    <message>
        <source>This backup was written by a newer version of Berdaya. Nothing was changed. Please install the newest version first.</source>
        <translation>Cadangan ini dibuat oleh Berdaya versi yang lebih baru. Tidak ada yang berubah. Pasang versi terbaru dulu.</translation>
    </message>
    <message>
        <source>The end of this backup is missing; perhaps it was not copied completely. Nothing was changed. Please copy it again, or take another backup.</source>
        <translation>Bagian akhir cadangan ini hilang; mungkin penyalinannya belum selesai. Tidak ada yang berubah. Salin lagi, atau pakai cadangan lain.</translation>
    </message>
    <message>
        <source>This backup is damaged. Nothing was changed. Please take another backup.</source>
        <translation>Cadangan ini rusak. Tidak ada yang berubah. Pakai cadangan lain.</translation>
    </message>
    <message>
        <source>The passphrase is another one. Nothing was changed. Please try again.</source>
        <translation>Kalimat sandinya bukan itu. Tidak ada yang berubah. Coba lagi.</translation>
    </message>
    <message>
        <source>The data on this laptop is in use, so it could not be replaced. Nothing was changed. Please close Berdaya, open it and try again.</source>
        <translation>Data di laptop ini sedang dipakai, jadi belum bisa diganti. Tidak ada yang berubah. Tutup Berdaya, buka lagi, lalu coba sekali lagi.</translation>
    </message>
</context>
<context>
    <name>BackupWork</name>
    <message>
        <source>Restore a backup</source>
        <translation>Pulihkan cadangan</translation>
    </message>
    <message>
        <source>The backup is being checked and restored.</source>
        <translation>Cadangan sedang diperiksa dan dipulihkan.</translation>
    </message>
    <message>
        <source>The backup is being looked at.</source>
        <translation>Cadangan sedang dilihat.</translation>
    </message>
    <message>
        <source>Backups of Berdaya ({pattern})</source>
        <translation>Cadangan Berdaya ({pattern})</translation>
    </message>
    <message>
        <source>The backup is restored.</source>
        <translation>Cadangan sudah dipulihkan.</translation>
    </message>
    <message>
        <source>The backup is restored. What was here before lies in {folder}.</source>
        <translation>Cadangan sudah dipulihkan. Data yang lama ada di {folder}.</translation>
    </message>
    <message>
        <source>Not every photo and file that was here could be read: some that came after the backup are missing now. Please keep that folder, and tell the office.</source>
        <translation>Tidak semua foto dan berkas yang lama bisa dibaca: sebagian yang ditambahkan setelah cadangan dibuat sekarang tidak ada. Simpan folder itu, dan beri tahu kantor.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Practice: these families do not exist, and nothing reaches the office.</source>
        <translation>Latihan: keluarga ini rekaan, dan tidak ada yang sampai ke Dinsos.</translation>
    </message>
</context>
<context>
    <name>Before</name>
    <message>
        <source>Changed</source>
        <translation>Berubah</translation>
    </message>
    <message>
        <source>Please confirm</source>
        <translation>Perlu dipastikan</translation>
    </message>
</context>
<context>
    <name>Business</name>
    <message>
        <source>Active</source>
        <translation>Berjalan</translation>
    </message>
    <message>
        <source>Declining</source>
        <translation>Menurun</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Jeda</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Tutup</translation>
    </message>
</context>
<context>
    <name>BusinessDialog</name>
    <message>
        <source>Correct the business</source>
        <translation>Perbaiki data usaha</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>BusinessForm</name>
    <message>
        <source>Choose a kind from the list, or leave it empty</source>
        <translation>Pilih jenis dari daftar, atau kosongkan</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Jenis</translation>
    </message>
    <message>
        <source>A few letters find it.</source>
        <translation>Ketik beberapa huruf untuk mencari.</translation>
    </message>
    <message>
        <source>Started on</source>
        <translation>Mulai tanggal</translation>
    </message>
    <message>
        <source>NIB</source>
        <translation>NIB</translation>
    </message>
    <message>
        <source>13 digits, if it has one.</source>
        <translation>13 angka, kalau ada.</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
</context>
<context>
    <name>BusinessNumberField</name>
    <message>
        <source>A NIB has 13 digits</source>
        <translation>NIB terdiri dari 13 angka</translation>
    </message>
</context>
<context>
    <name>BusinessPage</name>
    <message>
        <source>Business</source>
        <translation>Usaha</translation>
    </message>
    <message>
        <source>This business is no longer on this laptop.</source>
        <translation>Usaha ini sudah tidak ada di laptop ini.</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>Keluar tanpa menyimpan?</translation>
    </message>
    <message>
        <source>What you typed about the new business is not saved yet.</source>
        <translation>Yang Anda ketik tentang usaha baru belum disimpan.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Keluar</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Lanjut menulis</translation>
    </message>
    <message>
        <source>Leave without it?</source>
        <translation>Tinggalkan tanpa isian ini?</translation>
    </message>
    <message>
        <source>Save the business</source>
        <translation>Simpan usaha</translation>
    </message>
    <message>
        <source>Family of {head}, {village}</source>
        <translation>Keluarga {head}, {village}</translation>
    </message>
    <message>
        <source>New business</source>
        <translation>Usaha baru</translation>
    </message>
    <message>
        <source>Family of {head}</source>
        <translation>Keluarga {head}</translation>
    </message>
    <message>
        <source>{month} was handed in.</source>
        <translation>{month} sudah diajukan.</translation>
    </message>
</context>
<context>
    <name>BusinessesPage</name>
    <message>
        <source>Businesses</source>
        <translation>Usaha</translation>
    </message>
    <message>
        <source>The businesses of the families you accompany will be here. Open a family to begin its business.</source>
        <translation>Usaha keluarga yang Anda dampingi akan muncul di sini. Buka satu keluarga untuk memulai usahanya.</translation>
    </message>
    <message>
        <source>Open the families</source>
        <translation>Buka daftar keluarga</translation>
    </message>
    <message>
        <source>No business is like that.</source>
        <translation>Tidak ada usaha seperti itu.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tampilkan semua</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>Usaha</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Keluarga</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Jenis</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Bulan terakhir</translation>
    </message>
    <message>
        <source>Profit</source>
        <translation>Laba</translation>
    </message>
    <message>
        <source>Six months</source>
        <translation>Enam bulan</translation>
    </message>
    <message>
        <source>Missing months</source>
        <translation>Bulan kosong</translation>
    </message>
    <message numerus="yes">
        <source>{count} businesses, {missing} incomplete</source>
        <translation>
            <numerusform>{count} usaha, {missing} belum lengkap</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} businesses, no month is missing</source>
        <translation>
            <numerusform>{count} usaha, semua bulannya lengkap</numerusform>
        </translation>
    </message>
    <message>
        <source>All statuses</source>
        <translation>Semua status</translation>
    </message>
    <message>
        <source>All villages</source>
        <translation>Semua desa</translation>
    </message>
</context>
<context>
    <name>BusinessesTab</name>
    <message>
        <source>Businesses</source>
        <translation>Usaha</translation>
    </message>
    <message>
        <source>The businesses of this family will be here.</source>
        <translation>Usaha keluarga ini akan muncul di sini.</translation>
    </message>
    <message>
        <source>Add the first business</source>
        <translation>Tambah usaha pertama</translation>
    </message>
    <message>
        <source>Add a business</source>
        <translation>Tambah usaha</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Jenis</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Sejak</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>New business</source>
        <translation>Usaha baru</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Tambah</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>By month</source>
        <translation>Per bulan</translation>
    </message>
    <message>
        <source>Revenue and profit</source>
        <translation>Omzet dan laba</translation>
    </message>
    <message>
        <source>Savings and debt</source>
        <translation>Tabungan dan utang</translation>
    </message>
    <message>
        <source>Savings</source>
        <translation>Tabungan</translation>
    </message>
    <message>
        <source>Debt</source>
        <translation>Utang</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Omzet</translation>
    </message>
    <message>
        <source>Profit</source>
        <translation>Laba</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>{family}: which is right?</source>
        <translation>{family}: mana yang benar?</translation>
    </message>
    <message>
        <source>A record</source>
        <translation>Satu catatan</translation>
    </message>
    <message>
        <source>none of these is right</source>
        <translation>semua di atas keliru</translation>
    </message>
    <message>
        <source>the facilitator</source>
        <translation>pendamping</translation>
    </message>
    <message>
        <source>the district</source>
        <translation>Dinsos kabupaten/kota</translation>
    </message>
    <message>
        <source>the province</source>
        <translation>Dinsos provinsi</translation>
    </message>
    <message>
        <source>{family}: keep or delete?</source>
        <translation>{family}: simpan atau hapus?</translation>
    </message>
    <message>
        <source>{family}: which state is right?</source>
        <translation>{family}: status mana yang benar?</translation>
    </message>
    <message>
        <source>One deleted it while another changed it. It was kept until somebody decides.</source>
        <translation>Seorang menghapusnya, seorang lain mengubahnya. Catatan ini tetap disimpan sampai ada yang memutuskan.</translation>
    </message>
    <message>
        <source>If you choose another state than the one now, it is moved there.</source>
        <translation>Kalau Anda memilih status lain dari yang sekarang, catatan ini dipindahkan ke status itu.</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>Sebelumnya: {value}</translation>
    </message>
    <message>
        <source>visit of {day}</source>
        <translation>kunjungan {day}</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Seseorang</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Anda</translation>
    </message>
    <message>
        <source>came to the province {moment}</source>
        <translation>sampai di provinsi {moment}</translation>
    </message>
    <message>
        <source>{day} at {time}</source>
        <translation>{day} pukul {time}</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>stands now</source>
        <translation>berlaku sekarang</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Isi lain</translation>
    </message>
    <message>
        <source>only {who} can choose this</source>
        <translation>hanya {who} yang bisa memilih ini</translation>
    </message>
    <message>
        <source>first {who} has to move it on</source>
        <translation>{who} harus mengubah statusnya lebih dulu</translation>
    </message>
    <message>
        <source>it can no longer be moved there</source>
        <translation>tidak bisa lagi dipindahkan ke sana</translation>
    </message>
    <message>
        <source> or </source>
        <translation> atau </translation>
    </message>
    <message>
        <source>It is</source>
        <translation>Yang benar</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>Saved on this laptop</source>
        <translation>Tersimpan di laptop ini</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation>
            <numerusform>%n menunggu dikirim</numerusform>
        </translation>
    </message>
    <message>
        <source>The date or time here is wrong</source>
        <translation>Tanggal atau jam laptop salah</translation>
    </message>
    <message>
        <source>Syncing…</source>
        <translation>Sedang sinkronisasi…</translation>
    </message>
    <message numerus="yes">
        <source>%n with the office</source>
        <translation>
            <numerusform>%n menunggu Dinsos</numerusform>
        </translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Sinkronkan sekarang</translation>
    </message>
    <message numerus="yes">
        <source>Sent but for %n file(s), today at {time}</source>
        <translation>
            <numerusform>Terkirim kecuali %n berkas, hari ini {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sent but for %n file(s), on {day}</source>
        <translation>
            <numerusform>Terkirim kecuali %n berkas, {day}</numerusform>
        </translation>
    </message>
    <message>
        <source>Sent, confirmed today at {time}</source>
        <translation>Terkirim, diterima hari ini {time}</translation>
    </message>
    <message>
        <source>Sent, confirmed on {day} at {time}</source>
        <translation>Terkirim, diterima {day} {time}</translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>day/month/year</source>
        <translation>tanggal/bulan/tahun</translation>
    </message>
    <message>
        <source>Not later than {day}</source>
        <translation>Paling akhir {day}</translation>
    </message>
    <message>
        <source>Not earlier than {day}</source>
        <translation>Paling awal {day}</translation>
    </message>
    <message>
        <source>Write day, month and year, for example 24/05/2022</source>
        <translation>Tulis tanggal, bulan dan tahun, misalnya 24/05/2022</translation>
    </message>
    <message>
        <source>There is no such day</source>
        <translation>Tanggal itu tidak ada</translation>
    </message>
    <message>
        <source>That day is another day of the week</source>
        <translation>Hari dan tanggalnya tidak cocok</translation>
    </message>
</context>
<context>
    <name>DecisionCard</name>
    <message>
        <source>Why</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>For whoever looks at it later.</source>
        <translation>Untuk yang melihatnya nanti.</translation>
    </message>
    <message>
        <source>This is right</source>
        <translation>Ini yang benar</translation>
    </message>
    <message>
        <source>Show the numbers</source>
        <translation>Tampilkan nomor</translation>
    </message>
    <message>
        <source>Hide the numbers</source>
        <translation>Tutupi nomor</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>Doubt</name>
    <message>
        <source>If it is right all the same: why?</source>
        <translation>Kalau memang benar: mengapa?</translation>
    </message>
    <message>
        <source>Reason for keeping this answer</source>
        <translation>Alasan jawaban ini dipertahankan</translation>
    </message>
</context>
<context>
    <name>DuplicateCard</name>
    <message>
        <source>One NIK in several records: {number}</source>
        <translation>Satu NIK di beberapa catatan: {number}</translation>
    </message>
    <message>
        <source>What is right?</source>
        <translation>Mana yang benar?</translation>
    </message>
    <message>
        <source>The NIK here is right</source>
        <translation>NIK di sini benar</translation>
    </message>
    <message>
        <source>compared with the card; the other village is asked, too</source>
        <translation>sudah dicocokkan dengan KTP; desa yang lain juga ditanya</translation>
    </message>
    <message>
        <source>One person, written twice: {letter} stays</source>
        <translation>Satu orang, tercatat dua kali: {letter} yang dipakai</translation>
    </message>
    <message>
        <source>One family, written twice: {letter} stays</source>
        <translation>Satu keluarga, tercatat dua kali: {letter} yang dipakai</translation>
    </message>
    <message>
        <source>what belongs to the other goes over to it</source>
        <translation>semua milik catatan yang lain pindah ke sana</translation>
    </message>
    <message>
        <source>One person, who lives with the family of {letter} now</source>
        <translation>Satu orang, sekarang tinggal bersama keluarga {letter}</translation>
    </message>
    <message>
        <source>in the other family {name} is noted as moved out; it has no head then, until you say who that is</source>
        <translation>di keluarga yang lain {name} dicatat sudah pindah; setelah itu keluarga tersebut belum punya kepala keluarga, sampai Anda menentukan siapa</translation>
    </message>
    <message>
        <source>in the other family {name} is noted as moved out</source>
        <translation>di keluarga yang lain {name} dicatat sudah pindah</translation>
    </message>
    <message>
        <source>Somebody in another village has the same NIK; the district office sees who.</source>
        <translation>Seseorang di desa lain memiliki NIK yang sama; Dinsos kabupaten dapat melihat siapa.</translation>
    </message>
    <message>
        <source>Somebody in another district has the same NIK; the province sees who.</source>
        <translation>Seseorang di kecamatan lain memiliki NIK yang sama; provinsi dapat melihat siapa.</translation>
    </message>
    <message>
        <source>If the NIK was mistyped here, open the family and correct it.</source>
        <translation>Jika NIK di sini salah ketik, buka keluarganya dan perbaiki.</translation>
    </message>
    <message>
        <source>Different people, and each NIK is right</source>
        <translation>Orang yang berbeda, dan setiap NIK benar</translation>
    </message>
    <message>
        <source>compared with the cards</source>
        <translation>sudah dicocokkan dengan KTP</translation>
    </message>
    <message>
        <source>family of {name}</source>
        <translation>keluarga {name}</translation>
    </message>
    <message>
        <source>born {day}</source>
        <translation>lahir {day}</translation>
    </message>
    <message>
        <source>not visited yet</source>
        <translation>belum pernah dikunjungi</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s), the last on {day}</source>
        <translation>
            <numerusform>%n kunjungan, terakhir {day}</numerusform>
        </translation>
    </message>
    <message>
        <source>There are several: open the families one by one, and correct or note what is wrong.</source>
        <translation>Ada beberapa: buka keluarganya satu per satu, lalu perbaiki atau catat yang salah.</translation>
    </message>
    <message>
        <source>If a NIK was mistyped, open the family and correct it there.</source>
        <translation>Jika NIK salah ketik, buka keluarganya dan perbaiki di sana.</translation>
    </message>
    <message>
        <source>Open the family of {letter}</source>
        <translation>Buka keluarga {letter}</translation>
    </message>
    <message>
        <source>Open the family</source>
        <translation>Buka keluarga</translation>
    </message>
</context>
<context>
    <name>Factor</name>
    <message>
        <source>Food</source>
        <translation>Pangan</translation>
    </message>
    <message>
        <source>Other needs</source>
        <translation>Kebutuhan lain</translation>
    </message>
    <message>
        <source>Clean water</source>
        <translation>Air bersih</translation>
    </message>
    <message>
        <source>Sanitation</source>
        <translation>Jamban</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Kesehatan</translation>
    </message>
    <message>
        <source>Education</source>
        <translation>Pendidikan</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Informasi</translation>
    </message>
    <message>
        <source>Housing</source>
        <translation>Rumah</translation>
    </message>
    <message>
        <source>Lacking</source>
        <translation>Kurang</translation>
    </message>
    <message>
        <source>Met</source>
        <translation>Terpenuhi</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Belum diketahui</translation>
    </message>
</context>
<context>
    <name>FactsCard</name>
    <message>
        <source>The district: {words}</source>
        <translation>Dinsos: {words}</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Jenis</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>belum diketahui</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Sejak</translation>
    </message>
    <message>
        <source>NIB</source>
        <translation>NIB</translation>
    </message>
    <message>
        <source>none</source>
        <translation>tidak ada</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Perbaiki</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Pengiriman</translation>
    </message>
    <message>
        <source>Grant</source>
        <translation>Bantuan modal</translation>
    </message>
    <message>
        <source>Programme</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>Bank</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Diusulkan</translation>
    </message>
    <message>
        <source>Disbursed</source>
        <translation>Dicairkan</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tahap</translation>
    </message>
    <message>
        <source>Propose a grant</source>
        <translation>Usulkan bantuan modal</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>belum ada</translation>
    </message>
    <message>
        <source>Propose again</source>
        <translation>Usulkan lagi</translation>
    </message>
    <message>
        <source>Record accounts handed in</source>
        <translation>Catat LPJ diserahkan</translation>
    </message>
</context>
<context>
    <name>FamilySheetDialog</name>
    <message>
        <source>Print for the family</source>
        <translation>Cetak untuk keluarga</translation>
    </message>
    <message>
        <source>No printer is set up on this laptop. Save the sheet as a PDF; it can be printed wherever there is one.</source>
        <translation>Belum ada printer di laptop ini. Simpan lembar ini sebagai PDF; nanti bisa dicetak di tempat yang punya printer.</translation>
    </message>
    <message>
        <source>The sheet was given to the printer.</source>
        <translation>Lembar sudah dikirim ke printer.</translation>
    </message>
    <message>
        <source>The printer did not take the sheet. Please look whether it is switched on, or save the sheet as a PDF.</source>
        <translation>Printer tidak menerima lembar ini. Periksa apakah printer menyala, atau simpan lembar ini sebagai PDF.</translation>
    </message>
    <message>
        <source>The PDF is being written.</source>
        <translation>PDF sedang disimpan.</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>Ditulis</translation>
    </message>
    <message>
        <source>Only the day</source>
        <translation>Hanya harinya</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Kertas</translation>
    </message>
    <message>
        <source>On A4 everything is larger.</source>
        <translation>Di A4 semua lebih besar.</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>Yang akan dilakukan</translation>
    </message>
    <message>
        <source>The sheet may lie where neighbours read it.</source>
        <translation>Lembar ini bisa terbaca tetangga.</translation>
    </message>
    <message>
        <source>Your phone</source>
        <translation>Nomor HP Anda</translation>
    </message>
    <message>
        <source>Without one there is a line on which it can be written by hand.</source>
        <translation>Kalau kosong, ada garis untuk menulisnya dengan tangan.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Save PDF</source>
        <translation>Simpan PDF</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Ctrl+S</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Cetak</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>Tersimpan: {path}</translation>
    </message>
    <message>
        <source>There is not enough room, so the PDF was not saved. Please choose another place.</source>
        <translation>Tempatnya penuh, jadi PDF tidak tersimpan. Pilih tempat lain.</translation>
    </message>
    <message>
        <source>The PDF could not be saved there. Perhaps it is open in another program, or Berdaya may not write there. Please choose another place.</source>
        <translation>PDF tidak bisa disimpan di sana. Mungkin PDF itu sedang dibuka di program lain, atau Berdaya tidak boleh menulis di sana. Pilih tempat lain.</translation>
    </message>
    <message>
        <source>The place cannot be reached, so the PDF was not saved. Perhaps the USB stick was taken out.</source>
        <translation>Tempat itu tidak bisa dibuka, jadi PDF tidak tersimpan. Mungkin flashdisk dicabut.</translation>
    </message>
    <message>
        <source>There is nothing to print of this family yet.</source>
        <translation>Belum ada yang bisa dicetak dari keluarga ini.</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Drop a sound recording here, or press Enter to choose one</source>
        <translation>Seret rekaman suara ke sini, atau tekan Enter untuk memilih</translation>
    </message>
    <message>
        <source>Drop a file here, or press Enter to choose one</source>
        <translation>Seret berkas ke sini, atau tekan Enter untuk memilih</translation>
    </message>
    <message>
        <source>Choose a recording</source>
        <translation>Pilih rekaman suara</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Pilih berkas</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>One file belongs here: the first one was taken.</source>
        <translation>Di sini hanya untuk satu berkas: yang pertama dipakai.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Berkas</translation>
    </message>
    <message>
        <source>The file is being copied.</source>
        <translation>Berkas sedang disalin.</translation>
    </message>
</context>
<context>
    <name>FinishSheet</name>
    <message>
        <source>Print for the family</source>
        <translation>Cetak untuk keluarga</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Everything is answered</source>
        <translation>Semua sudah dijawab</translation>
    </message>
    <message>
        <source>The visit can be finished.</source>
        <translation>Kunjungan bisa diselesaikan.</translation>
    </message>
    <message>
        <source>Still to be done</source>
        <translation>Yang masih harus dikerjakan</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pertanyaan</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>Yang belum ada</translation>
    </message>
    <message>
        <source>The eight factors</source>
        <translation>Delapan kebutuhan</translation>
    </message>
    <message>
        <source>Computed by the rules of the eight factors, version {version}.</source>
        <translation>Dihitung dengan aturan delapan faktor, versi {version}.</translation>
    </message>
    <message>
        <source>Changed since it was asked last</source>
        <translation>Berubah sejak terakhir ditanyakan</translation>
    </message>
    <message>
        <source>Changed since {date}</source>
        <translation>Berubah sejak {date}</translation>
    </message>
    <message>
        <source>Last time</source>
        <translation>Kunjungan lalu</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Sekarang</translation>
    </message>
    <message>
        <source>All answers are the same as last time.</source>
        <translation>Semua jawaban sama dengan kunjungan lalu.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of last time to read and confirm</source>
        <translation>
            <numerusform>%n jawaban kunjungan lalu perlu dibacakan dan dipastikan</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) not answered</source>
        <translation>
            <numerusform>%n pertanyaan belum dijawab</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: {question}</source>
        <translation>{name}: {question}</translation>
    </message>
</context>
<context>
    <name>FormRow</name>
    <message>
        <source>This has to be answered</source>
        <translation>Ini harus dijawab</translation>
    </message>
    <message>
        <source>Has to be answered</source>
        <translation>Harus dijawab</translation>
    </message>
</context>
<context>
    <name>Grant</name>
    <message>
        <source>Proposed</source>
        <translation>Diusulkan</translation>
    </message>
    <message>
        <source>Verified by the district</source>
        <translation>Diverifikasi Dinsos</translation>
    </message>
    <message>
        <source>Approved by the province</source>
        <translation>Ditetapkan provinsi</translation>
    </message>
    <message>
        <source>Disbursed</source>
        <translation>Dicairkan</translation>
    </message>
    <message>
        <source>Accounted for</source>
        <translation>LPJ selesai</translation>
    </message>
    <message>
        <source>Monitored</source>
        <translation>Dipantau</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Ditutup</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Dikembalikan</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Dibatalkan</translation>
    </message>
</context>
<context>
    <name>GrantDialog</name>
    <message>
        <source>Grant</source>
        <translation>Bantuan modal</translation>
    </message>
    <message>
        <source>Programme</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Jumlah</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>Bank</translation>
    </message>
    <message>
        <source>Proposed on</source>
        <translation>Tanggal usul</translation>
    </message>
    <message>
        <source>Disbursed on</source>
        <translation>Tanggal cair</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>HeadDialog</name>
    <message>
        <source>Who is the head of the family?</source>
        <translation>Siapa kepala keluarganya?</translation>
    </message>
    <message>
        <source>Head of family</source>
        <translation>Kepala keluarga</translation>
    </message>
    <message>
        <source>What the others are to the head follows; correct it where it differs.</source>
        <translation>Hubungan anggota lain mengikuti; perbaiki bila ada yang berbeda.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>HeatStrip</name>
    <message>
        <source>Eight factors over the visits</source>
        <translation>Delapan kebutuhan dari kunjungan ke kunjungan</translation>
    </message>
    <message>
        <source>As before, not asked again</source>
        <translation>Seperti dulu, tidak ditanyakan lagi</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Finish the visit</source>
        <translation>Selesaikan kunjungan</translation>
    </message>
    <message>
        <source>Returned, please correct</source>
        <translation>Dikembalikan</translation>
    </message>
    <message>
        <source>Two different values</source>
        <translation>Dua isian berbeda</translation>
    </message>
    <message>
        <source>Visit is overdue</source>
        <translation>Kunjungan terlambat</translation>
    </message>
    <message>
        <source>Follow up the business</source>
        <translation>Tindak lanjut usaha</translation>
    </message>
    <message>
        <source>Visit is due</source>
        <translation>Waktunya dikunjungi</translation>
    </message>
    <message>
        <source>Assigned visit, overdue</source>
        <translation>Tugas, sudah terlambat</translation>
    </message>
    <message>
        <source>Assigned visit</source>
        <translation>Tugas kunjungan</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Beranda</translation>
    </message>
    <message>
        <source>Visit a family</source>
        <translation>Kunjungi keluarga</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Tugas</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Keluarga</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tanggal</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hari ini</translation>
    </message>
    <message>
        <source>Nothing is waiting today. New visits and follow-ups will stand here.</source>
        <translation>Hari ini tidak ada yang menunggu. Kunjungan dan tindak lanjut baru akan muncul di sini.</translation>
    </message>
    <message>
        <source>See the families</source>
        <translation>Lihat keluarga</translation>
    </message>
    <message>
        <source>Visits by month</source>
        <translation>Kunjungan per bulan</translation>
    </message>
    <message>
        <source>In your villages</source>
        <translation>Di desa Anda</translation>
    </message>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n perlu diputuskan</numerusform>
        </translation>
    </message>
    <message>
        <source>Planned this month: {count}</source>
        <translation>Rencana bulan ini: {count}</translation>
    </message>
    <message numerus="yes">
        <source>families</source>
        <translation>
            <numerusform>keluarga</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>businesses</source>
        <translation>
            <numerusform>usaha</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>things to do</source>
        <translation>
            <numerusform>tugas</numerusform>
        </translation>
    </message>
    <message>
        <source>{village}: {due} due, {overdue} of them overdue</source>
        <translation>{village}: {due} harus dikunjungi, {overdue} terlambat</translation>
    </message>
    <message>
        <source>{village}: {due} due</source>
        <translation>{village}: {due} harus dikunjungi</translation>
    </message>
    <message>
        <source>{business}: {words}</source>
        <translation>{business}: {words}</translation>
    </message>
</context>
<context>
    <name>Household</name>
    <message>
        <source>Head of family</source>
        <translation>Kepala keluarga</translation>
    </message>
    <message>
        <source>Wife or husband</source>
        <translation>Istri atau suami</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>Anak</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>Orang tua</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Lainnya</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>Perempuan</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Laki-laki</translation>
    </message>
    <message>
        <source>Moved out</source>
        <translation>Pindah</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>Meninggal</translation>
    </message>
    <message>
        <source>Lives here</source>
        <translation>Tinggal di sini</translation>
    </message>
    <message>
        <source>Met the family</source>
        <translation>Bertemu</translation>
    </message>
    <message>
        <source>Nobody home</source>
        <translation>Rumah kosong</translation>
    </message>
    <message>
        <source>Moved away</source>
        <translation>Sudah pindah</translation>
    </message>
    <message>
        <source>Refused the visit</source>
        <translation>Menolak</translation>
    </message>
    <message>
        <source>First visit</source>
        <translation>Kunjungan pertama</translation>
    </message>
    <message>
        <source>Check of receipts</source>
        <translation>Periksa nota</translation>
    </message>
    <message>
        <source>Monthly visit</source>
        <translation>Kunjungan bulanan</translation>
    </message>
    <message>
        <source>Quarterly visit</source>
        <translation>Kunjungan tiap tiga bulan</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Berjalan</translation>
    </message>
    <message>
        <source>Declining</source>
        <translation>Menurun</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Jeda</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Accompanied</source>
        <translation>Didampingi</translation>
    </message>
    <message>
        <source>Accompaniment ended</source>
        <translation>Pendampingan selesai</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>Uang</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>Barang</translation>
    </message>
    <message>
        <source>Materials</source>
        <translation>Bahan</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Keluarga</translation>
    </message>
    <message>
        <source>Family card</source>
        <translation>Kartu Keluarga</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Anggota</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Kunjungan</translation>
    </message>
    <message>
        <source>Visit, about a member</source>
        <translation>Kunjungan, tentang anggota</translation>
    </message>
    <message>
        <source>Visit, a row of a list</source>
        <translation>Kunjungan, baris dalam daftar</translation>
    </message>
    <message>
        <source>Assigned visit</source>
        <translation>Kunjungan yang ditugaskan</translation>
    </message>
    <message>
        <source>Photo or file</source>
        <translation>Foto atau berkas</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>Usaha</translation>
    </message>
    <message>
        <source>Grant</source>
        <translation>Bantuan modal</translation>
    </message>
    <message>
        <source>Month of a business</source>
        <translation>Bulan usaha</translation>
    </message>
    <message>
        <source>Handing in</source>
        <translation>Pengajuan</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Keputusan</translation>
    </message>
    <message>
        <source>Programme</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Pengguna</translation>
    </message>
    <message>
        <source>How often visits are due</source>
        <translation>Jadwal kunjungan</translation>
    </message>
    <message>
        <source>RT</source>
        <translation>RT</translation>
    </message>
    <message>
        <source>RW</source>
        <translation>RW</translation>
    </message>
    <message>
        <source>Status of the family</source>
        <translation>Status keluarga</translation>
    </message>
    <message>
        <source>Registered on</source>
        <translation>Tanggal didaftar</translation>
    </message>
    <message>
        <source>Welfare decile</source>
        <translation>Desil</translation>
    </message>
    <message>
        <source>Village of the family</source>
        <translation>Desa keluarga</translation>
    </message>
    <message>
        <source>Same family as</source>
        <translation>Keluarga yang sama dengan</translation>
    </message>
    <message>
        <source>Same person as</source>
        <translation>Orang yang sama dengan</translation>
    </message>
    <message>
        <source>One NIK in several records</source>
        <translation>Satu NIK di beberapa catatan</translation>
    </message>
    <message>
        <source>What the visit is for</source>
        <translation>Tujuan kunjungan</translation>
    </message>
    <message>
        <source>How the answers came about</source>
        <translation>Cara jawaban diperoleh</translation>
    </message>
    <message>
        <source>An answer in a list</source>
        <translation>Jawaban dalam daftar</translation>
    </message>
    <message>
        <source>Place in the list</source>
        <translation>Urutan dalam daftar</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Keterangan</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pertanyaan</translation>
    </message>
    <message>
        <source>Due on</source>
        <translation>Tenggat</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Daftar</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>Termasuk pada</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>Jenis berkas</translation>
    </message>
    <message>
        <source>Format of the file</source>
        <translation>Format berkas</translation>
    </message>
    <message>
        <source>Digest of the file</source>
        <translation>Sidik berkas</translation>
    </message>
    <message>
        <source>Size of the file</source>
        <translation>Ukuran berkas</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Lebar</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Tinggi</translation>
    </message>
    <message>
        <source>Taken at</source>
        <translation>Diambil pada</translation>
    </message>
    <message>
        <source>Taken where</source>
        <translation>Tempat pengambilan</translation>
    </message>
    <message>
        <source>Name of the file</source>
        <translation>Nama berkas</translation>
    </message>
    <message>
        <source>Assigned by</source>
        <translation>Ditugaskan oleh</translation>
    </message>
    <message>
        <source>Assigned at</source>
        <translation>Ditugaskan pada</translation>
    </message>
    <message>
        <source>Withdrawn at</source>
        <translation>Ditarik pada</translation>
    </message>
    <message>
        <source>Name of the questionnaire</source>
        <translation>Nama kuesioner</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versi</translation>
    </message>
    <message>
        <source>Content of the questionnaire</source>
        <translation>Isi kuesioner</translation>
    </message>
    <message>
        <source>Published at</source>
        <translation>Terbit pada</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>Berlaku sejak</translation>
    </message>
    <message>
        <source>Days until the receipts check</source>
        <translation>Hari sampai pemeriksaan nota</translation>
    </message>
    <message>
        <source>Months of close visits</source>
        <translation>Bulan dengan kunjungan rutin</translation>
    </message>
    <message>
        <source>Months between close visits</source>
        <translation>Jarak kunjungan rutin (bulan)</translation>
    </message>
    <message>
        <source>Months between later visits</source>
        <translation>Jarak kunjungan berikutnya (bulan)</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Jumlah</translation>
    </message>
    <message>
        <source>Form of the aid</source>
        <translation>Bentuk bantuan</translation>
    </message>
    <message>
        <source>Proposed on</source>
        <translation>Tanggal usulan</translation>
    </message>
    <message>
        <source>Disbursed on</source>
        <translation>Tanggal pencairan</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>Bank</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>Nomor rekening</translation>
    </message>
    <message>
        <source>State of the grant</source>
        <translation>Status bantuan modal</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Bulan</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Omzet</translation>
    </message>
    <message>
        <source>Expenses</source>
        <translation>Biaya</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>Stok dan alat</translation>
    </message>
    <message>
        <source>Savings</source>
        <translation>Tabungan</translation>
    </message>
    <message>
        <source>Debt</source>
        <translation>Utang</translation>
    </message>
    <message>
        <source>Instalment</source>
        <translation>Angsuran</translation>
    </message>
    <message>
        <source>Workers of the family</source>
        <translation>Pekerja dari keluarga</translation>
    </message>
    <message>
        <source>Hired workers</source>
        <translation>Pekerja upahan</translation>
    </message>
    <message>
        <source>What holds it back</source>
        <translation>Kendala</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Tindak lanjut</translation>
    </message>
    <message>
        <source>Who follows up</source>
        <translation>Penanggung jawab tindak lanjut</translation>
    </message>
    <message>
        <source>Follow up by</source>
        <translation>Tenggat tindak lanjut</translation>
    </message>
    <message>
        <source>State of the month</source>
        <translation>Status laporan bulan</translation>
    </message>
    <message>
        <source>Name of the programme</source>
        <translation>Nama program</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Tahun</translation>
    </message>
    <message>
        <source>Number of tranches</source>
        <translation>Jumlah tahap</translation>
    </message>
    <message>
        <source>Funder</source>
        <translation>Pemberi dana</translation>
    </message>
    <message>
        <source>Receipts required</source>
        <translation>Wajib nota</translation>
    </message>
    <message>
        <source>Report due on</source>
        <translation>Tenggat laporan</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Peran</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Alamat</translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation>Dusun</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Nomor HP</translation>
    </message>
    <message>
        <source>Day of the welfare decile</source>
        <translation>Tanggal desil</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>Row of the imported list</source>
        <translation>Baris daftar yang diimpor</translation>
    </message>
    <message>
        <source>Number of the family card</source>
        <translation>Nomor Kartu Keluarga</translation>
    </message>
    <message>
        <source>Family card valid from</source>
        <translation>KK berlaku sejak</translation>
    </message>
    <message>
        <source>Reason for the new card</source>
        <translation>Alasan KK baru</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Place in the family</source>
        <translation>Hubungan keluarga</translation>
    </message>
    <message>
        <source>NIK</source>
        <translation>NIK</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Jenis kelamin</translation>
    </message>
    <message>
        <source>Place of birth</source>
        <translation>Tempat lahir</translation>
    </message>
    <message>
        <source>Occupation</source>
        <translation>Pekerjaan</translation>
    </message>
    <message>
        <source>Status of the member</source>
        <translation>Status anggota</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Tanggal lahir</translation>
    </message>
    <message>
        <source>Left on</source>
        <translation>Tanggal keluar</translation>
    </message>
    <message>
        <source>Facilitator</source>
        <translation>Pendamping</translation>
    </message>
    <message>
        <source>Day of the visit</source>
        <translation>Tanggal kunjungan</translation>
    </message>
    <message>
        <source>Outcome of the visit</source>
        <translation>Hasil kunjungan</translation>
    </message>
    <message>
        <source>Questionnaire</source>
        <translation>Kuesioner</translation>
    </message>
    <message>
        <source>Version of the questionnaire</source>
        <translation>Versi kuesioner</translation>
    </message>
    <message>
        <source>Begun at</source>
        <translation>Mulai pukul</translation>
    </message>
    <message>
        <source>Finished at</source>
        <translation>Selesai pukul</translation>
    </message>
    <message>
        <source>State of the visit</source>
        <translation>Status kunjungan</translation>
    </message>
    <message>
        <source>An answer of the visit</source>
        <translation>Satu jawaban kunjungan</translation>
    </message>
    <message>
        <source>Why an unusual answer was accepted</source>
        <translation>Alasan jawaban tidak biasa diterima</translation>
    </message>
    <message>
        <source>An answer about a member</source>
        <translation>Satu jawaban tentang anggota</translation>
    </message>
    <message>
        <source>Kind of business</source>
        <translation>Jenis usaha</translation>
    </message>
    <message>
        <source>Version of the kinds of business</source>
        <translation>Versi jenis usaha</translation>
    </message>
    <message>
        <source>NIB</source>
        <translation>NIB</translation>
    </message>
    <message>
        <source>Started on</source>
        <translation>Mulai tanggal</translation>
    </message>
    <message>
        <source>Status of the business</source>
        <translation>Status usaha</translation>
    </message>
    <message>
        <source>Name of the business</source>
        <translation>Nama usaha</translation>
    </message>
</context>
<context>
    <name>HouseholdFormPage</name>
    <message>
        <source>New family</source>
        <translation>Keluarga baru</translation>
    </message>
    <message>
        <source>Correct the family</source>
        <translation>Perbaiki data keluarga</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>Keluar tanpa menyimpan?</translation>
    </message>
    <message>
        <source>What you typed on this page has not been saved.</source>
        <translation>Yang Anda ketik di halaman ini belum disimpan.</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>Keluar tanpa menyimpan</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>Tetap di sini</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>A family may be saved without NIK and KK; they can be added later.</source>
        <translation>Keluarga boleh disimpan tanpa NIK dan KK; bisa ditambah nanti.</translation>
    </message>
    <message>
        <source>Where the family lives</source>
        <translation>Tempat tinggal keluarga</translation>
    </message>
    <message>
        <source>Choose a village</source>
        <translation>Pilih desa</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa</translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation>Dusun</translation>
    </message>
    <message>
        <source>RT</source>
        <translation>RT</translation>
    </message>
    <message>
        <source>RW</source>
        <translation>RW</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Alamat</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Nomor HP</translation>
    </message>
    <message>
        <source>Family card (KK)</source>
        <translation>Kartu Keluarga (KK)</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>Head of family</source>
        <translation>Kepala keluarga</translation>
    </message>
    <message>
        <source>To a village that is not yours, the district office moves it.</source>
        <translation>Ke desa yang bukan wilayah Anda, Dinsos kabupaten yang memindahkan.</translation>
    </message>
    <message>
        <source>It moves there with all its records once the province has it; until then it is shown where it was.</source>
        <translation>Keluarga pindah ke sana dengan semua catatannya setelah provinsi menerimanya; sampai saat itu tampil di tempat lama.</translation>
    </message>
    <message>
        <source>{name} in {hamlet} has the same NIK.</source>
        <translation>NIK ini sama dengan {name} di {hamlet}.</translation>
    </message>
    <message>
        <source>{name} in {hamlet} has a similar name.</source>
        <translation>Namanya mirip dengan {name} di {hamlet}.</translation>
    </message>
    <message>
        <source>the village</source>
        <translation>desa ini</translation>
    </message>
    <message>
        <source>Is this family recorded already?</source>
        <translation>Apakah keluarga ini sudah tercatat?</translation>
    </message>
    <message>
        <source>It is another family: save</source>
        <translation>Ini keluarga lain: simpan</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Lihat lagi</translation>
    </message>
    <message>
        <source>The family is saved on this laptop.</source>
        <translation>Keluarga sudah tersimpan di laptop ini.</translation>
    </message>
</context>
<context>
    <name>HouseholdPage</name>
    <message>
        <source>Correct</source>
        <translation>Perbaiki</translation>
    </message>
    <message>
        <source>Assign a visit</source>
        <translation>Tugaskan kunjungan</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Kunjungan baru</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Show the numbers</source>
        <translation>Tampilkan nomor</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Ringkasan</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Anggota</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Kunjungan</translation>
    </message>
    <message>
        <source>Businesses</source>
        <translation>Usaha</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Parts of the family&apos;s page</source>
        <translation>Bagian halaman keluarga</translation>
    </message>
    <message>
        <source>This family is no longer on this laptop.</source>
        <translation>Keluarga ini sudah tidak ada di laptop ini.</translation>
    </message>
    <message>
        <source>A family without a name</source>
        <translation>Keluarga tanpa nama</translation>
    </message>
    <message>
        <source>Continue the visit</source>
        <translation>Lanjutkan kunjungan</translation>
    </message>
    <message>
        <source>Print for the family</source>
        <translation>Cetak untuk keluarga</translation>
    </message>
    <message>
        <source>Ctrl+P. On the tab of the visits: the one chosen.</source>
        <translation>Ctrl+P. Di bagian Kunjungan: kunjungan yang dipilih.</translation>
    </message>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n perlu diputuskan</numerusform>
        </translation>
    </message>
    <message>
        <source>NIK {number}</source>
        <translation>NIK {number}</translation>
    </message>
    <message>
        <source>NIK not known yet</source>
        <translation>NIK belum diketahui</translation>
    </message>
    <message>
        <source>KK {number}</source>
        <translation>KK {number}</translation>
    </message>
    <message>
        <source>KK not known yet</source>
        <translation>KK belum diketahui</translation>
    </message>
    <message>
        <source>Hide the numbers</source>
        <translation>Tutupi nomor</translation>
    </message>
</context>
<context>
    <name>HouseholdsPage</name>
    <message>
        <source>Families</source>
        <translation>Keluarga</translation>
    </message>
    <message>
        <source>Import a list</source>
        <translation>Impor daftar</translation>
    </message>
    <message>
        <source>Assign a visit</source>
        <translation>Tugaskan kunjungan</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>New family</source>
        <translation>Keluarga baru</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Name, NIK, KK, phone, hamlet or village</source>
        <translation>Nama, NIK, KK, nomor HP, dusun atau desa</translation>
    </message>
    <message>
        <source>All villages</source>
        <translation>Semua desa</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Terlambat</translation>
    </message>
    <message>
        <source>The next visit was due before today</source>
        <translation>Kunjungan berikutnya seharusnya sebelum hari ini</translation>
    </message>
    <message>
        <source>Visit begun</source>
        <translation>Belum selesai</translation>
    </message>
    <message>
        <source>A visit waits to be finished</source>
        <translation>Ada kunjungan yang belum selesai</translation>
    </message>
    <message>
        <source>The families you accompany will be here.</source>
        <translation>Keluarga yang Anda dampingi akan muncul di sini.</translation>
    </message>
    <message>
        <source>Register the first family</source>
        <translation>Catat keluarga pertama</translation>
    </message>
    <message>
        <source>Head of family</source>
        <translation>Kepala keluarga</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Tempat</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Anggota</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>Kunjungan terakhir</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Pengiriman</translation>
    </message>
    <message>
        <source>A family without members</source>
        <translation>Keluarga tanpa anggota</translation>
    </message>
    <message>
        <source>{head} – found: {member}</source>
        <translation>{head} – cocok: {member}</translation>
    </message>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n perlu diputuskan</numerusform>
        </translation>
    </message>
    <message>
        <source>Chosen: {count}.</source>
        <translation>Dipilih: {count}.</translation>
    </message>
    <message>
        <source>Nobody is written exactly like that. These are similar.</source>
        <translation>Tidak ada yang tertulis persis begitu. Ini yang mirip.</translation>
    </message>
    <message>
        <source>The first {shown} of more than {total} families. Type more to find fewer.</source>
        <translation>{shown} pertama dari lebih dari {total} keluarga. Ketik lagi supaya lebih sedikit.</translation>
    </message>
    <message>
        <source>The first {shown} of {total} families.</source>
        <translation>{shown} pertama dari {total} keluarga.</translation>
    </message>
    <message>
        <source>No family was found. Try fewer letters, or another village.</source>
        <translation>Keluarga tidak ditemukan. Coba huruf yang lebih sedikit, atau desa lain.</translation>
    </message>
    <message>
        <source>No visit is overdue here.</source>
        <translation>Tidak ada kunjungan yang terlambat di sini.</translation>
    </message>
    <message>
        <source>Type the last 4 digits of a NIK or KK, or at least the first 6 digits of a number.</source>
        <translation>Ketik 4 angka terakhir NIK atau KK, atau sedikitnya 6 angka pertama sebuah nomor.</translation>
    </message>
    <message>
        <source>No visit waits to be finished.</source>
        <translation>Tidak ada kunjungan yang belum selesai.</translation>
    </message>
    <message>
        <source>Families: {count}.</source>
        <translation>Keluarga: {count}.</translation>
    </message>
    <message>
        <source>No family of this village is on this laptop.</source>
        <translation>Belum ada keluarga dari desa ini di laptop ini.</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>The file cannot be opened. Is it still there, and closed in other programs?</source>
        <translation>Berkas tidak bisa dibuka. Apakah masih ada, dan sudah ditutup di program lain?</translation>
    </message>
    <message>
        <source>This is not a spreadsheet. Please choose an XLSX, XLS, ODS or CSV file.</source>
        <translation>Ini bukan lembar kerja. Pilih berkas XLSX, XLS, ODS atau CSV.</translation>
    </message>
    <message>
        <source>The file has a password. Please save it without one and try again.</source>
        <translation>Berkas ini memakai kata sandi. Simpan tanpa kata sandi, lalu coba lagi.</translation>
    </message>
    <message>
        <source>The file is too large. Please split it and import the parts.</source>
        <translation>Berkas ini terlalu besar. Pecah menjadi beberapa bagian, lalu impor satu per satu.</translation>
    </message>
    <message>
        <source>The file holds more than this laptop can read. Please split it.</source>
        <translation>Isi berkas ini terlalu banyak untuk laptop ini. Pecah menjadi beberapa bagian.</translation>
    </message>
    <message>
        <source>The list has {found} rows; at most {limit} can be read at once. Please split it.</source>
        <translation>Daftar ini berisi {found} baris; paling banyak {limit} sekali baca. Pecah menjadi beberapa bagian.</translation>
    </message>
    <message>
        <source>The cells of the file are scattered too widely. Please save only the table.</source>
        <translation>Isi berkas ini terlalu tersebar. Simpan tabelnya saja.</translation>
    </message>
    <message>
        <source>There is no family in the file.</source>
        <translation>Tidak ada keluarga di berkas ini.</translation>
    </message>
    <message>
        <source>The row with the titles of the columns was not found. It needs at least a name and a NIK or the number of the family card.</source>
        <translation>Baris judul kolom tidak ditemukan. Setidaknya harus ada nama dan NIK, atau nomor Kartu Keluarga.</translation>
    </message>
    <message>
        <source>{field}: the spreadsheet program lost digits of {text}. Please write the number again as text.</source>
        <translation>{field}: sebagian angka {text} hilang oleh program lembar kerja. Tulis lagi nomornya sebagai teks.</translation>
    </message>
    <message>
        <source>{field}: “{text}” cannot be read.</source>
        <translation>{field}: “{text}” tidak terbaca.</translation>
    </message>
    <message>
        <source>The name of the head of family is missing.</source>
        <translation>Nama kepala keluarga belum ada.</translation>
    </message>
    <message>
        <source>There is no NIK yet.</source>
        <translation>NIK belum ada.</translation>
    </message>
    <message>
        <source>There is no number of a family card yet.</source>
        <translation>Nomor Kartu Keluarga belum ada.</translation>
    </message>
    <message>
        <source>Day and month of birth were put right by the NIK: {corrected}, not {entered}.</source>
        <translation>Tanggal dan bulan lahir dibetulkan menurut NIK: {corrected}, bukan {entered}.</translation>
    </message>
    <message>
        <source>{field}: zeros at the beginning may have been lost.</source>
        <translation>{field}: angka nol di depan mungkin hilang.</translation>
    </message>
    <message>
        <source>The village is not named.</source>
        <translation>Nama desa belum ada.</translation>
    </message>
    <message>
        <source>There is no village “{name}” there, or it is not one of yours.</source>
        <translation>Desa “{name}” tidak ada di sana, atau bukan desa Anda.</translation>
    </message>
    <message>
        <source>There are {found} villages “{name}”. Please choose the village of the list.</source>
        <translation>Ada {found} desa bernama “{name}”. Pilih desa untuk daftar ini.</translation>
    </message>
    <message>
        <source>The row says “{name}”, which is not in the village that was chosen.</source>
        <translation>Baris ini menyebut “{name}”, yang bukan di desa pilihan Anda.</translation>
    </message>
    <message>
        <source>The district of the village “{name}” is not named.</source>
        <translation>Kecamatan dari desa “{name}” belum disebut.</translation>
    </message>
    <message>
        <source>There is no district “{name}”.</source>
        <translation>Tidak ada kecamatan “{name}”.</translation>
    </message>
    <message>
        <source>{field}: the same as in row {row} of the sheet “{sheet}”.</source>
        <translation>{field}: sama dengan baris {row} di lembar “{sheet}”.</translation>
    </message>
    <message>
        <source>{field}: this family is recorded already, with “{recorded}”.</source>
        <translation>{field}: keluarga ini sudah tercatat, dengan “{recorded}”.</translation>
    </message>
    <message>
        <source>{field}: not filled in yet; the list says “{stated}”.</source>
        <translation>{field}: belum diisi; daftar menyebut “{stated}”.</translation>
    </message>
    <message>
        <source>The number must have 16 digits; it has {length}.</source>
        <translation>Nomornya harus 16 angka; ini {length}.</translation>
    </message>
    <message>
        <source>The number says day {day}; there is none.</source>
        <translation>Nomor ini menyebut tanggal {day}; tanggal itu tidak ada.</translation>
    </message>
    <message>
        <source>The date in the number, {date}, is not possible.</source>
        <translation>Tanggal di dalam nomor, {date}, tidak mungkin.</translation>
    </message>
    <message>
        <source>The number ends in 0000, as no real one does.</source>
        <translation>Nomor ini berakhir 0000; nomor asli tidak begitu.</translation>
    </message>
    <message>
        <source>The number begins with {area}, which is no district known today.</source>
        <translation>Nomor ini diawali {area}; kecamatan itu tidak dikenal sekarang.</translation>
    </message>
    <message>
        <source>The NIK says {number} as the date of birth, not {entered}.</source>
        <translation>Tanggal lahir menurut NIK {number}, bukan {entered}.</translation>
    </message>
    <message>
        <source>Day and month of birth may be swapped: the NIK says {number}.</source>
        <translation>Tanggal dan bulan lahir mungkin tertukar: menurut NIK {number}.</translation>
    </message>
    <message>
        <source>The NIK is that of the other sex.</source>
        <translation>Jenis kelamin tidak cocok dengan NIK.</translation>
    </message>
    <message>
        <source>The number must have 13 digits; it has {length}.</source>
        <translation>Nomornya harus 13 angka; ini {length}.</translation>
    </message>
    <message>
        <source>This is not a mobile number, such as 0812 3456 7890.</source>
        <translation>Ini bukan nomor HP, misalnya 0812 3456 7890.</translation>
    </message>
    <message>
        <source>NIK</source>
        <translation>NIK</translation>
    </message>
    <message>
        <source>Family card</source>
        <translation>Kartu Keluarga</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Jenis kelamin</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Tanggal lahir</translation>
    </message>
    <message>
        <source>Place of birth</source>
        <translation>Tempat lahir</translation>
    </message>
    <message>
        <source>Place and date of birth</source>
        <translation>Tempat dan tanggal lahir</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Anggota</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Alamat</translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation>Dusun</translation>
    </message>
    <message>
        <source>RT</source>
        <translation>RT</translation>
    </message>
    <message>
        <source>RW</source>
        <translation>RW</translation>
    </message>
    <message>
        <source>RT/RW</source>
        <translation>RT/RW</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa</translation>
    </message>
    <message>
        <source>District</source>
        <translation>Kecamatan</translation>
    </message>
    <message>
        <source>Regency</source>
        <translation>Kabupaten/kota</translation>
    </message>
    <message>
        <source>Occupation</source>
        <translation>Pekerjaan</translation>
    </message>
    <message>
        <source>Criteria</source>
        <translation>Kriteria</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Nomor HP</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>Bank</translation>
    </message>
    <message>
        <source>Bank account</source>
        <translation>Nomor rekening</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>Usaha</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Jumlah</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>male</source>
        <translation>laki-laki</translation>
    </message>
    <message>
        <source>female</source>
        <translation>perempuan</translation>
    </message>
</context>
<context>
    <name>ImportCommand</name>
    <message>
        <source>This laptop is not connected to an account yet.</source>
        <translation>Laptop ini belum tersambung ke akun.</translation>
    </message>
    <message>
        <source>This village is not one of yours.</source>
        <translation>Ini bukan desa Anda.</translation>
    </message>
    <message>
        <source>New families: {count}</source>
        <translation>Keluarga baru: {count}</translation>
    </message>
    <message>
        <source>Already there: {count}</source>
        <translation>Sudah ada: {count}</translation>
    </message>
    <message>
        <source>Rejected rows: {count}</source>
        <translation>Baris ditolak: {count}</translation>
    </message>
    <message>
        <source>Rows that are no families: {count}</source>
        <translation>Baris yang bukan keluarga: {count}</translation>
    </message>
    <message>
        <source>Imported families: {count}</source>
        <translation>Keluarga diimpor: {count}</translation>
    </message>
    <message>
        <source>The rejected rows could not be written to {file}.</source>
        <translation>Baris yang ditolak tidak bisa ditulis ke {file}.</translation>
    </message>
    <message>
        <source>The rejected rows were written to {file}.</source>
        <translation>Baris yang ditolak sudah ditulis ke {file}.</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>The import is under way. Stop it first.</source>
        <translation>Impor sedang berjalan. Hentikan dulu.</translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation>Membaca {file}</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Sedang mengimpor</translation>
    </message>
    <message>
        <source>The file {file} cannot be written. Is it open elsewhere?</source>
        <translation>Berkas {file} tidak bisa ditulis. Apakah sedang dibuka di program lain?</translation>
    </message>
    <message>
        <source>The rejected rows are in {file}. Correct them there and import that file.</source>
        <translation>Baris yang ditolak ada di {file}. Perbaiki di sana, lalu impor berkas itu.</translation>
    </message>
    <message>
        <source>Import a list</source>
        <translation>Impor daftar</translation>
    </message>
    <message>
        <source>Save the rejected rows</source>
        <translation>Simpan baris yang ditolak</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Impor</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Pilih berkas</translation>
    </message>
    <message>
        <source>The list is for</source>
        <translation>Daftar ini untuk</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Berkas</translation>
    </message>
    <message>
        <source>XLSX, XLS, ODS or CSV. You can also drop it on this page.</source>
        <translation>XLSX, XLS, ODS atau CSV. Bisa juga diseret ke halaman ini.</translation>
    </message>
    <message>
        <source>You will see here what the list would bring, before anything is done.</source>
        <translation>Isi daftar diperlihatkan dulu di sini, sebelum ada yang dilakukan.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Hentikan</translation>
    </message>
    <message>
        <source>The villages named in its rows</source>
        <translation>Desa yang tertulis di barisnya</translation>
    </message>
    <message>
        <source>Lists ({kinds})</source>
        <translation>Daftar ({kinds})</translation>
    </message>
    <message>
        <source>Choose a list</source>
        <translation>Pilih daftar</translation>
    </message>
    <message>
        <source>Families imported: {count}. They are saved on this laptop.</source>
        <translation>Keluarga diimpor: {count}. Semua tersimpan di laptop ini.</translation>
    </message>
    <message>
        <source>{done} of {total} rows are read.</source>
        <translation>{done} dari {total} baris sudah dibaca.</translation>
    </message>
    <message>
        <source>{done} of {total} families are imported.</source>
        <translation>{done} dari {total} keluarga sudah diimpor.</translation>
    </message>
    <message>
        <source>Of families that are already there, the list knows more than is recorded: {count}. Nothing of it is taken over; “Already there” says what it is.</source>
        <translation>Keluarga yang sudah ada, tetapi daftar memuat lebih banyak daripada yang tercatat: {count}. Tidak ada yang diambil alih; lihat “Sudah ada” untuk isinya.</translation>
    </message>
    <message>
        <source>Rows that are no families: {count}.</source>
        <translation>Baris yang bukan keluarga: {count}.</translation>
    </message>
    <message>
        <source>Columns kept as they are: {titles}.</source>
        <translation>Kolom yang disimpan apa adanya: {titles}.</translation>
    </message>
    <message>
        <source>Sheets without a list: {names}.</source>
        <translation>Lembar tanpa daftar: {names}.</translation>
    </message>
</context>
<context>
    <name>KinCard</name>
    <message>
        <source>This family was split from another one</source>
        <translation>Keluarga ini pecahan dari keluarga lain</translation>
    </message>
    <message>
        <source>A member has a family of their own</source>
        <translation>Ada anggota yang sudah berkeluarga sendiri</translation>
    </message>
    <message>
        <source>{founder} has a family of their own now; it is visited by itself.</source>
        <translation>{founder} kini punya keluarga sendiri, dan dikunjungi tersendiri.</translation>
    </message>
    <message>
        <source>It was the family of {head} before. What was recorded until then stands there.</source>
        <translation>Sebelumnya bagian dari keluarga {head}. Catatan sampai saat itu ada di sana.</translation>
    </message>
    <message>
        <source>See that family</source>
        <translation>Lihat keluarga itu</translation>
    </message>
</context>
<context>
    <name>LeavingDialog</name>
    <message>
        <source>Moved out</source>
        <translation>Pindah</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>Meninggal</translation>
    </message>
    <message>
        <source>Choose a member</source>
        <translation>Pilih anggota</translation>
    </message>
    <message>
        <source>New head of family</source>
        <translation>Kepala keluarga baru</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Siapa</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Kapan</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Nobody lives in this family then. It stays recorded, and is not visited until somebody is added. If others live there, add them first.</source>
        <translation>Setelah ini tidak ada lagi yang tinggal di keluarga ini. Catatannya tetap ada, dan keluarga tidak dikunjungi sampai ada anggota ditambahkan. Jika masih ada orang lain yang tinggal di sana, tambahkan dulu.</translation>
    </message>
    <message>
        <source>What was recorded of them stays with this family. If they have a family of their own now that is to be accompanied, use Split the family on the family&apos;s page instead.</source>
        <translation>Catatan tentangnya tetap ada di keluarga ini. Jika ia kini berkeluarga sendiri dan perlu didampingi, pakai Pecah keluarga di halaman keluarga ini.</translation>
    </message>
    <message>
        <source>What was recorded of them stays with this family.</source>
        <translation>Catatan tentangnya tetap ada di keluarga ini.</translation>
    </message>
    <message>
        <source>To them: {relations}</source>
        <translation>Hubungan dengannya: {relations}</translation>
    </message>
</context>
<context>
    <name>LedgerCard</name>
    <message>
        <source>Monthly ledger, in rupiah</source>
        <translation>Buku bulanan, dalam rupiah</translation>
    </message>
    <message>
        <source>Revenue and profit</source>
        <translation>Omzet dan laba</translation>
    </message>
    <message>
        <source>Savings and debt</source>
        <translation>Tabungan dan utang</translation>
    </message>
    <message>
        <source>Write a number, for example 2,5 juta. Enter confirms and goes on, Esc leaves a cell as it was. Workers: 2+1 means two of the family and one hired.</source>
        <translation>Tulis angka, misalnya 2,5 juta. Enter menyimpan dan lanjut, Esc membatalkan isian. Pekerja: 2+1 berarti dua orang keluarga dan satu orang upahan.</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Omzet</translation>
    </message>
    <message>
        <source>Expenses</source>
        <translation>Biaya</translation>
    </message>
    <message>
        <source>Stock and tools</source>
        <translation>Stok dan alat</translation>
    </message>
    <message>
        <source>Savings</source>
        <translation>Tabungan</translation>
    </message>
    <message>
        <source>Debt</source>
        <translation>Utang</translation>
    </message>
    <message>
        <source>Instalment</source>
        <translation>Angsuran</translation>
    </message>
    <message>
        <source>{what}: {now} in {month}, but {before} in {month_before}. Is that right?</source>
        <translation>{what}: {now} pada {month}, padahal {before} pada {month_before}. Apakah benar?</translation>
    </message>
    <message>
        <source>“{typed}” was not taken ({column}, {month}). {why}.</source>
        <translation>“{typed}” tidak tersimpan ({column}, {month}). {why}.</translation>
    </message>
    <message>
        <source>This month was handed in. If it has to change, the district can return it.</source>
        <translation>Bulan ini sudah diajukan. Kalau harus diubah, Dinsos bisa mengembalikannya.</translation>
    </message>
</context>
<context>
    <name>LedgerTable</name>
    <message>
        <source>Monthly ledger</source>
        <translation>Buku bulanan</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Bulan</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Omzet</translation>
    </message>
    <message>
        <source>Expenses</source>
        <translation>Biaya</translation>
    </message>
    <message>
        <source>Profit</source>
        <translation>Laba</translation>
    </message>
    <message>
        <source>Savings</source>
        <translation>Tabungan</translation>
    </message>
    <message>
        <source>Debt</source>
        <translation>Utang</translation>
    </message>
    <message>
        <source>Instalment</source>
        <translation>Angsuran</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Pekerja</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Usaha</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Laporan</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Terkirim</translation>
    </message>
</context>
<context>
    <name>MemberChanges</name>
    <message>
        <source>Who belongs to the family</source>
        <translation>Siapa anggota keluarga ini</translation>
    </message>
    <message>
        <source>Add a member</source>
        <translation>Tambah anggota</translation>
    </message>
    <message>
        <source>Moved out</source>
        <translation>Pindah</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>Meninggal</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Lahir</translation>
    </message>
    <message>
        <source>Split the family</source>
        <translation>Pecah keluarga</translation>
    </message>
</context>
<context>
    <name>MemberChanging</name>
    <message>
        <source>See the new family</source>
        <translation>Lihat keluarga baru</translation>
    </message>
    <message>
        <source>The new family is saved on this laptop.</source>
        <translation>Keluarga baru tersimpan di laptop ini.</translation>
    </message>
</context>
<context>
    <name>MemberDialog</name>
    <message>
        <source>New member</source>
        <translation>Anggota baru</translation>
    </message>
    <message>
        <source>A child was born</source>
        <translation>Anak lahir</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Hubungan</translation>
    </message>
    <message>
        <source>To the head of the family; a grandchild is Other.</source>
        <translation>Terhadap kepala keluarga; cucu dicatat sebagai Lainnya.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>Members</name>
    <message>
        <source>{count} yr</source>
        <translation>{count} tahun</translation>
    </message>
    <message>
        <source>{count} mo</source>
        <translation>{count} bulan</translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation>{count} hari</translation>
    </message>
</context>
<context>
    <name>MembersTab</name>
    <message>
        <source>Add a member</source>
        <translation>Tambah anggota</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Perbaiki</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Anggota</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Lahir</translation>
    </message>
    <message>
        <source>Moved out</source>
        <translation>Pindah</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>Meninggal</translation>
    </message>
    <message>
        <source>Lives here again</source>
        <translation>Tinggal di sini lagi</translation>
    </message>
    <message>
        <source>Split the family</source>
        <translation>Pecah keluarga</translation>
    </message>
    <message>
        <source>Choose the head</source>
        <translation>Pilih kepala keluarga</translation>
    </message>
    <message>
        <source>Several members are noted as head of the family.</source>
        <translation>Lebih dari satu anggota tercatat sebagai kepala keluarga.</translation>
    </message>
    <message>
        <source>Nobody is the head of the family.</source>
        <translation>Belum ada kepala keluarga.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Hubungan</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Jenis kelamin</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Tanggal lahir</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Umur</translation>
    </message>
    <message>
        <source>NIK</source>
        <translation>NIK</translation>
    </message>
    <message>
        <source>{relation} ({status})</source>
        <translation>{relation} ({status})</translation>
    </message>
</context>
<context>
    <name>MoneyField</name>
    <message>
        <source>Rp 0</source>
        <translation>Rp 0</translation>
    </message>
    <message>
        <source>The amount cannot be below zero</source>
        <translation>Jumlahnya tidak boleh kurang dari nol</translation>
    </message>
    <message>
        <source>Write an amount, for example 2,5 juta</source>
        <translation>Tulis jumlah uang, misalnya 2,5 juta</translation>
    </message>
    <message>
        <source>Write it in full, for example 2.500.000 or 2,5 juta</source>
        <translation>Tulis lengkap, misalnya 2.500.000 atau 2,5 juta</translation>
    </message>
    <message>
        <source>Write whole rupiah, without cents</source>
        <translation>Tulis rupiah bulat, tanpa sen</translation>
    </message>
    <message>
        <source>This amount is too large</source>
        <translation>Jumlah ini terlalu besar</translation>
    </message>
</context>
<context>
    <name>MonthCard</name>
    <message>
        <source>Hand in the month</source>
        <translation>Ajukan bulan ini</translation>
    </message>
    <message>
        <source>“{typed}” was not taken. {why}.</source>
        <translation>“{typed}” tidak tersimpan. {why}.</translation>
    </message>
    <message>
        <source>Constraint</source>
        <translation>Kendala</translation>
    </message>
    <message>
        <source>Stock and tools</source>
        <translation>Stok dan alat</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Tindak lanjut</translation>
    </message>
    <message>
        <source>By whom</source>
        <translation>Oleh siapa</translation>
    </message>
    <message>
        <source>Due on</source>
        <translation>Tenggat</translation>
    </message>
    <message>
        <source>Returned by the district. Please correct it and hand it in again.</source>
        <translation>Dikembalikan Dinsos. Perbaiki, lalu ajukan lagi.</translation>
    </message>
    <message>
        <source>Returned by the district: {words}</source>
        <translation>Dikembalikan Dinsos: {words}</translation>
    </message>
    <message>
        <source>This month was handed in; only the district can return it to you.</source>
        <translation>Bulan ini sudah diajukan; hanya Dinsos yang bisa mengembalikannya.</translation>
    </message>
    <message>
        <source>Once revenue and expenses are written, the month can be handed in.</source>
        <translation>Setelah omzet dan biaya diisi, bulan ini bisa diajukan.</translation>
    </message>
</context>
<context>
    <name>NameText</name>
    <message>
        <source>Write a name, with letters</source>
        <translation>Tulis nama dengan huruf</translation>
    </message>
</context>
<context>
    <name>NewPassphraseDialog</name>
    <message>
        <source>Save a backup</source>
        <translation>Simpan cadangan</translation>
    </message>
    <message>
        <source>Whoever has this passphrase can read the backup. Nobody can open it without, not even the office. A short sentence that you will remember is best.</source>
        <translation>Siapa yang tahu kalimat sandi ini bisa membaca cadangan. Tanpa itu tidak ada yang bisa membukanya, Dinsos juga tidak. Paling baik kalimat pendek yang Anda ingat.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Kalimat sandi</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Sekali lagi</translation>
    </message>
    <message>
        <source>Choose the place</source>
        <translation>Pilih tempat</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>At least {count} characters</source>
        <translation>Paling sedikit {count} huruf</translation>
    </message>
    <message>
        <source>The two are not the same</source>
        <translation>Keduanya tidak sama</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this message</source>
        <translation>Tutup pesan ini</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Write a whole number from {lowest} to {highest}</source>
        <translation>Tulis angka bulat dari {lowest} sampai {highest}</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
</context>
<context>
    <name>PagePreview</name>
    <message>
        <source>The sheet as it is printed</source>
        <translation>Lembar seperti yang akan dicetak</translation>
    </message>
</context>
<context>
    <name>ParsedField</name>
    <message>
        <source>Write a number, for example 36 or 36,5</source>
        <translation>Tulis angka, misalnya 36 atau 36,5</translation>
    </message>
</context>
<context>
    <name>PersonFields</name>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>NIK</source>
        <translation>NIK</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Jenis kelamin</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Tanggal lahir</translation>
    </message>
    <message>
        <source>Place of birth</source>
        <translation>Tempat lahir</translation>
    </message>
    <message>
        <source>Occupation</source>
        <translation>Pekerjaan</translation>
    </message>
    <message>
        <source>May stay empty until the card is seen.</source>
        <translation>Boleh kosong sampai kartunya dilihat.</translation>
    </message>
    <message>
        <source>{count} of 16 digits</source>
        <translation>{count} dari 16 angka</translation>
    </message>
</context>
<context>
    <name>PhotoField</name>
    <message>
        <source>Drop a photo here, paste it with Ctrl+V, or press Enter to choose one</source>
        <translation>Seret foto ke sini, tempel dengan Ctrl+V, atau tekan Enter untuk memilih</translation>
    </message>
    <message>
        <source>Choose a photo</source>
        <translation>Pilih foto</translation>
    </message>
    <message>
        <source>What can be seen on it?</source>
        <translation>Apa yang terlihat di foto?</translation>
    </message>
    <message>
        <source>Take another</source>
        <translation>Ganti foto</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>One photo belongs here: the first one was taken.</source>
        <translation>Di sini hanya untuk satu foto: yang pertama dipakai.</translation>
    </message>
    <message>
        <source>Photo. Space shows it large</source>
        <translation>Foto. Spasi untuk melihat lebih besar</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Keterangan</translation>
    </message>
    <message>
        <source>The photo is being prepared.</source>
        <translation>Foto sedang disiapkan.</translation>
    </message>
</context>
<context>
    <name>PhotoTile</name>
    <message>
        <source>Photo without a caption</source>
        <translation>Foto tanpa keterangan</translation>
    </message>
</context>
<context>
    <name>PhotosTab</name>
    <message>
        <source>Drop photos here, paste them with Ctrl+V, or press Enter to choose some</source>
        <translation>Seret foto ke sini, tempel dengan Ctrl+V, atau tekan Enter untuk memilih</translation>
    </message>
    <message>
        <source>Choose photos</source>
        <translation>Pilih foto</translation>
    </message>
    <message>
        <source>The photos of this family will be here, from visits and added by hand.</source>
        <translation>Foto keluarga ini akan ada di sini, dari kunjungan dan yang ditambahkan sendiri.</translation>
    </message>
    <message>
        <source>Add the first photo</source>
        <translation>Tambah foto pertama</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>from a visit</source>
        <translation>dari kunjungan</translation>
    </message>
    <message>
        <source>added here</source>
        <translation>ditambahkan di sini</translation>
    </message>
    <message>
        <source>From the visit of {day}</source>
        <translation>Dari kunjungan {day}</translation>
    </message>
    <message>
        <source>Added on {day}</source>
        <translation>Ditambahkan {day}</translation>
    </message>
    <message>
        <source>Does the family agree to photos?</source>
        <translation>Apakah keluarga setuju difoto?</translation>
    </message>
    <message>
        <source>Tell the family: the photos are kept locked, the social affairs office uses them to see how the family is doing, and the family may have them deleted at any time.</source>
        <translation>Sampaikan kepada keluarga: foto disimpan terkunci, dipakai Dinas Sosial untuk melihat keadaan keluarga, dan keluarga boleh minta foto dihapus kapan saja.</translation>
    </message>
    <message>
        <source>The family agrees</source>
        <translation>Keluarga setuju</translation>
    </message>
    <message>
        <source>It does not agree</source>
        <translation>Tidak setuju</translation>
    </message>
    <message>
        <source>Photo {place} of {count} is being prepared</source>
        <translation>Foto {place} dari {count} sedang disiapkan</translation>
    </message>
    <message>
        <source>Delete this photo?</source>
        <translation>Hapus foto ini?</translation>
    </message>
    <message>
        <source>It is deleted for everybody, also from the visit that it belongs to. This cannot be taken back.</source>
        <translation>Foto dihapus untuk semua orang, juga dari kunjungannya. Ini tidak bisa dibatalkan.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
</context>
<context>
    <name>PlainNumberText</name>
    <message>
        <source>Write digits only, such as 002</source>
        <translation>Tulis angka saja, misalnya 002</translation>
    </message>
</context>
<context>
    <name>PointField</name>
    <message>
        <source>Take the place from a photo (Ctrl+O)</source>
        <translation>Ambil lokasi dari foto (Ctrl+O)</translation>
    </message>
    <message>
        <source>Choose a photo</source>
        <translation>Pilih foto</translation>
    </message>
    <message>
        <source>This photo does not say where it was taken</source>
        <translation>Foto ini tidak memuat lokasi pengambilannya</translation>
    </message>
</context>
<context>
    <name>Practice</name>
    <message>
        <source>Practice is being prepared</source>
        <translation>Latihan sedang disiapkan</translation>
    </message>
    <message>
        <source>A small province with 300 families that do not exist is set up on this laptop.</source>
        <translation>Provinsi kecil dengan 300 keluarga rekaan sedang dibuat di laptop ini.</translation>
    </message>
    <message>
        <source>Remove this practice?</source>
        <translation>Hapus latihan ini?</translation>
    </message>
    <message>
        <source>What you practised can stay on this laptop for the next time, or be removed whole.</source>
        <translation>Hasil latihan boleh tetap di laptop ini untuk lain kali, atau dihapus semuanya.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Biarkan</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>There is no new family in the list.</source>
        <translation>Tidak ada keluarga baru dalam daftar.</translation>
    </message>
    <message>
        <source>No row was rejected.</source>
        <translation>Tidak ada baris yang ditolak.</translation>
    </message>
    <message>
        <source>No family of the list is there yet.</source>
        <translation>Belum ada keluarga dari daftar ini yang tercatat.</translation>
    </message>
    <message>
        <source>New ({count})</source>
        <translation>Baru ({count})</translation>
    </message>
    <message>
        <source>Rejected ({count})</source>
        <translation>Ditolak ({count})</translation>
    </message>
    <message>
        <source>Already there ({count})</source>
        <translation>Sudah ada ({count})</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Baris</translation>
    </message>
    <message>
        <source>Head of family</source>
        <translation>Kepala keluarga</translation>
    </message>
    <message>
        <source>NIK</source>
        <translation>NIK</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>Perlu dilihat</translation>
    </message>
    <message>
        <source>The row</source>
        <translation>Isi baris</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Only in the list</source>
        <translation>Hanya ada di daftar</translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message>
        <source>Stop</source>
        <translation>Hentikan</translation>
    </message>
    <message>
        <source>Asking the province…</source>
        <translation>Menghubungi provinsi…</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait to be sent</source>
        <translation>
            <numerusform>%n perubahan menunggu dikirim</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} KB so far</source>
        <translation>{done} KB sejauh ini</translation>
    </message>
    <message>
        <source>{done} KB gone, about {left} KB left</source>
        <translation>{done} KB selesai, sekitar {left} KB lagi</translation>
    </message>
    <message>
        <source>{rate} KB a second</source>
        <translation>{rate} KB per detik</translation>
    </message>
    <message>
        <source>{done} of {total} KB</source>
        <translation>{done} dari {total} KB</translation>
    </message>
    <message>
        <source>area {number} of {of} is being put in its place</source>
        <translation>wilayah {number} dari {of} sedang ditata</translation>
    </message>
    <message>
        <source>more than an hour left</source>
        <translation>lebih dari satu jam lagi</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>sekitar %n menit lagi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>sekitar %n detik lagi</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopping after this part. Nothing is lost.</source>
        <translation>Berhenti setelah bagian ini. Tidak ada yang hilang.</translation>
    </message>
</context>
<context>
    <name>QuestionRow</name>
    <message>
        <source>Last time ({date}): {answer}</source>
        <translation>Kunjungan lalu ({date}): {answer}</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>The decision is saved and will be sent.</source>
        <translation>Keputusan tersimpan dan akan dikirim.</translation>
    </message>
</context>
<context>
    <name>ReadField</name>
    <message>
        <source>Write a whole number, for example 4</source>
        <translation>Tulis angka bulat, misalnya 4</translation>
    </message>
    <message>
        <source>Write a number from {start} to {end} in steps of {step}</source>
        <translation>Tulis angka dari {start} sampai {end}, kelipatan {step}</translation>
    </message>
    <message>
        <source>Write hour and minute, for example 13.05</source>
        <translation>Tulis jam dan menit, misalnya 13.05</translation>
    </message>
    <message>
        <source>Write day and time, for example 24/05/2026 13.05</source>
        <translation>Tulis tanggal dan jam, misalnya 24/05/2026 13.05</translation>
    </message>
    <message>
        <source>Write latitude and longitude, for example -6.1203, 106.1503</source>
        <translation>Tulis lintang dan bujur, misalnya -6.1203, 106.1503</translation>
    </message>
    <message>
        <source>Write a number, for example 36 or 36,5</source>
        <translation>Tulis angka, misalnya 36 atau 36,5</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message>
        <source>This village was not assigned to you on that day. Please ask the office to check it.</source>
        <translation>Desa ini belum ditugaskan kepada Anda pada hari itu. Minta Dinsos memeriksanya.</translation>
    </message>
    <message>
        <source>You were not registered on this laptop then. Please tell the office.</source>
        <translation>Waktu itu Anda belum terdaftar di laptop ini. Beri tahu Dinsos.</translation>
    </message>
    <message>
        <source>Your role may not change this. The office decides about it.</source>
        <translation>Peran Anda tidak boleh mengubah ini. Dinsos yang memutuskan.</translation>
    </message>
    <message>
        <source>Your role may not decide this. The office decides about it.</source>
        <translation>Peran Anda tidak boleh menentukan ini. Dinsos yang memutuskan.</translation>
    </message>
    <message>
        <source>The office cannot take this value. Please open it and correct it.</source>
        <translation>Isian ini tidak bisa diterima Dinsos. Buka, lalu perbaiki.</translation>
    </message>
    <message>
        <source>It belongs to something the province does not have yet, and waits for that.</source>
        <translation>Ini bagian dari catatan yang belum ada di provinsi, dan menunggunya.</translation>
    </message>
    <message>
        <source>It belongs to something that the office is still looking at.</source>
        <translation>Ini bagian dari catatan yang masih dilihat Dinsos.</translation>
    </message>
    <message>
        <source>The office is looking at it. You need not do anything.</source>
        <translation>Dinsos sedang melihatnya. Anda tidak perlu berbuat apa-apa.</translation>
    </message>
    <message>
        <source>Sent {moment}</source>
        <translation>Terkirim {moment}</translation>
    </message>
    <message>
        <source>The province has everything but the photos and files: they are still only on this laptop.</source>
        <translation>Foto dan berkasnya masih hanya ada di laptop ini. Yang lain sudah ada di provinsi.</translation>
    </message>
</context>
<context>
    <name>RecoveredStrip</name>
    <message>
        <source>Continue</source>
        <translation>Lanjutkan</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Buang</translation>
    </message>
    <message numerus="yes">
        <source>This visit was begun before. %n answer(s) of {date}, {time} are kept.</source>
        <translation>
            <numerusform>Kunjungan ini sudah dimulai. %n jawaban dari {date}, {time} masih tersimpan.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RepeatEnd</name>
    <message>
        <source>Add: {title}</source>
        <translation>Tambah: {title}</translation>
    </message>
    <message>
        <source>Space: one more. Enter: go on.</source>
        <translation>Spasi: tambah lagi. Enter: lanjut.</translation>
    </message>
</context>
<context>
    <name>RestoreCard</name>
    <message>
        <source>If there is a backup</source>
        <translation>Kalau ada cadangan</translation>
    </message>
    <message>
        <source>Take the USB stick or the file with the newest backup. What lies on this laptop now is put aside in a folder beside it, not thrown away. What the province already has comes back when you connect.</source>
        <translation>Ambil flashdisk atau berkas dengan cadangan terbaru. Isi laptop ini sekarang tidak dibuang: disimpan di folder di sebelahnya. Yang sudah diterima provinsi akan kembali waktu Anda tersambung.</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore a backup</source>
        <translation>Pulihkan cadangan</translation>
    </message>
    <message>
        <source>This backup is of {day}, {time}. Families in it: {families}. Visits: {visits}. Months of businesses: {months}. Photos and files: {files}.</source>
        <translation>Cadangan ini dari {day}, {time}. Isinya: {families} keluarga, {visits} kunjungan, {months} bulan catatan usaha, {files} foto dan berkas.</translation>
    </message>
    <message>
        <source>What is on this laptop now is replaced by the backup. It is not thrown away: it is put aside in a folder beside it. What the province already has comes back when you connect. What you wrote after the backup and did not send will be missing here.</source>
        <translation>Isi laptop ini sekarang diganti dengan cadangan. Tidak dibuang: disimpan di folder di sebelahnya. Yang sudah diterima provinsi akan kembali waktu Anda tersambung. Yang Anda tulis sesudah cadangan dan belum dikirim tidak akan ada di sini.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Kalimat sandi</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Pulihkan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>SavedLine</name>
    <message>
        <source>Not saved yet. It will be tried again with the next answer.</source>
        <translation>Belum tersimpan. Dicoba lagi bersama jawaban berikutnya.</translation>
    </message>
    <message>
        <source>Every answer is saved on this laptop at once.</source>
        <translation>Setiap jawaban langsung tersimpan di laptop ini.</translation>
    </message>
    <message>
        <source>Saved {time}</source>
        <translation>Tersimpan {time}</translation>
    </message>
</context>
<context>
    <name>SearchChoiceField</name>
    <message>
        <source>Type to search</source>
        <translation>Ketik untuk mencari</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Hapus</translation>
    </message>
</context>
<context>
    <name>SectionList</name>
    <message>
        <source>Sections of the visit</source>
        <translation>Bagian kunjungan</translation>
    </message>
    <message>
        <source>{section}: {answered} of {total} answered</source>
        <translation>{section}: {answered} dari {total} dijawab</translation>
    </message>
</context>
<context>
    <name>SectionSheet</name>
    <message>
        <source>The rest is as it was on {date}</source>
        <translation>Sisanya sama seperti {date}</translation>
    </message>
    <message>
        <source>Ctrl+L. Only here, and only what is not answered yet.</source>
        <translation>Ctrl+L. Hanya di bagian ini, dan hanya yang belum dijawab.</translation>
    </message>
    <message>
        <source>Ctrl+Shift+L. Enter confirms a single answer.</source>
        <translation>Ctrl+Shift+L. Enter memastikan satu jawaban.</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Hapus</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) read and right</source>
        <translation>
            <numerusform>%n jawaban sudah dibacakan dan benar</numerusform>
        </translation>
    </message>
    <message>
        <source>No members are recorded yet. They can be added on the family&apos;s page.</source>
        <translation>Belum ada anggota yang tercatat. Bisa ditambah di halaman keluarga.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Something went wrong in the program. What was saved before is safe. Please try again, and tell the office if it happens again.</source>
        <translation>Ada yang salah di program. Yang sudah tersimpan tetap aman. Coba lagi, dan beri tahu Dinsos kalau terulang.</translation>
    </message>
    <message>
        <source>This data was written by a newer version of Berdaya. Nothing was changed. Please install the newest version.</source>
        <translation>Data ini ditulis oleh Berdaya versi yang lebih baru. Tidak ada yang berubah. Pasang versi terbaru.</translation>
    </message>
    <message>
        <source>The data file on this laptop is damaged. Nothing was changed. Please restore a backup, or ask the office for help.</source>
        <translation>Berkas data di laptop ini rusak. Tidak ada yang berubah. Pulihkan cadangan, atau minta bantuan Dinsos.</translation>
    </message>
    <message>
        <source>The data file is not Berdaya&apos;s, or its key is another one. Nothing was changed. Please restore a backup, or ask the office for help.</source>
        <translation>Berkas data ini bukan milik Berdaya, atau kuncinya lain. Tidak ada yang berubah. Pulihkan cadangan, atau minta bantuan Dinsos.</translation>
    </message>
    <message>
        <source>Another program is using the data file. Nothing was lost. Please close it and try again.</source>
        <translation>Berkas data sedang dipakai program lain. Tidak ada yang hilang. Tutup program itu, lalu coba lagi.</translation>
    </message>
    <message>
        <source>Berdaya may not write in its folder. What was saved before is safe. Please ask the office to check the permissions of the folder.</source>
        <translation>Berdaya tidak boleh menulis di foldernya. Yang sudah tersimpan tetap aman. Minta Dinsos memeriksa izin folder itu.</translation>
    </message>
    <message>
        <source>The disk is full, so this could not be saved. What was saved before is safe. Please remove files that are not needed, then try again.</source>
        <translation>Laptop penuh, jadi ini belum tersimpan. Yang sudah tersimpan tetap aman. Hapus berkas yang tidak perlu, lalu coba lagi.</translation>
    </message>
    <message>
        <source>The key of the data on this laptop is missing. Nothing was changed. Please restore a backup, or ask the office for help.</source>
        <translation>Kunci data di laptop ini tidak ada. Tidak ada yang berubah. Pulihkan cadangan, atau minta bantuan Dinsos.</translation>
    </message>
    <message>
        <source>The key of the data on this laptop cannot be read. Nothing was changed. Please restore a backup, or ask the office for help.</source>
        <translation>Kunci data di laptop ini tidak terbaca. Tidak ada yang berubah. Pulihkan cadangan, atau minta bantuan Dinsos.</translation>
    </message>
    <message>
        <source>There is no connection to the province. Everything is safe on this laptop; it will be sent when there is a connection.</source>
        <translation>Belum ada sambungan ke provinsi. Semua aman di laptop ini; akan dikirim begitu ada sinyal.</translation>
    </message>
    <message>
        <source>The connection is too slow right now. Everything is safe on this laptop; it will be tried again.</source>
        <translation>Sinyal sedang terlalu lambat. Semua aman di laptop ini; nanti dicoba lagi.</translation>
    </message>
    <message>
        <source>Somebody else answered instead of the province. Perhaps this network asks you to sign in first. Everything is safe on this laptop.</source>
        <translation>Yang menjawab bukan provinsi. Mungkin jaringan ini minta masuk dulu. Semua aman di laptop ini.</translation>
    </message>
    <message>
        <source>The connection broke off. Everything is safe on this laptop; it will be tried again.</source>
        <translation>Sambungan terputus. Semua aman di laptop ini; nanti dicoba lagi.</translation>
    </message>
    <message>
        <source>The province&apos;s server has a problem. Everything is safe on this laptop; it will be tried again.</source>
        <translation>Server provinsi sedang bermasalah. Semua aman di laptop ini; nanti dicoba lagi.</translation>
    </message>
    <message>
        <source>The province&apos;s server is busy. Everything is safe on this laptop; please try again in a minute.</source>
        <translation>Server provinsi sedang sibuk. Semua aman di laptop ini; coba lagi sebentar.</translation>
    </message>
    <message>
        <source>The province asks you to sign in again. Everything is safe on this laptop.</source>
        <translation>Provinsi minta Anda masuk lagi. Semua aman di laptop ini.</translation>
    </message>
    <message>
        <source>The name or the password is not right. Please try again.</source>
        <translation>Nama atau kata sandi belum benar. Coba lagi.</translation>
    </message>
    <message>
        <source>This account was closed. Please ask the office.</source>
        <translation>Akun ini sudah ditutup. Tanyakan ke Dinsos.</translation>
    </message>
    <message>
        <source>This laptop is registered for somebody else. Please ask the office for help.</source>
        <translation>Laptop ini terdaftar untuk orang lain. Minta bantuan Dinsos.</translation>
    </message>
    <message>
        <source>The province does not take this much at once. Everything is safe on this laptop.</source>
        <translation>Provinsi tidak bisa menerima sebanyak ini sekaligus. Semua aman di laptop ini.</translation>
    </message>
    <message>
        <source>The province did not accept the message. Everything is safe on this laptop; please tell the office.</source>
        <translation>Provinsi tidak menerima kiriman ini. Semua aman di laptop ini; beri tahu Dinsos.</translation>
    </message>
    <message>
        <source>It is not certain that this is the province&apos;s server, so nothing was sent. Please check the date of this laptop, or ask the office.</source>
        <translation>Belum pasti ini server provinsi, jadi tidak ada yang dikirim. Periksa tanggal laptop ini, atau tanyakan ke Dinsos.</translation>
    </message>
    <message>
        <source>The address must begin with https://. Please check it.</source>
        <translation>Alamat harus diawali https://. Periksa lagi.</translation>
    </message>
    <message>
        <source>The sync was stopped. Everything is safe on this laptop; the rest is sent the next time.</source>
        <translation>Sinkronisasi dihentikan. Semua aman di laptop ini; sisanya dikirim lain kali.</translation>
    </message>
    <message>
        <source>This file cannot be read. If it is on a phone or a USB stick, please check that it is still plugged in, or copy it to the laptop first.</source>
        <translation>Berkas ini tidak bisa dibaca. Kalau ada di HP atau flashdisk, periksa apakah masih terpasang, atau salin dulu ke laptop.</translation>
    </message>
    <message>
        <source>This file is empty. Please copy it again from where it comes from.</source>
        <translation>Berkas ini kosong. Salin lagi dari tempat asalnya.</translation>
    </message>
    <message>
        <source>This file is too large to be sent over a slow line. Please take a smaller one.</source>
        <translation>Berkas ini terlalu besar untuk dikirim lewat sinyal yang lemah. Pakai yang lebih kecil.</translation>
    </message>
    <message>
        <source>This file is not a photo. Please choose a photo (JPEG or PNG).</source>
        <translation>Berkas ini bukan foto. Pilih foto (JPEG atau PNG).</translation>
    </message>
    <message>
        <source>This photo is in the HEIC format of some phones, which cannot be opened here. Please set the camera of the phone to JPEG, or send the photo by WhatsApp and take that one.</source>
        <translation>Foto ini berformat HEIC dari HP tertentu, yang tidak bisa dibuka di sini. Atur kamera HP ke JPEG, atau kirim foto lewat WhatsApp dan pakai yang itu.</translation>
    </message>
    <message>
        <source>Pictures of this kind cannot be opened here. Please save it as a JPEG and take that one.</source>
        <translation>Gambar jenis ini tidak bisa dibuka di sini. Simpan sebagai JPEG dan pakai yang itu.</translation>
    </message>
    <message>
        <source>This photo is damaged, or was not copied completely. Please copy it again, or take another one.</source>
        <translation>Foto ini rusak, atau tersalin tidak lengkap. Salin lagi, atau pakai foto lain.</translation>
    </message>
    <message>
        <source>This picture has more pixels than this laptop can open. Please take a smaller one.</source>
        <translation>Ukuran gambar ini terlalu besar untuk dibuka di laptop ini. Pakai yang lebih kecil.</translation>
    </message>
    <message>
        <source>On a picture this small or this narrow nothing can be seen. Please take another.</source>
        <translation>Gambar sekecil atau sesempit ini tidak bisa dilihat. Pakai gambar lain.</translation>
    </message>
    <message>
        <source>This laptop has too little memory left for that. Please close other programs and try again.</source>
        <translation>Memori laptop ini tidak cukup. Tutup program lain, lalu coba lagi.</translation>
    </message>
    <message>
        <source>This file is not a sound recording. Please choose a recording.</source>
        <translation>Berkas ini bukan rekaman suara. Pilih rekaman suara.</translation>
    </message>
    <message>
        <source>This file is a program, and programs are not taken. Please choose a document.</source>
        <translation>Berkas ini program, dan program tidak diterima. Pilih dokumen.</translation>
    </message>
    <message>
        <source>The visit was finished before the photo was ready, so the photo was not added. Please add it on the page of the family.</source>
        <translation>Kunjungan sudah selesai sebelum foto siap, jadi foto tidak ikut. Tambahkan di halaman keluarga.</translation>
    </message>
    <message>
        <source>The photo or file itself is not on this laptop; only what is written about it.</source>
        <translation>Foto atau berkasnya tidak ada di laptop ini; yang ada hanya keterangannya.</translation>
    </message>
    <message>
        <source>The photo or file on this laptop is damaged and cannot be shown. Everything else is safe.</source>
        <translation>Foto atau berkas di laptop ini rusak dan tidak bisa ditampilkan. Data lain aman.</translation>
    </message>
    <message>
        <source>What this names is not in this village, or not on this laptop. Nothing was changed. Please choose another value, or leave the decision to the office.</source>
        <translation>Yang disebut di sini tidak ada di desa ini, atau tidak ada di laptop ini. Tidak ada yang diubah. Silakan pilih nilai lain, atau serahkan keputusannya kepada kantor.</translation>
    </message>
    <message>
        <source>This has changed meanwhile. Please look at it again.</source>
        <translation>Hal ini sementara itu sudah berubah. Silakan lihat sekali lagi.</translation>
    </message>
    <message>
        <source>The address {address} cannot be reached. Please check the address and the signal.</source>
        <translation>Alamat {address} tidak terjangkau. Periksa alamat dan sinyal.</translation>
    </message>
    <message>
        <source>{address} does not answer in time. Please check the signal and try again.</source>
        <translation>{address} tidak menjawab tepat waktu. Periksa sinyal, lalu coba lagi.</translation>
    </message>
    <message>
        <source>It is not the province that answers at {address}. Perhaps this network asks you to sign in first; otherwise please check the address.</source>
        <translation>Yang menjawab di {address} bukan provinsi. Mungkin jaringan ini meminta Anda masuk dulu; kalau tidak, periksa alamatnya.</translation>
    </message>
    <message>
        <source>The connection broke off. Please try again.</source>
        <translation>Sambungan terputus. Silakan coba lagi.</translation>
    </message>
    <message>
        <source>The province&apos;s server has a problem. Please try again later.</source>
        <translation>Server provinsi sedang bermasalah. Silakan coba lagi nanti.</translation>
    </message>
    <message>
        <source>The province&apos;s server is busy. Please try again in a minute.</source>
        <translation>Server provinsi sedang sibuk. Silakan coba lagi sebentar lagi.</translation>
    </message>
    <message>
        <source>The province did not accept the message. Please tell the office.</source>
        <translation>Provinsi tidak menerima pesan ini. Silakan beri tahu kantor.</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Tidak ada sinyal</translation>
    </message>
    <message>
        <source>The connection is too slow</source>
        <translation>Sinyal terlalu lambat</translation>
    </message>
    <message>
        <source>Somebody else answered</source>
        <translation>Yang menjawab bukan provinsi</translation>
    </message>
    <message>
        <source>The connection broke off</source>
        <translation>Sambungan terputus</translation>
    </message>
    <message>
        <source>The server has a problem</source>
        <translation>Server bermasalah</translation>
    </message>
    <message>
        <source>The server is busy</source>
        <translation>Server sedang sibuk</translation>
    </message>
    <message>
        <source>Please sign in again</source>
        <translation>Perlu masuk lagi</translation>
    </message>
    <message>
        <source>Not certainly the province</source>
        <translation>Belum pasti server provinsi</translation>
    </message>
    <message>
        <source>This account was closed</source>
        <translation>Akun ini sudah ditutup</translation>
    </message>
    <message>
        <source>This laptop is somebody else&apos;s</source>
        <translation>Laptop ini terdaftar untuk orang lain</translation>
    </message>
    <message>
        <source>The province did not accept it</source>
        <translation>Tidak diterima provinsi</translation>
    </message>
    <message>
        <source>Stopped by you</source>
        <translation>Anda hentikan</translation>
    </message>
    <message>
        <source>This visit was begun with a questionnaire that is not on this laptop. Its answers are safe. Please synchronise, or install the newest version of Berdaya, and open it again.</source>
        <translation>Kunjungan ini dimulai dengan kuesioner yang tidak ada di laptop ini. Jawabannya aman. Silakan sinkronkan, atau pasang Berdaya versi terbaru, lalu buka lagi.</translation>
    </message>
    <message>
        <source>This visit was finished meanwhile, and stands on the family&apos;s page. What you answer here now is not saved. Please write it down, and begin a new visit.</source>
        <translation>Kunjungan ini sementara itu sudah diselesaikan dan ada di halaman keluarga. Yang Anda jawab di sini sekarang tidak disimpan. Silakan catat jawabannya, lalu mulai kunjungan baru.</translation>
    </message>
    <message>
        <source>This family has left this laptop: it moved to another village, or the village is not yours any more. This visit cannot be saved. Please write the answers down and ask the office.</source>
        <translation>Keluarga ini sudah tidak ada di laptop ini: pindah ke desa lain, atau desanya bukan lagi tugas Anda. Kunjungan ini tidak dapat disimpan. Silakan catat jawabannya dan tanyakan ke kantor.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Light</source>
        <translation>Terang</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Gelap</translation>
    </message>
    <message>
        <source>As the laptop</source>
        <translation>Ikut laptop</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Pengaturan</translation>
    </message>
    <message>
        <source>How it looks</source>
        <translation>Tampilan</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Bahasa</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Ukuran huruf</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Warna</translation>
    </message>
    <message>
        <source>This laptop</source>
        <translation>Laptop ini</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Pemakai</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>Provinsi</translation>
    </message>
    <message>
        <source>Last confirmed</source>
        <translation>Terakhir diterima</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Tentang</translation>
    </message>
    <message>
        <source>Berdaya {version}. Free software under the Apache License 2.0.</source>
        <translation>Berdaya {version}. Perangkat lunak bebas dengan lisensi Apache 2.0.</translation>
    </message>
    <message>
        <source>Typeface Inter, SIL Open Font License. Icons Tabler, MIT License.</source>
        <translation>Huruf Inter, lisensi SIL Open Font. Ikon Tabler, lisensi MIT.</translation>
    </message>
    <message>
        <source>Regions of Indonesia from idn-area-data, Open Database License (ODbL): whoever passes them on names the source.</source>
        <translation>Daftar wilayah Indonesia dari idn-area-data, lisensi Open Database (ODbL): siapa yang meneruskannya menyebut sumbernya.</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>belum ada</translation>
    </message>
    <message>
        <source>not connected yet</source>
        <translation>belum tersambung</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>belum</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Pages</source>
        <translation>Halaman</translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Sign in again</source>
        <translation>Masuk lagi</translation>
    </message>
    <message>
        <source>The province asks who you are. Everything that you recorded is safe on this laptop and is sent afterwards.</source>
        <translation>Provinsi menanyakan siapa Anda. Semua yang Anda catat aman di laptop ini dan dikirim sesudahnya.</translation>
    </message>
    <message>
        <source>Your sign-in name</source>
        <translation>Nama pengguna</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Masuk</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>Clear</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Sign with a finger, a pen or the mouse. Enter goes on without.</source>
        <translation>Tanda tangan dengan jari, pena atau mouse. Enter untuk lanjut tanpa tanda tangan.</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Sudah ditandatangani</translation>
    </message>
    <message>
        <source>Not signed</source>
        <translation>Belum ditandatangani</translation>
    </message>
    <message>
        <source>The signature is being kept.</source>
        <translation>Tanda tangan sedang disimpan.</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Split the family</source>
        <translation>Pecah keluarga</translation>
    </message>
    <message>
        <source>New head of the old family</source>
        <translation>Kepala baru di keluarga lama</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Split from the family of {name} on {day}</source>
        <translation>Pecah dari keluarga {name} pada {day}</translation>
    </message>
    <message>
        <source>Choose who has a family of their own now, and what each is in it. The new family is in the same village and is visited by itself from now on. Earlier visits, businesses and grants stay with the old family, where those who go are noted as moved out.</source>
        <translation>Pilih siapa yang kini berkeluarga sendiri, dan sebagai apa. Keluarga baru ada di desa yang sama dan mulai sekarang dikunjungi tersendiri. Kunjungan yang lalu, usaha dan bantuan tetap di keluarga lama; di sana yang keluar dicatat pindah.</translation>
    </message>
    <message>
        <source>Goes: {relation}</source>
        <translation>Keluar: {relation}</translation>
    </message>
    <message>
        <source>Stays in the old family</source>
        <translation>Tetap di keluarga lama</translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation>Dusun</translation>
    </message>
    <message>
        <source>RT</source>
        <translation>RT</translation>
    </message>
    <message>
        <source>RW</source>
        <translation>RW</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Alamat</translation>
    </message>
    <message>
        <source>New family card (KK)</source>
        <translation>Kartu keluarga (KK) baru</translation>
    </message>
    <message>
        <source>May stay empty until the new card is there.</source>
        <translation>Boleh kosong sampai kartu barunya ada.</translation>
    </message>
    <message>
        <source>Choose who has a family of their own now.</source>
        <translation>Pilih siapa yang kini berkeluarga sendiri.</translation>
    </message>
    <message>
        <source>Somebody has to stay. If all of them moved, correct where the family lives.</source>
        <translation>Harus ada yang tetap tinggal. Jika semua pindah, perbaiki tempat tinggal keluarga ini.</translation>
    </message>
    <message>
        <source>Choose who is the head of the new family.</source>
        <translation>Pilih kepala keluarga yang baru.</translation>
    </message>
    <message>
        <source>Only one can be the head of the new family.</source>
        <translation>Kepala keluarga baru hanya boleh satu.</translation>
    </message>
    <message>
        <source>Choose who is the head of the old family now.</source>
        <translation>Pilih siapa kepala keluarga lama sekarang.</translation>
    </message>
    <message>
        <source>Somebody of them does not live here any more.</source>
        <translation>Ada yang sudah tidak tinggal di sini lagi.</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Draft</source>
        <translation>Draf</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>Diajukan</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Dikembalikan</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Disahkan</translation>
    </message>
    <message>
        <source>On this laptop</source>
        <translation>Di laptop ini</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Menunggu dikirim</translation>
    </message>
    <message>
        <source>With the office</source>
        <translation>Menunggu Dinsos</translation>
    </message>
    <message>
        <source>Sent, files not yet</source>
        <translation>Terkirim, berkas belum</translation>
    </message>
    <message>
        <source>Confirmed by the province</source>
        <translation>Diterima provinsi</translation>
    </message>
</context>
<context>
    <name>SummaryTab</name>
    <message>
        <source>A visit waits to be finished</source>
        <translation>Ada kunjungan yang belum selesai</translation>
    </message>
    <message>
        <source>Continue the visit</source>
        <translation>Lanjutkan kunjungan</translation>
    </message>
    <message>
        <source>Begun on {day}. Answers so far: {count}.</source>
        <translation>Dimulai {day}. Jawaban sampai sekarang: {count}.</translation>
    </message>
    <message>
        <source>Two people wrote different things</source>
        <translation>Dua orang menulis berbeda</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Putuskan</translation>
    </message>
    <message>
        <source>Which is right has to be decided. Both were kept.</source>
        <translation>Pilih mana yang benar. Keduanya tetap tersimpan.</translation>
    </message>
    <message>
        <source>{value} ({who})</source>
        <translation>{value} ({who})</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Anda</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>seseorang</translation>
    </message>
    <message>
        <source>What the family lacks</source>
        <translation>Yang kurang di keluarga ini</translation>
    </message>
    <message>
        <source>After the first visit you will see here what the family lacks.</source>
        <translation>Setelah kunjungan pertama, yang kurang di keluarga ini terlihat di sini.</translation>
    </message>
    <message>
        <source>Begin the first visit</source>
        <translation>Mulai kunjungan pertama</translation>
    </message>
    <message>
        <source>Some of it is not known yet; nothing else was seen to be lacking.</source>
        <translation>Sebagian belum diketahui; selain itu tidak terlihat ada yang kurang.</translation>
    </message>
    <message>
        <source>Nothing is known to be lacking.</source>
        <translation>Tidak diketahui ada yang kurang.</translation>
    </message>
    <message>
        <source>Lacking, as far as it was asked: {lacking}.</source>
        <translation>Kurang, sejauh sudah ditanyakan: {lacking}.</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Keluarga</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>Dikunjungi</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Jadwal</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Anggota</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Alamat</translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation>Dusun</translation>
    </message>
    <message>
        <source>RT / RW</source>
        <translation>RT / RW</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Nomor HP</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>secepatnya</translation>
    </message>
    <message>
        <source>{due} ({purpose})</source>
        <translation>{due} ({purpose})</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Family</source>
        <translation>Keluarga</translation>
    </message>
    <message>
        <source>Sync with the province</source>
        <translation>Sinkronisasi dengan provinsi</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Sinkronkan sekarang</translation>
    </message>
    <message>
        <source>How things stand</source>
        <translation>Keadaan sekarang</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Masuk lagi</translation>
    </message>
    <message>
        <source>Waiting on this laptop</source>
        <translation>Menunggu di laptop ini</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Apa</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Sejak</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Pengiriman</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>KB sent</source>
        <translation>KB terkirim</translation>
    </message>
    <message>
        <source>KB received</source>
        <translation>KB diterima</translation>
    </message>
    <message>
        <source>On {moment}: {sentence}</source>
        <translation>{moment}: {sentence}</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Teks (*.txt)</translation>
    </message>
    <message>
        <source>The diagnostics file is saved: {name}. It holds nobody&apos;s data.</source>
        <translation>Berkas diagnosa tersimpan: {name}. Isinya tanpa data siapa pun.</translation>
    </message>
    <message>
        <source>The file could not be saved there. Please choose another folder.</source>
        <translation>Berkas tidak bisa disimpan di sana. Pilih folder lain.</translation>
    </message>
    <message numerus="yes">
        <source>The province has everything that you recorded but %n photo(s) and file(s): they are only on this laptop.</source>
        <translation>
            <numerusform>Semua catatan sudah diterima provinsi, kecuali %n foto dan berkas yang hanya ada di laptop ini.</numerusform>
        </translation>
    </message>
    <message>
        <source>The province has everything that you recorded.</source>
        <translation>Semua catatan Anda sudah diterima provinsi.</translation>
    </message>
    <message>
        <source>Records confirmed</source>
        <translation>Catatan diterima</translation>
    </message>
    <message>
        <source>The last times</source>
        <translation>Riwayat</translation>
    </message>
    <message>
        <source>Save a diagnostics file</source>
        <translation>Simpan berkas diagnosa</translation>
    </message>
    <message>
        <source>For the office, if something does not work. It holds nobody&apos;s data.</source>
        <translation>Untuk Dinsos, kalau ada yang tidak jalan. Isinya tanpa data siapa pun.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Kapan</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Terkirim</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Diterima</translation>
    </message>
    <message>
        <source>How it went</source>
        <translation>Hasil</translation>
    </message>
    <message>
        <source>The first {shown}; {all} wait in all.</source>
        <translation>{shown} yang pertama; semuanya ada {all}.</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) are safe on this laptop and wait to be sent.</source>
        <translation>
            <numerusform>%n catatan aman di laptop ini dan menunggu dikirim.</numerusform>
        </translation>
    </message>
    <message>
        <source>The province has not confirmed anything yet.</source>
        <translation>Belum ada yang diterima provinsi.</translation>
    </message>
    <message>
        <source>The province last confirmed everything but photos and files on {moment}.</source>
        <translation>Terakhir semua diterima provinsi, kecuali foto dan berkas: {moment}.</translation>
    </message>
    <message>
        <source>The province last confirmed everything on {moment}.</source>
        <translation>Terakhir semua diterima provinsi: {moment}.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) were set aside, to be looked at by the office.</source>
        <translation>
            <numerusform>%n perubahan ditahan, akan dilihat Dinsos.</numerusform>
        </translation>
    </message>
    <message>
        <source>The date or time of this laptop is not the province&apos;s. Nothing is lost by it, but please set it right.</source>
        <translation>Tanggal atau jam laptop ini berbeda dari provinsi. Tidak ada yang hilang karenanya, tetapi tolong dibetulkan.</translation>
    </message>
    <message>
        <source>Data used this month: {size} KB.</source>
        <translation>Kuota terpakai bulan ini: {size} KB.</translation>
    </message>
    <message>
        <source>The office does not take it: {words}</source>
        <translation>Dinsos tidak menerimanya: {words}</translation>
    </message>
</context>
<context>
    <name>TroublePage</name>
    <message>
        <source>Berdaya cannot open its data</source>
        <translation>Berdaya tidak bisa membuka datanya</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
</context>
<context>
    <name>UndoRow</name>
    <message>
        <source>Undo</source>
        <translation>Urungkan</translation>
    </message>
    <message>
        <source>Replaced.</source>
        <translation>Sudah diganti.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Sudah dihapus.</translation>
    </message>
</context>
<context>
    <name>Values</name>
    <message>
        <source>(empty)</source>
        <translation>(kosong)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ya</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Tidak</translation>
    </message>
    <message>
        <source>not on this laptop</source>
        <translation>tidak ada di laptop ini</translation>
    </message>
    <message>
        <source>a family without members</source>
        <translation>keluarga tanpa anggota</translation>
    </message>
    <message>
        <source>Read and understood</source>
        <translation>Sudah dibaca dan dipahami</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>What can be seen on it?</source>
        <translation>Apa yang terlihat di foto?</translation>
    </message>
    <message>
        <source>Photo before</source>
        <translation>Foto sebelumnya</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Foto berikutnya</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Keterangan</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Photo {place} of {count}</source>
        <translation>Foto {place} dari {count}</translation>
    </message>
</context>
<context>
    <name>Visit</name>
    <message>
        <source>Kept on this laptop</source>
        <translation>Tersimpan di laptop ini</translation>
    </message>
    <message>
        <source>Read and understood</source>
        <translation>Sudah dibacakan dan dipahami</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Tidak ada jawaban</translation>
    </message>
    <message>
        <source>This has to be answered</source>
        <translation>Ini harus dijawab</translation>
    </message>
    <message>
        <source>This answer does not fit</source>
        <translation>Jawaban ini tidak cocok</translation>
    </message>
    <message>
        <source>{name}, %n years</source>
        <translation>{name}, %n tahun</translation>
    </message>
    <message>
        <source>Choose one of the list</source>
        <translation>Pilih salah satu dari daftar</translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>The last answers are not saved</source>
        <translation>Jawaban terakhir belum tersimpan</translation>
    </message>
    <message>
        <source>They could not be written to this laptop. If you leave, they are lost.</source>
        <translation>Jawaban itu tidak bisa ditulis ke laptop ini. Kalau Anda keluar, jawabannya hilang.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Keluar</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>Tetap di sini</translation>
    </message>
    <message>
        <source>Family without a name</source>
        <translation>Keluarga tanpa nama</translation>
    </message>
    <message>
        <source>Visit in {village}</source>
        <translation>Kunjungan di {village}</translation>
    </message>
    <message>
        <source>The record of this family was deleted.</source>
        <translation>Catatan keluarga ini sudah dihapus.</translation>
    </message>
    <message>
        <source>The visit can still be finished, or discarded above.</source>
        <translation>Kunjungannya masih dapat diselesaikan, atau dibuang di atas.</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Kunjungan</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>Yang ditanyakan</translation>
    </message>
    <message>
        <source>Previous section</source>
        <translation>Bagian sebelumnya</translation>
    </message>
    <message>
        <source>Next section</source>
        <translation>Bagian berikutnya</translation>
    </message>
    <message>
        <source>Finish the visit</source>
        <translation>Selesaikan kunjungan</translation>
    </message>
    <message>
        <source>Print for the family</source>
        <translation>Cetak untuk keluarga</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Selesai</translation>
    </message>
    <message>
        <source>Taken over from the last visit. Read it to the family once more.</source>
        <translation>Diambil dari kunjungan lalu. Bacakan sekali lagi kepada keluarga.</translation>
    </message>
    <message>
        <source>Enter confirms one answer, Ctrl+Shift+L all that this section took over.</source>
        <translation>Enter memastikan satu jawaban, Ctrl+Shift+L semua yang diambil di bagian ini.</translation>
    </message>
    <message>
        <source>Number keys choose an answer, Enter goes to the next question.</source>
        <translation>Tombol angka memilih jawaban, Enter ke pertanyaan berikutnya.</translation>
    </message>
    <message>
        <source>Shift+Enter: back. Ctrl+Page Down: next section. Ctrl+L: the rest as last time. Ctrl+Shift+L: it was read and is right. Ctrl+Enter: finish page.</source>
        <translation>Shift+Enter: kembali. Ctrl+Page Down: bagian berikutnya. Ctrl+L: sisanya seperti kunjungan lalu. Ctrl+Shift+L: sudah dibacakan dan benar. Ctrl+Enter: halaman selesai.</translation>
    </message>
    <message>
        <source>Discard this visit?</source>
        <translation>Buang kunjungan ini?</translation>
    </message>
    <message>
        <source>The answers given so far are deleted from this laptop.</source>
        <translation>Jawaban yang sudah diisi dihapus dari laptop ini.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Buang</translation>
    </message>
    <message>
        <source>Saved on this laptop. It will be sent when there is a connection.</source>
        <translation>Tersimpan di laptop ini. Dikirim begitu ada sinyal.</translation>
    </message>
</context>
<context>
    <name>VisitsPage</name>
    <message>
        <source>Visits</source>
        <translation>Kunjungan</translation>
    </message>
    <message>
        <source>Here you will see whom to visit. First, add a family.</source>
        <translation>Di sini terlihat siapa yang perlu dikunjungi. Tambah keluarga dulu.</translation>
    </message>
    <message>
        <source>Add a family</source>
        <translation>Tambah keluarga</translation>
    </message>
    <message numerus="yes">
        <source>%n family(ies) to visit.</source>
        <translation>
            <numerusform>%n keluarga perlu dikunjungi.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue.</source>
        <translation>
            <numerusform>%n terlambat.</numerusform>
        </translation>
    </message>
    <message>
        <source>To visit in {village}</source>
        <translation>Perlu dikunjungi di {village}</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Keluarga</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Jawaban</translation>
    </message>
    <message>
        <source>Last worked on</source>
        <translation>Terakhir dikerjakan</translation>
    </message>
    <message>
        <source>Begun and not finished</source>
        <translation>Sudah dimulai, belum selesai</translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation>Dusun</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>Kunjungan terakhir</translation>
    </message>
    <message>
        <source>Next visit</source>
        <translation>Kunjungan berikutnya</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Untuk apa</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Tanggal</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>Hasil</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Pengiriman</translation>
    </message>
    <message>
        <source>Recent visits</source>
        <translation>Kunjungan terbaru</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Secepatnya</translation>
    </message>
    <message>
        <source>Overdue since {date}</source>
        <translation>Terlambat sejak {date}</translation>
    </message>
    <message>
        <source>Due on {date}</source>
        <translation>Tenggat {date}</translation>
    </message>
    <message>
        <source>Met</source>
        <translation>Bertemu</translation>
    </message>
    <message>
        <source>Nobody home</source>
        <translation>Rumah kosong</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Pindah</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Menolak</translation>
    </message>
</context>
<context>
    <name>VisitsTab</name>
    <message>
        <source>Visits</source>
        <translation>Kunjungan</translation>
    </message>
    <message>
        <source>The visits to this family will be here.</source>
        <translation>Kunjungan ke keluarga ini akan muncul di sini.</translation>
    </message>
    <message>
        <source>Begin the first visit</source>
        <translation>Mulai kunjungan pertama</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Tanggal</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Hasil</translation>
    </message>
    <message>
        <source>What is lacking</source>
        <translation>Yang kurang</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Pengiriman</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Signing in…</source>
        <translation>Sedang masuk…</translation>
    </message>
    <message>
        <source>Welcome to Berdaya</source>
        <translation>Selamat datang di Berdaya</translation>
    </message>
    <message>
        <source>Address of the office</source>
        <translation>Alamat server Dinsos</translation>
    </message>
    <message>
        <source>It stands in the letter from the office.</source>
        <translation>Ada di surat dari Dinsos.</translation>
    </message>
    <message>
        <source>Your sign-in name</source>
        <translation>Nama pengguna</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Sambungkan</translation>
    </message>
    <message>
        <source>Connect with your office</source>
        <translation>Sambungkan dengan Dinsos</translation>
    </message>
    <message>
        <source>You need a connection for this once. After that Berdaya works without one: everything is kept on this laptop, encrypted, and sent when there is a connection.</source>
        <translation>Sekali ini perlu sinyal. Setelah itu Berdaya bekerja tanpa sinyal: semua tersimpan terkunci di laptop ini, dan dikirim begitu ada sinyal.</translation>
    </message>
    <message>
        <source>Only want to try it?</source>
        <translation>Mau mencoba dulu?</translation>
    </message>
    <message>
        <source>Practice mode has families that do not exist. Nothing that you do there reaches the office.</source>
        <translation>Mode latihan berisi keluarga rekaan. Apa pun yang Anda lakukan di sana tidak sampai ke Dinsos.</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>Latihan</translation>
    </message>
    <message>
        <source>Receiving your villages…</source>
        <translation>Menerima data desa Anda…</translation>
    </message>
    <message>
        <source>Receiving your villages: {count} entries, {size} KB</source>
        <translation>Menerima data desa Anda: {count} catatan, {size} KB</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Home</source>
        <translation>Beranda</translation>
    </message>
    <message>
        <source>Families</source>
        <translation>Keluarga</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Kunjungan</translation>
    </message>
    <message>
        <source>Businesses</source>
        <translation>Usaha</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Sinkronisasi</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Pengaturan</translation>
    </message>
</context>
<context>
    <name>WorkersField</name>
    <message>
        <source>Write 2, or 2+1 for two of the family and one hired</source>
        <translation>Tulis 2, atau 2+1 untuk dua orang keluarga dan satu orang upahan</translation>
    </message>
</context>
<context>
    <name>_NavItem</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n menunggu</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Picture</name>
    <message>
        <source>Loading…</source>
        <translation>Memuat…</translation>
    </message>
</context>
</TS>
