/*
 * A disk that can be watched and spoilt: loaded before libc (LD_PRELOAD), it stands between a process and
 * the files below one folder.
 *
 *   SHIM_FOLDER     which files; all else is left alone
 *   SHIM_LOG        what is done to them is written here in order, for a power cut to be played (disk.ts)
 *   SHIM_FLUSH_MS   each flush takes so long
 *   SHIM_HANG       while there is a file of this name, no flush comes to an end
 *   SHIM_FAIL       while there is a file of this name, what would change the disk fails: its text is the errno
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *folder, *hang, *fail;
static int flush_ms, log_fd = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void start(void) {
	const char *log = getenv("SHIM_LOG"), *ms = getenv("SHIM_FLUSH_MS");
	folder = getenv("SHIM_FOLDER"), hang = getenv("SHIM_HANG"), fail = getenv("SHIM_FAIL");
	flush_ms = ms ? atoi(ms) : 0;
	if (log) log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

static int is_ours(const char *path) { return folder && !strncmp(path, folder, strlen(folder)); }

/* The path of an open file of ours. */
static int is_open_in(int fd, char *path) {
	char link[64];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = folder ? readlink(link, path, 1023) : 0;
	path[length > 0 ? length : 0] = 0;
	return is_ours(path);
}

static unsigned long inode_of(int fd) {
	struct stat found;
	return fstat(fd, &found) ? 0 : found.st_ino;
}

/* What happened, to which inode, where and how much; then the bytes, if there are some. */
static void note(const char *what, unsigned long inode, long at, size_t length, const char *path, const void *bytes) {
	char line[1200];
	int size = snprintf(line, sizeof line, "%s\t%lu\t%ld\t%zu\t%s\n", what, inode, at, length, path);
	if (log_fd >= 0) syscall(SYS_write, log_fd, line, size), bytes && syscall(SYS_write, log_fd, bytes, length);
}

static int refuses(void) { /* and why */
	char text[16] = "";
	int fd = fail ? syscall(SYS_openat, AT_FDCWD, fail, O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0) return 0;
	syscall(SYS_read, fd, text, sizeof text - 1), syscall(SYS_close, fd);
	return errno = atoi(text);
}

/* Calls libc's own function, and notes what has succeeded. The lock keeps the notes in order. */
#define NOTED(call, ...) \
	if (refuses()) return -1; \
	pthread_mutex_lock(&lock); \
	long done = call, saved = errno; \
	if (done >= 0) note(__VA_ARGS__); \
	pthread_mutex_unlock(&lock); \
	return errno = saved, done;

#define WRITES_AT(name, offset_t) \
	ssize_t name(int fd, const void *bytes, size_t size, offset_t at) { \
		char path[1024]; \
		ssize_t (*real)(int, const void *, size_t, offset_t) = dlsym(RTLD_NEXT, #name); \
		if (!is_open_in(fd, path)) return real(fd, bytes, size, at); \
		NOTED(real(fd, bytes, size, at), "write", inode_of(fd), at, done, path, bytes) \
	}
WRITES_AT(pwrite, off_t)
WRITES_AT(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t size) {
	char path[1024];
	ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
	if (!is_open_in(fd, path)) return real(fd, bytes, size);
	NOTED(real(fd, bytes, size), "write", inode_of(fd), lseek(fd, 0, SEEK_CUR) - done, done, path, bytes)
}

#define TRUNCATES(name, offset_t) \
	int name(int fd, offset_t size) { \
		char path[1024]; \
		int (*real)(int, offset_t) = dlsym(RTLD_NEXT, #name); \
		if (!is_open_in(fd, path)) return real(fd, size); \
		NOTED(real(fd, size), "truncate", inode_of(fd), size, 0, path, NULL) \
	}
TRUNCATES(ftruncate, off_t)
TRUNCATES(ftruncate64, off64_t)

#define FLUSHES(name) \
	int name(int fd) { \
		char path[1024]; \
		int (*real)(int) = dlsym(RTLD_NEXT, #name); \
		if (!is_open_in(fd, path)) return real(fd); \
		usleep(flush_ms * 1000); \
		while (hang && !access(hang, F_OK)) usleep(5000); \
		NOTED(real(fd), "flush", inode_of(fd), 0, 0, path, NULL) \
	}
FLUSHES(fsync)
FLUSHES(fdatasync)

#define OPENS(name) \
	int name(const char *path, int flags, ...) { \
		va_list rest; \
		va_start(rest, flags); \
		int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, int) : 0; \
		int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, #name); \
		/* What is there can be opened, but for writing only where the disk is not read-only */ \
		if (!(flags & O_CREAT) || !is_ours(path) || (!access(path, F_OK) && refuses() != EROFS)) \
			return real(path, flags, mode); \
		NOTED(real(path, flags, mode), "open", inode_of(done), 0, 0, path, NULL) \
	}
OPENS(open)
OPENS(open64)

#define UNLINKS(name) \
	int name(const char *path) { \
		int (*real)(const char *) = dlsym(RTLD_NEXT, #name); \
		if (!is_ours(path)) return real(path); \
		NOTED(real(path), "unlink", 0, 0, 0, path, NULL) \
	}
UNLINKS(unlink)
UNLINKS(remove)

int mkdir(const char *path, mode_t mode) {
	int (*real)(const char *, mode_t) = dlsym(RTLD_NEXT, "mkdir");
	if (!is_ours(path)) return real(path, mode);
	NOTED(real(path, mode), "mkdir", 0, 0, 0, path, NULL)
}

int link(const char *from, const char *to) {
	int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "link");
	struct stat found = {0};
	if (!is_ours(to)) return real(from, to);
	stat(from, &found);
	NOTED(real(from, to), "link", found.st_ino, 0, 0, to, NULL)
}
