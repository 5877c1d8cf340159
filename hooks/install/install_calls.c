#include "hooks/install/install_calls.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "hooks/install/install_shim.h"
#include "hooks/system/disk.h"

#define PUSH "pre-push"

static bool has(struct text text, const char *word)
{
    return memmem(text.bytes, text.size, word, strlen(word)) != NULL;
}

/* The next line, without its end, taken off *rest; false: no more. */
static bool next_line(struct text *line, struct text *rest)
{
    size_t end = text_find(*rest, '\n', 0);

    if (!rest->size)
        return false;
    *line = text_slice(*rest, 0, end);
    *rest = text_slice(*rest, end + (end < rest->size), rest->size);
    return true;
}

static size_t indentation(struct text line)
{
    size_t size = 0;

    while (size < line.size &&
           (line.bytes[size] == ' ' || line.bytes[size] == '\t'))
        size++;
    return size;
}

/* Nothing, or a comment. */
static bool is_idle(struct text line)
{
    size_t start = indentation(line);

    return start == line.size || line.bytes[start] == '#' ||
           line.bytes[start] == '\r';
}

/* What stands behind a call's name, up to "check": "tmpguard check",
 * "'tmpguard', 'check'". */
static bool runs_check(struct text rest)
{
    size_t at = 0;

    while (at < rest.size && strchr(" \t'\",", rest.bytes[at]))
        at++;
    return at > 0 &&
           text_starts_with(text_slice(rest, at, rest.size), TEXT("check"));
}

bool calls_in_line(struct text line, const char *event)
{
    static const char name[] = "tmpguard";
    const char *found = line.bytes;
    bool pushes = has(line, "--pre-push");

    if (is_idle(line) || has(line, "||") || has(line, "--range") ||
        has(line, "--commit") || pushes != (strcmp(event, PUSH) == 0))
        return false;
    while ((found = memmem(found, line.size - (size_t)(found - line.bytes),
                           name, sizeof(name) - 1))) {
        size_t at = (size_t)(found - line.bytes);

        found += sizeof(name) - 1;
        if ((at == 0 || strchr(" \t'\"/[{:", line.bytes[at - 1])) &&
            runs_check(text_slice(line, at + sizeof(name) - 1, line.size)))
            return true;
    }
    return false;
}

static bool in_script(struct text bytes, const char *event)
{
    struct text line;

    while (next_line(&line, &bytes))
        if (calls_in_line(line, event))
            return true;
    return false;
}

/* The key of the event's section: Overcommit has its own. */
static const char *section_of(const struct manager *manager, const char *event)
{
    if (strcmp(manager->name, "Overcommit") != 0)
        return event;
    if (strcmp(event, PUSH) == 0)
        return "PrePush";
    return strcmp(event, "pre-commit") == 0 ? "PreCommit" : "";
}

/* What a manager needs so as not to leave a call out now and then: words in
 * its line, or in its section; "" is always there. */
struct needs {
    const char *line, *section;
};

static bool in_sections(struct text bytes, const char *section,
                        const char *event, struct needs needs)
{
    size_t size = strlen(section);
    bool within = false, calls = false, holds = !needs.section[0];
    struct text line;

    while (size && next_line(&line, &bytes)) {
        if (is_idle(line))
            continue;
        if (indentation(line) == 0)
            within = text_starts_with(line, text_of(section)) &&
                     line.size > size && line.bytes[size] == ':';
        if (!within)
            continue;
        calls = calls || (calls_in_line(line, event) && has(line, needs.line));
        holds = holds || has(line, needs.section);
    }
    return calls && holds;
}

/* What a list of stages calls the event; older versions have other names. */
static bool is_stage(struct text word, const char *event)
{
    static const char *const names[][2] = { { "pre-commit", "commit" },
                                            { "pre-merge-commit",
                                              "merge-commit" },
                                            { PUSH, "push" } };

    if (text_equal(word, text_of(event)))
        return true;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcmp(names[i][0], event) == 0)
            return text_equal(word, text_of(names[i][1]));
    return false;
}

/* Behind a key with stages: on its line, or in the list below it. */
static bool names_stage(struct text bytes, const char *event)
{
    bool first = true;
    struct text line;

    while (next_line(&line, &bytes)) {
        if (!first && text_find(line, ':', 0) < line.size)
            break;
        first = false;
        for (size_t at = 0, from; at < line.size; at++) {
            for (from = at;
                 at < line.size && (isalpha((unsigned char)line.bytes[at]) ||
                                    line.bytes[at] == '-');)
                at++;
            while (from < at && line.bytes[from] == '-')
                from++;
            if (is_stage(text_slice(line, from, at), event))
                return true;
        }
    }
    return false;
}

/* At the event? Yes if nothing is said about it. */
static bool runs_at(struct text bytes, const char *key, const char *event)
{
    const char *found = memmem(bytes.bytes, bytes.size, key, strlen(key));

    if (!found)
        return true;
    found += strlen(key);
    return names_stage(
        text_slice(bytes, (size_t)(found - bytes.bytes), bytes.size), event);
}

/* A hook of this project's own list, by its name. */
static bool has_our_id(struct text item, const char *event)
{
    bool push = strcmp(event, PUSH) == 0;
    struct text line;

    while (next_line(&line, &item)) {
        const char *id = memmem(line.bytes, line.size, "id: tmpguard", 12);
        struct text rest;

        if (!id || is_idle(line))
            continue;
        rest = text_slice(line, (size_t)(id - line.bytes) + 12, line.size);
        if (push ? text_starts_with(rest, TEXT("-push"))
                 : !text_starts_with(rest, TEXT("-")))
            return true;
    }
    return false;
}

static bool item_calls(struct text item, const char *event)
{
    if (!runs_at(item, " stages:", event))
        return false;
    if (!has(item, "entry:"))
        return has_our_id(item, event);
    return in_script(item, event) && has(item, "always_run: true");
}

/* An item begins at "- KEY:" and ends at the next one not further in. */
static bool in_items(struct text bytes, const char *event)
{
    const char *start = bytes.bytes;
    struct text rest = bytes, line;

    if (!runs_at(bytes, "default_stages:", event))
        return false;
    while (next_line(&line, &rest)) {
        size_t in = indentation(line);
        bool begins = in < line.size && line.bytes[in] == '-' &&
                      text_find(line, ':', 0) < line.size;

        if (!begins || is_idle(line))
            continue;
        if (item_calls(text_slice(bytes, (size_t)(start - bytes.bytes),
                                  (size_t)(line.bytes - bytes.bytes)),
                       event))
            return true;
        start = line.bytes;
    }
    return item_calls(
        text_slice(bytes, (size_t)(start - bytes.bytes), bytes.size), event);
}

/* Without them lefthook leaves a call out at a commit where it sees nothing
 * staged, and at a push where what is checked out has been pushed already;
 * Overcommit at a commit where it sees no files. */
static struct needs needs_of(const struct manager *manager, const char *event)
{
    bool commits = strcmp(event, "pre-commit") == 0;
    struct needs needs = { "", "" };

    if (strcmp(manager->name, "lefthook") == 0 &&
        (commits || strcmp(event, PUSH) == 0))
        needs.line = "{files}";
    if (strcmp(manager->name, "Overcommit") == 0 && commits)
        needs.section = "requires_files: false";
    return needs;
}

bool calls_in_configuration(const struct manager *manager, struct text bytes,
                            const char *event)
{
    if (manager->way == MANAGER_ITEMS)
        return in_items(bytes, event);
    return manager->way == MANAGER_SECTIONS &&
           in_sections(bytes, section_of(manager, event), event,
                       needs_of(manager, event));
}

/* Is the file there, and the manager's? Its bytes. */
static bool read_configuration(struct buffer *bytes, const char *root,
                               const struct manager *manager, size_t i)
{
    char *path = disk_join(root, manager->files[i]);
    struct error err;
    bool is_its = disk_read(bytes, path, &err) == 1 &&
                  (!manager->sign || has(buffer_view(bytes), manager->sign));

    free(path);
    return is_its;
}

static bool in_files(const struct manager *manager, const char *root,
                     const char *event)
{
    bool calls = false;

    for (size_t i = 0; i < MANAGER_FILES_MAX && manager->files[i]; i++) {
        struct buffer bytes = BUFFER_EMPTY;

        if (read_configuration(&bytes, root, manager, i))
            calls = calls ||
                    calls_in_configuration(manager, buffer_view(&bytes), event);
        buffer_release(&bytes);
    }
    return calls;
}

static bool in_script_file(const char *folder, const char *event)
{
    struct buffer bytes = BUFFER_EMPTY;
    char *path = disk_join(folder, event);
    struct error err;
    bool calls = disk_read(&bytes, path, &err) == 1 &&
                 in_script(buffer_view(&bytes), event);

    free(path);
    buffer_release(&bytes);
    return calls;
}

bool calls_from_hook(const char *path, const char *root, const char *event)
{
    struct buffer bytes = BUFFER_EMPTY;
    const struct manager *manager = NULL;
    struct error err;
    bool calls = false;

    if (access(path, X_OK) == 0 && disk_read(&bytes, path, &err) == 1)
        manager = manager_of_hook(buffer_view(&bytes));
    if (manager && manager->way == MANAGER_HOOK)
        calls = in_script(buffer_view(&bytes), event);
    else if (manager && root)
        calls = in_files(manager, root, event);
    buffer_release(&bytes);
    return calls;
}

bool calls_from_folder(const char *folder, const char *event)
{
    char *hook = disk_join(folder, event);
    bool calls = access(hook, X_OK) == 0;
    char *end = strrchr(hook, '/');

    *end = '\0';
    if (text_ends_with(text_of(hook), TEXT("/_")))
        hook[strlen(hook) - 2] = '\0';
    calls = calls && in_script_file(hook, event);
    free(hook);
    return calls;
}

/* husky is told in its folder, the others in a file at the top. */
static bool calls_always(const struct manager *manager, const char *root)
{
    size_t count;
    const struct shim_event *events = shim_events(&count);
    char *folder = disk_join(root, ".husky");
    bool calls = true;

    for (size_t i = 0; i < count && calls; i++)
        if (events[i].check && section_of(manager, events[i].name)[0])
            calls = manager->way == MANAGER_SCRIPT
                        ? in_script_file(folder, events[i].name)
                        : in_files(manager, root, events[i].name);
    free(folder);
    return calls;
}

static bool is_set_up(const struct manager *manager, const char *root)
{
    bool found = false;

    for (size_t i = 0; i < MANAGER_FILES_MAX && manager->files[i]; i++) {
        struct buffer bytes = BUFFER_EMPTY;

        found = found || read_configuration(&bytes, root, manager, i);
        buffer_release(&bytes);
    }
    return found;
}

const struct manager *calls_threatened_by(const char *root)
{
    size_t count;
    const struct manager *managers = manager_table(&count);

    for (size_t i = 0; i < count; i++)
        if (!managers[i].keeps && is_set_up(&managers[i], root) &&
            !calls_always(&managers[i], root))
            return &managers[i];
    return NULL;
}
