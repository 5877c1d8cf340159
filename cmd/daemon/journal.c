#include "cmd/daemon/journal.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cmd/base/date.h"
#include "cmd/terminal/terminal.h"
#include "core/base/buffer.h"
#include "hooks/system/disk.h"

static int open_file(const char *path)
{
    struct stat about;
    int fd = open(path,
                  O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW |
                      O_NOCTTY | O_NONBLOCK,
                  0600);

    if (fd >= 0 && (fstat(fd, &about) < 0 || !S_ISREG(about.st_mode) ||
                    about.st_uid != geteuid())) {
        close(fd);
        fd = -1;
    }
    return fd;
}

void journal_open(struct journal *journal, const char *folder)
{
    struct buffer path = BUFFER_EMPTY;
    struct error ignored;

    *journal = (struct journal){ .descriptor = -1 };
    if (!folder || disk_make_folders(folder, &ignored) < 0)
        return;
    buffer_format(&path, "%s/daemon.log", folder);
    journal->path = buffer_detach(&path);
    journal->descriptor = open_file(journal->path);
}

static void turn_over(struct journal *journal)
{
    struct buffer old = BUFFER_EMPTY;

    buffer_format(&old, "%s.1", journal->path);
    rename(journal->path, old.bytes);
    buffer_release(&old);
    close(journal->descriptor);
    journal->descriptor = open_file(journal->path);
}

void journal_note(struct journal *journal, const char *format, ...)
{
    char words[512], date[DATE_SIZE];
    struct buffer line = BUFFER_EMPTY;
    struct stat about;
    va_list arguments;

    if (journal->descriptor < 0)
        return;
    va_start(arguments, format);
    vsnprintf(words, sizeof(words), format, arguments);
    va_end(arguments);
    buffer_format(&line, "%s %ld ", date_format(date, (int64_t)time(NULL), 0),
                  (long)getpid());
    terminal_escape(&line, text_of(words));
    buffer_byte(&line, '\n');
    if (fstat(journal->descriptor, &about) == 0 &&
        about.st_size + (off_t)line.size > JOURNAL_SIZE_MAX)
        turn_over(journal);
    if (journal->descriptor >= 0)
        (void)!write(journal->descriptor, line.bytes, line.size);
    buffer_release(&line);
}

void journal_close(struct journal *journal)
{
    if (journal->descriptor >= 0)
        close(journal->descriptor);
    free(journal->path);
    *journal = (struct journal){ .descriptor = -1 };
}
