/* What a process asks of the disk below one folder: recorded call by call, or refused from the N-th on.
 *
 * Loaded with LD_PRELOAD before the C library; it does nothing until `disk_watch` is called. Each call is recorded after it was done and before it returns, so the record has the order
 * in which the program knew of things. A record is `kind | file | offset | size | name length | data
 * length` (kind a byte, the numbers 64 bits, native), then the name, then the data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 4096 };
enum { NOTHING, WATCHED_FILE, WATCHED_FOLDER };
enum { FAIL_WRITE = 1, FAIL_SYNC = 2 };

static char folder[PATH_MAX];
static size_t folder_length;
static int record = -1;
static char watched[FILES], sides[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int fail_what, fail_side, fail_errno, fail_forever;
static int64_t fail_after, calls[3][256];

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static ssize_t real_write(int fd, const void *data, size_t size) {
    REAL(write);
    return real(fd, data, size);
}

static void put(const void *data, size_t size) {
    const char *at = data;
    while (size) {
        ssize_t done = real_write(record, at, size);
        if (done <= 0) abort();
        at += done;
        size -= (size_t)done;
    }
}

static void note(char kind, uint64_t file, int64_t offset, int64_t size, const char *name,
                 const void *data, size_t length) {
    if (record < 0) return;
    int kept = errno;
    int64_t name_length = name ? (int64_t)strlen(name) : 0;
    int64_t head[5] = {(int64_t)file, offset, size, name_length, (int64_t)length};
    pthread_mutex_lock(&lock);
    put(&kind, 1);
    put(head, sizeof head);
    if (name_length) put(name, (size_t)name_length);
    if (length) put(data, length);
    pthread_mutex_unlock(&lock);
    errno = kept;
}

/* The name below the folder, or NULL; the folder itself is "". */
static const char *below(const char *path, char *space) {
    if (!folder_length || !path) return NULL;
    if (path[0] != '/') {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here)) return NULL;
        if (snprintf(space, PATH_MAX, "%s/%s", here, path) >= PATH_MAX) return NULL;
        path = space;
    }
    if (strncmp(path, folder, folder_length)) return NULL;
    if (path[folder_length] == '/') return path + folder_length + 1;
    return path[folder_length] ? NULL : path + folder_length;
}

static int is_watched(int fd, int what) { return fd >= 0 && fd < FILES && watched[fd] == what; }

static uint64_t number_of(int fd) {
    struct stat about;
    return fstat(fd, &about) ? 0 : (uint64_t)about.st_ino;
}

static int refused(int what, int side) {
    int64_t call = __atomic_add_fetch(&calls[what][side & 255], 1, __ATOMIC_SEQ_CST);
    if (fail_what != what || fail_side != side) return 0;
    if (call < fail_after || (call > fail_after && !fail_forever)) return 0;
    errno = fail_errno;
    return 1;
}

/* Called by the process itself, through ctypes. */

void disk_watch(const char *path, int descriptor) {
    snprintf(folder, sizeof folder, "%s", path);
    folder_length = strlen(folder);
    record = descriptor;
}

/* `side` is the first letter of the one folder below ours whose calls are refused. */
void disk_refuse(int side, int what, int64_t after, int error, int forever) {
    memset(calls, 0, sizeof calls);
    fail_side = side;
    fail_after = after;
    fail_errno = error;
    fail_forever = forever;
    fail_what = what;
}

void disk_mend(void) { fail_what = 0; }

/* The calls of a kind on a side since `disk_refuse`. */
int64_t disk_count(int side, int what) { return calls[what][side & 255]; }

void disk_say(const char *words) { note('s', 0, 0, 0, words, NULL, 0); }

/* The C library's calls. */

static int opened(int fd, const char *path, int flags, int is_new) {
    char space[PATH_MAX];
    const char *name = below(path, space);
    if (fd < 0 || fd >= FILES) return fd;
    struct stat about;
    watched[fd] = NOTHING;
    if (!name || fstat(fd, &about)) return fd;
    if (S_ISDIR(about.st_mode)) {
        watched[fd] = WATCHED_FOLDER;
        sides[fd] = name[0];
    } else if (S_ISREG(about.st_mode)) {
        size_t length = strlen(name);
        if (length > 4 && !strcmp(name + length - 4, "-shm")) return fd; /* memory, not a file */
        watched[fd] = WATCHED_FILE;
        sides[fd] = name[0];
        if (is_new) note('c', about.st_ino, 0, 0, name, NULL, 0);
        if (flags & O_TRUNC) note('t', about.st_ino, 0, 0, NULL, NULL, 0);
    }
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & O_CREAT) { \
            va_list more; \
            va_start(more, flags); \
            mode = va_arg(more, mode_t); \
            va_end(more); \
        } \
        char space[PATH_MAX]; \
        const char *under = below(path, space); \
        int is_new = (flags & O_CREAT) && under && access(path, F_OK); \
        if (is_new && refused(FAIL_WRITE, under[0])) return -1; \
        return opened(real(path, flags, mode), path, flags, is_new); \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < FILES) watched[fd] = NOTHING;
    return real(fd);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
    REAL(pwrite64);
    if (!is_watched(fd, WATCHED_FILE)) return real(fd, data, size, offset);
    if (refused(FAIL_WRITE, sides[fd])) return -1;
    ssize_t done = real(fd, data, size, offset);
    if (done > 0) note('w', number_of(fd), offset, 0, NULL, data, (size_t)done);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    return pwrite64(fd, data, size, offset);
}

ssize_t write(int fd, const void *data, size_t size) {
    if (!is_watched(fd, WATCHED_FILE)) return real_write(fd, data, size);
    if (refused(FAIL_WRITE, sides[fd])) return -1;
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t done = real_write(fd, data, size);
    if (done > 0) note('w', number_of(fd), offset, 0, NULL, data, (size_t)done);
    return done;
}

int ftruncate64(int fd, off64_t size) {
    REAL(ftruncate64);
    if (!is_watched(fd, WATCHED_FILE)) return real(fd, size);
    if (refused(FAIL_WRITE, sides[fd])) return -1;
    int done = real(fd, size);
    if (!done) note('t', number_of(fd), 0, size, NULL, NULL, 0);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*real)(int)) {
    if (!is_watched(fd, WATCHED_FILE) && !is_watched(fd, WATCHED_FOLDER)) return real(fd);
    if (refused(FAIL_SYNC, sides[fd])) return -1;
    int done = real(fd);
    if (!done) note(watched[fd] == WATCHED_FOLDER ? 'd' : 'f', number_of(fd), 0, 0, NULL, NULL, 0);
    return done;
}

int fsync(int fd) {
    REAL(fsync);
    return synced(fd, real);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    return synced(fd, real);
}

int unlink(const char *path) {
    REAL(unlink);
    char space[PATH_MAX];
    const char *name = below(path, space);
    int done = real(path);
    if (!done && name) note('u', 0, 0, 0, name, NULL, 0);
    return done;
}

int rename(const char *from, const char *to) {
    REAL(rename);
    char space[PATH_MAX], other[PATH_MAX];
    const char *name = below(from, space), *next = below(to, other);
    if (name && next && refused(FAIL_WRITE, name[0])) return -1;
    int done = real(from, to);
    if (!done && name && next) note('r', 0, 0, 0, name, next, strlen(next));
    return done;
}
