#include "hooks/git/repo_branch.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/memory.h"
#include "hooks/git/object.h"
#include "hooks/system/disk.h"
#include "hooks/system/mapping.h"

/* Digits and a newline. */
static char *id_line(struct text line, size_t id_size)
{
    struct object_id id;

    if (!line.size || line.bytes[line.size - 1] != '\n')
        return NULL;
    line.size--;
    if (object_id_parse(&id, line) < 0 || id.size != id_size)
        return NULL;
    return memory_copy(line.bytes, line.size);
}

/* A file that is neither a link nor anything else that git treats so. */
static bool read_plain(struct buffer *bytes, const char *path)
{
    struct stat status;
    struct error ignored;

    return lstat(path, &status) == 0 && S_ISREG(status.st_mode) &&
           disk_read(bytes, path, &ignored) == 1;
}

static char *find_packed(const char *common_dir, struct text name,
                         size_t id_size)
{
    struct buffer path = BUFFER_EMPTY, line = BUFFER_EMPTY;
    size_t digits = 2 * id_size;
    char *id = NULL;
    struct text bytes;
    struct error ignored;
    const char *at;

    buffer_format(&path, "%s/packed-refs", common_dir);
    buffer_byte(&line, ' ');
    buffer_text(&line, name);
    buffer_byte(&line, '\n');
    if (mapping_open(&bytes, path.bytes, &ignored) == 1) {
        at = memmem(bytes.bytes, bytes.size, line.bytes, line.size);
        if (at && at > bytes.bytes + digits && at[-1 - (int)digits] == '\n') {
            buffer_clear(&line);
            buffer_append(&line, at - digits, digits);
            buffer_byte(&line, '\n');
            id = id_line(buffer_view(&line), id_size);
        }
    }
    mapping_close(&bytes);
    buffer_release(&line);
    buffer_release(&path);
    return id;
}

static bool is_plain_branch(struct text name)
{
    if (!text_starts_with(name, TEXT("refs/heads/")))
        return false;
    for (size_t i = 0; i < name.size; i++)
        if ((unsigned char)name.bytes[i] <= ' ' || name.bytes[i] == '\\' ||
            (name.bytes[i] == '.' && i + 1 < name.size &&
             name.bytes[i + 1] == '.') ||
            (name.bytes[i] == '/' && i + 1 < name.size &&
             name.bytes[i + 1] == '/'))
            return false;
    return true;
}

/* The branch's file counts, and else its line of those that are packed. */
static char *find_branch(const char *common_dir, struct text name,
                         size_t id_size)
{
    struct buffer path = BUFFER_EMPTY, bytes = BUFFER_EMPTY;
    char *id = NULL;

    buffer_format(&path, "%s/", common_dir);
    buffer_text(&path, name);
    if (!is_plain_branch(name))
        id = NULL;
    else if (!disk_has(path.bytes))
        id = find_packed(common_dir, name, id_size);
    else if (read_plain(&bytes, path.bytes))
        id = id_line(buffer_view(&bytes), id_size);
    buffer_release(&path);
    buffer_release(&bytes);
    return id;
}

char *repo_branch_head(const char *git_dir, const char *common_dir,
                       size_t id_size)
{
    struct buffer path = BUFFER_EMPTY, bytes = BUFFER_EMPTY;
    char *id = NULL;
    const struct text start = TEXT("ref: ");
    struct text line;

    buffer_format(&path, "%s/HEAD", git_dir);
    if (read_plain(&bytes, path.bytes)) {
        line = buffer_view(&bytes);
        if (!text_starts_with(line, start))
            id = id_line(line, id_size);
        else if (text_find(line, '\n', 0) == line.size - 1)
            id = find_branch(common_dir,
                             text_slice(line, start.size, line.size - 1),
                             id_size);
    }
    buffer_release(&path);
    buffer_release(&bytes);
    return id;
}
