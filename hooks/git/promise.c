#include "hooks/git/promise.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "hooks/git/gitpipe.h"

/* Only a partial clone has packs that a remote promised to complete. */
bool promise_given(const char *folder)
{
    struct buffer path = BUFFER_EMPTY;
    struct dirent *entry;
    bool found = false;
    DIR *packs;

    buffer_format(&path, "%s/pack", folder);
    packs = opendir(path.bytes);
    buffer_release(&path);
    while (packs && !found && (entry = readdir(packs)))
        found = text_ends_with(text_of(entry->d_name), TEXT(".promisor"));
    if (packs)
        closedir(packs);
    return found;
}

/* git counts what it borrows, too; not to know is to borrow. */
static bool borrows(void)
{
    static const char *const arguments[] = { "count-objects", "-v", NULL };
    struct buffer out = BUFFER_EMPTY;
    struct error err;
    bool found = gitpipe_run(&out, arguments, TEXT_EMPTY, &err) != 0 ||
                 !out.size || strstr(out.bytes, "alternate: ") != NULL;

    buffer_release(&out);
    return found;
}

bool promise_is_all(const char *folder)
{
    return promise_given(folder) && !borrows();
}

bool promise_is_loose(const char *folder, const struct object_id *id)
{
    struct buffer path = BUFFER_EMPTY;
    char hex[OBJECT_HEX_MAX];
    bool found;

    object_id_format(id, hex);
    buffer_format(&path, "%s/%.2s/%s", folder, hex, hex + 2);
    found = access(path.bytes, F_OK) == 0;
    buffer_release(&path);
    return found;
}
