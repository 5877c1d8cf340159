#include "hooks/install/install_shim.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hooks/system/disk.h"
#include "hooks/system/sha256.h"

#define MARK     "#!/bin/sh\n# tmpguard-shim v1 sha256:"
#define HEX_SIZE (2 * (size_t)SHA256_SIZE)

/* So long may a push take, in seconds, unless the server's settings say else.
 */
#define DEADLINE "60"

#define SERVER_CHECK                                                           \
    "check --pre-receive --deadline "                                          \
    "\"$(git config hooks.tmpguard.deadline || echo " DEADLINE ")\""

/* What is done at a commit, a push, and when one is received. */
#define EVENTS(commit, push, receive)                                          \
    { "pre-commit", commit, false }, { "pre-merge-commit", commit, false },    \
        { "pre-push", push, true }, { .name = "applypatch-msg" },              \
        { .name = "pre-applypatch" }, { .name = "post-applypatch" },           \
        { .name = "prepare-commit-msg" }, { .name = "commit-msg" },            \
        { .name = "post-commit" }, { .name = "pre-rebase" },                   \
        { .name = "post-checkout" }, { .name = "post-merge" },                 \
        { .name = "post-rewrite" }, { .name = "pre-auto-gc" },                 \
        { .name = "sendemail-validate" }, { "pre-receive", receive, true },    \
        { .name = "update" }, { .name = "post-receive" },                      \
        { .name = "post-update" }, { .name = "p4-changelist" },                \
        { .name = "p4-prepare-changelist" }, { .name = "p4-post-changelist" }, \
    {                                                                          \
        .name = "p4-pre-submit"                                                \
    }

static const struct shim_event events[] = {
    EVENTS("check --record", "check --pre-push", NULL),
};
static const struct shim_event server_events[] = {
    EVENTS(NULL, NULL, SERVER_CHECK),
};

const struct shim_event *shim_events_of(enum install_reach reach, size_t *count)
{
    *count = sizeof(events) / sizeof(*events);
    return reach == INSTALL_SERVER ? server_events : events;
}

const struct shim_event *shim_events(size_t *count)
{
    *count = sizeof(events) / sizeof(*events);
    return events;
}

/* One word of the shell. */
static void quote(struct buffer *out, const char *string)
{
    buffer_byte(out, '\'');
    for (; *string; string++) {
        if (*string == '\'')
            buffer_string(out, "'\\'");
        buffer_byte(out, *string);
    }
    buffer_byte(out, '\'');
}

/* Set $program, or say that there is none and end; `end` parts commands. */
static void find_program(struct buffer *out, const char *program,
                         const char *end)
{
    buffer_string(out, "program=");
    quote(out, program);
    buffer_format(out,
                  "%s[ -x \"$program\" ] || program=${TMPGUARD_BIN:-}%s"
                  "[ -x \"$program\" ] || program=$(command -v tmpguard)%s"
                  "if [ ! -x \"$program\" ]; then%s",
                  end, end, end, end[0] == ';' ? " " : "\n    ");
    buffer_string(out, "echo \"tmpguard: the program is gone, so nothing was "
                       "checked and git stops. Install it again or name it in "
                       "TMPGUARD_BIN; to go on without: git config "
                       "hooks.tmpguard.missing warn\" >&2");
    buffer_format(out,
                  "%s[ \"$(git config hooks.tmpguard.missing)\" = warn ]%s"
                  "exit%sfi%s",
                  end[0] == ';' ? end : "\n    ",
                  end[0] == ';' ? end : "\n    ", end, end);
}

/* git gives no lines where nothing is pushed; by hand that means something
 * else to `tmpguard check`. */
#define NOTHING_PUSHED "[ -n \"$lines\" ] || exit 0"

/* `tmpguard doctor` asks whether tmpguard runs; then nothing ever passes, so
 * what runs first may be left out. */
#define NO_CANARY "[ -z \"${TMPGUARD_CANARY+x}\" ]"

/* The gate of a commit is quicker by the program that asks the daemon, where
 * that is beside $program; it becomes $program if there is none. */
#define ASK_DAEMON "[ ! -x \"$program-hook\" ] || program=$program-hook"

/* What runs first is in $first. */
static void body(struct buffer *out, const struct shim_event *event,
                 const char *program)
{
    if (!event->check) {
        buffer_string(out, "[ -x \"$first\" ] || exit 0\n"
                           "exec \"$first\" \"$@\"\n");
        return;
    }
    if (event->reads)
        buffer_string(out, "lines=$(cat)\n"
                           "lines() { [ -z \"$lines\" ] || "
                           "printf '%s\\n' \"$lines\"; }\n");
    buffer_format(out,
                  "if [ -x \"$first\" ] && " NO_CANARY "; then "
                  "%s\"$first\" \"$@\" || exit; fi\n",
                  event->reads ? "lines | " : "");
    if (event->reads)
        buffer_string(out, NOTHING_PUSHED "\n");
    find_program(out, program, "\n");
    if (!event->reads)
        buffer_string(out, ASK_DAEMON "\n");
    buffer_format(out, "%s\"$program\" %s\n",
                  event->reads ? "lines | " : "exec ", event->check);
}

static void seal(struct buffer *out, const struct buffer *content)
{
    buffer_string(out, MARK);
    sha256_hex(out, buffer_view(content), TEXT_EMPTY);
    buffer_byte(out, '\n');
    buffer_text(out, buffer_view(content));
}

#define ABOUT "# Made by 'tmpguard install'; 'tmpguard uninstall' undoes it.\n"

void shim_beside(struct buffer *out, const struct shim_event *event,
                 const char *program)
{
    struct buffer content = BUFFER_EMPTY;

    /* Not $0: another program may have moved this hook and still run it. */
    buffer_format(&content, ABOUT "first=${0%%/*}/%s" SHIM_BEFORE "\n",
                  event->name);
    body(&content, event, program);
    seal(out, &content);
    buffer_release(&content);
}

void shim_before(struct buffer *out, const struct shim_event *event,
                 const char *program, const char *folder)
{
    struct buffer content = BUFFER_EMPTY;

    buffer_string(&content, ABOUT "first=");
    if (folder)
        quote(&content, folder);
    else
        buffer_string(&content, "$(git rev-parse --git-common-dir)/hooks");
    buffer_format(&content, "/%s%s\n", event->name, folder ? "" : " || exit");
    body(&content, event, program);
    seal(out, &content);
    buffer_release(&content);
}

void shim_command(struct buffer *out, const char *program)
{
    buffer_string(out, "tmpguard_hook() { ");
    find_program(out, program, "; ");
    /* git gives the remote's name and URL to pre-push, nothing to others. */
    buffer_string(out, "[ $# -gt 0 ] || { " ASK_DAEMON "; "
                       "exec \"$program\" check --record; }; "
                       "lines=$(cat); " NOTHING_PUSHED "; "
                       "printf '%s\\n' \"$lines\" | "
                       "\"$program\" check --pre-push; }; tmpguard_hook");
}

void shim_server_command(struct buffer *out, const char *program)
{
    buffer_string(out, "tmpguard_hook() { ");
    find_program(out, program, "; ");
    buffer_string(out, "lines=$(cat); " NOTHING_PUSHED "; "
                       "printf '%s\\n' \"$lines\" | "
                       "\"$program\" " SERVER_CHECK "; }; tmpguard_hook");
}

void shim_strip_returns(struct buffer *out, struct text bytes)
{
    for (size_t i = 0; i < bytes.size; i++)
        if (bytes.bytes[i] != '\r' || i + 1 == bytes.size ||
            bytes.bytes[i + 1] != '\n')
            buffer_byte(out, bytes.bytes[i]);
}

/* It has our words and not our first bytes. */
static enum shim_kind kind_of_changed(struct text bytes)
{
    struct buffer plain = BUFFER_EMPTY;
    enum shim_kind kind = SHIM_EDITED;

    shim_strip_returns(&plain, bytes);
    if (plain.size < bytes.size &&
        shim_kind_of(buffer_view(&plain)) == SHIM_OURS)
        kind = SHIM_CRLF;
    buffer_release(&plain);
    return kind;
}

/* The content of a shim, behind the line with its hash. */
enum shim_kind shim_kind_of(struct text bytes)
{
    size_t head = sizeof(MARK) - 1 + HEX_SIZE + 1;
    struct buffer hex = BUFFER_EMPTY;
    enum shim_kind kind = SHIM_EDITED;

    if (!text_starts_with(bytes, TEXT(MARK)))
        return memmem(bytes.bytes, bytes.size, "# tmpguard-shim ", 16)
                   ? kind_of_changed(bytes)
                   : SHIM_FOREIGN;
    if (bytes.size >= head) {
        sha256_hex(&hex, text_slice(bytes, head, bytes.size), TEXT_EMPTY);
        if (text_equal(buffer_view(&hex),
                       text_slice(bytes, sizeof(MARK) - 1, head - 1)))
            kind = SHIM_OURS;
    }
    buffer_release(&hex);
    return kind;
}

int shim_look(enum shim_kind *kind, const char *path, struct error *err)
{
    struct buffer bytes = BUFFER_EMPTY;
    int found = disk_read(&bytes, path, err);

    if (found == 0)
        *kind = disk_has(path) ? SHIM_FOREIGN : SHIM_ABSENT;
    else if (found == 1)
        *kind = shim_kind_of(buffer_view(&bytes));
    buffer_release(&bytes);
    return found < 0 ? -1 : 0;
}

#define PROGRAM "program='"

/* `text` begins within quotes, as `quote` writes them. */
static char *unquote(struct text text)
{
    struct buffer word = BUFFER_EMPTY;
    size_t at = 0;

    for (;;) {
        size_t end = text_find(text, '\'', at);

        buffer_text(&word, text_slice(text, at, end));
        at = end;
        if (!text_starts_with(text_slice(text, at, text.size), TEXT("'\\''")))
            break;
        buffer_byte(&word, '\'');
        at += 4;
    }
    if (at < text.size && word.size)
        return buffer_detach(&word);
    buffer_release(&word);
    return NULL;
}

char *shim_program(struct text bytes)
{
    const char *found =
        memmem(bytes.bytes, bytes.size, PROGRAM, sizeof(PROGRAM) - 1);

    if (!found)
        return NULL;
    return unquote(
        text_slice(bytes, (size_t)(found - bytes.bytes) + sizeof(PROGRAM) - 1,
                   bytes.size));
}

/* The lines of a shim up to `first=`, which says what stood there. */
static size_t head_size(struct text bytes)
{
    static const char first[] = "\nfirst=";
    const char *found =
        memmem(bytes.bytes, bytes.size, first, sizeof(first) - 1);
    size_t start = found ? (size_t)(found - bytes.bytes) + 1 : bytes.size;
    size_t end = text_find(bytes, '\n', start);

    return end < bytes.size ? end + 1 : end;
}

bool shim_is_current(struct text bytes, const struct shim_event *event)
{
    char *program = shim_program(bytes);
    struct buffer wanted = BUFFER_EMPTY;
    struct text rest = text_slice(bytes, head_size(bytes), bytes.size);
    bool same = shim_kind_of(bytes) == SHIM_OURS && program;

    if (same) {
        body(&wanted, event, program);
        same = text_equal(rest, buffer_view(&wanted));
    }
    buffer_release(&wanted);
    free(program);
    return same;
}

bool shim_command_is_current(struct text command)
{
    void (*const makers[])(
        struct buffer *, const char *) = { shim_command, shim_server_command };
    char *program = shim_program(command);
    bool same = false;

    for (size_t i = 0; program && i < sizeof(makers) / sizeof(*makers); i++) {
        struct buffer wanted = BUFFER_EMPTY;

        makers[i](&wanted, program);
        same = same || text_equal(command, buffer_view(&wanted));
        buffer_release(&wanted);
    }
    free(program);
    return same;
}

bool shim_all_ours(const char *folder)
{
    bool ours = true;

    for (size_t i = 0; i < sizeof(events) / sizeof(*events) && ours; i++) {
        struct buffer path = BUFFER_EMPTY;
        enum shim_kind kind = SHIM_ABSENT;
        struct error err;

        buffer_format(&path, "%s/%s", folder, events[i].name);
        if (events[i].check)
            ours = shim_look(&kind, path.bytes, &err) == 0 &&
                   kind == SHIM_OURS && access(path.bytes, X_OK) == 0;
        buffer_release(&path);
    }
    return ours;
}
