#include "hooks/install/hook_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "hooks/system/disk.h"

/* What it is, by its bytes without the "\r" of line ends. */
static void judge(struct hook_file *hook, struct text bytes,
                  const struct shim_event *event)
{
    struct buffer plain = BUFFER_EMPTY;
    struct text text;

    shim_strip_returns(&plain, bytes);
    text = buffer_view(&plain);
    hook->crlf = text.size != bytes.size;
    hook->kind = shim_kind_of(text);
    if (hook->kind == SHIM_FOREIGN) {
        hook->manager = manager_of_hook(text);
        hook->keeps = manager_runs_kept(text);
        hook->names_us = memmem(text.bytes, text.size, "tmpguard", 8) != NULL;
    } else {
        hook->program = shim_program(text);
        hook->current = shim_is_current(text, event);
    }
    buffer_release(&plain);
}

static int look(struct hook_file *hook, const char *path,
                const struct shim_event *event, struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY;
    int found = disk_read(&bytes, path, err);

    *hook = HOOK_FILE_EMPTY;
    hook->executable = access(path, X_OK) == 0;
    if (found == 0 && disk_has(path))
        hook->kind = SHIM_FOREIGN;
    else if (found == 1)
        judge(hook, buffer_view(&bytes), event);
    buffer_release(&bytes);
    return found < 0 ? -1 : 0;
}

/* A manager that took our place may run us before its own hooks. */
static void look_behind(struct hook_file *hook, const char *path,
                        const struct shim_event *event)
{
    struct buffer kept_path = BUFFER_EMPTY;
    struct hook_file kept;
    struct error err;

    buffer_format(&kept_path, "%s" MANAGER_KEEPS, path);
    if (look(&kept, kept_path.bytes, event, &err) == 0 &&
        (kept.kind == SHIM_OURS || kept.kind == SHIM_EDITED)) {
        kept.manager = hook->manager;
        kept.keeps = true;
        kept.executable = kept.executable && hook->executable;
        hook_file_release(hook);
        *hook = kept;
    } else {
        hook->keeps = false;
        hook_file_release(&kept);
    }
    buffer_release(&kept_path);
}

int hook_file_look(struct hook_file *hook, const char *path,
                   const struct shim_event *event, struct error *err)
{
    if (look(hook, path, event, err) < 0)
        return -1;
    if (hook->keeps)
        look_behind(hook, path, event);
    return 0;
}

bool hook_file_fires(const struct hook_file *hook)
{
    return hook->kind == SHIM_OURS && hook->executable && !hook->crlf &&
           hook->program && access(hook->program, X_OK) == 0;
}

void hook_file_release(struct hook_file *hook)
{
    free(hook->program);
    *hook = HOOK_FILE_EMPTY;
}
