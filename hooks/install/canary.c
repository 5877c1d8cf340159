#include "hooks/install/canary.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "hooks/system/disk.h"
#include "hooks/system/trial.h"

/* Other programs may run in the hook, too. */
#define TIMEOUT_MS 60000

/* git before this has no `git hook run`, or one without standard input. */
#define RUNS_HOOKS  2, 36
#define FEEDS_HOOKS 2, 54

#define WORD_SIZE 33

/* A push that deletes a branch sends nothing. */
#define PUSH_LINE                                                              \
    "(delete) 0000000000000000000000000000000000000000 "                       \
    "refs/heads/tmpguard-canary 0000000000000000000000000000000000000000\n"

static void make_word(char word[WORD_SIZE])
{
    uint64_t random[2] = { 0, (uint64_t)getpid() };

    (void)!getrandom(random, sizeof(random), GRND_NONBLOCK);
    snprintf(word, WORD_SIZE, "%016" PRIx64 "%016" PRIx64, random[0],
             random[1]);
}

/* What tmpguard prints: "canary WORD VERSION". */
static char *version_behind(const struct buffer *out, const char *word)
{
    struct buffer wanted = BUFFER_EMPTY;
    const char *found;
    char *version = NULL;

    buffer_format(&wanted, "canary %s ", word);
    found = out->size ? strstr(out->bytes, wanted.bytes) : NULL;
    if (found) {
        found += wanted.size;
        version = memory_copy(found, strcspn(found, " \r\n\033"));
    }
    buffer_release(&wanted);
    return version;
}

static char *last_line(const struct buffer *out)
{
    size_t end = out->size, start;

    while (end && strchr("\n\r ", out->bytes[end - 1]))
        end--;
    start = end;
    while (start && out->bytes[start - 1] != '\n')
        start--;
    return start < end ? memory_copy(out->bytes + start, end - start) : NULL;
}

static void judge(struct canary *canary, const struct trial_answer *answer,
                  const char *word)
{
    canary->status = answer->status;
    canary->version = version_behind(&answer->errors, word);
    if (!canary->version)
        canary->version = version_behind(&answer->out, word);
    if (canary->version)
        canary->end = answer->status ? CANARY_FIRED : CANARY_IGNORED;
    else
        canary->end = answer->late ? CANARY_LATE : CANARY_SILENT;
    canary->words = last_line(&answer->errors);
    if (!canary->words)
        canary->words = last_line(&answer->out);
}

/* As git runs the file of a hook: one without "#!" is a shell script. */
static int run_file(struct trial_answer *answer, struct trial *trial,
                    const char *path, const struct shim_event *event,
                    struct error *err)
{
    bool pushes = strcmp(event->name, "pre-push") == 0;
    const char *all[] = { "/bin/sh", path, pushes ? "tmpguard-canary" : NULL,
                          "tmpguard-canary:", NULL };
    int result;

    if (access(path, X_OK) != 0)
        return 0;
    trial->arguments = all + 1;
    result = trial_run(answer, trial, err);
    if (result < 0 && errno == ENOEXEC) {
        trial_answer_release(answer);
        trial->arguments = all;
        result = trial_run(answer, trial, err);
    }
    trial->arguments = NULL;
    return result;
}

static int run(struct trial_answer *answer, const struct scene *scene,
               const struct shim_event *event, const char *apart,
               struct trial *trial, struct error *err)
{
    struct buffer path = BUFFER_EMPTY, feed = BUFFER_EMPTY;
    const char *const plain[] = { scene->git->path, "hook", "run", event->name,
                                  NULL };
    const char *feeding[] = { scene->git->path,
                              "hook",
                              "run",
                              NULL,
                              event->name,
                              "--",
                              "tmpguard-canary",
                              "tmpguard-canary:",
                              NULL };
    bool by_git = event->reads ? git_is(scene->git, FEEDS_HOOKS)
                               : git_is(scene->git, RUNS_HOOKS);
    int result;

    if (apart || !by_git) {
        if (apart)
            buffer_string(&path, apart);
        else
            buffer_format(&path, "%s/%s", scene->hooks, event->name);
        result = run_file(answer, trial, path.bytes, event, err);
    } else {
        buffer_format(&feed, "--to-stdin=%s", trial->input);
        feeding[3] = feed.bytes;
        trial->arguments = event->reads ? feeding : plain;
        trial->input = event->reads ? trial->input : NULL;
        result = trial_run(answer, trial, err);
    }
    trial->arguments = NULL;
    buffer_release(&path);
    buffer_release(&feed);
    return result;
}

/* What the system does not run is silent, too. */
static void tell_failure(struct canary *canary, const struct error *err)
{
    canary->end = CANARY_SILENT;
    canary->status = 127;
    canary->words = memory_copy(err->message, strlen(err->message));
}

void canary_run(struct canary *canary, const struct scene *scene,
                const struct shim_event *event, const char *apart,
                const char *scratch)
{
    struct buffer index = BUFFER_EMPTY, lines = BUFFER_EMPTY;
    char variable[sizeof(CANARY_VARIABLE) + WORD_SIZE] = CANARY_VARIABLE "=";
    char *word = variable + sizeof(CANARY_VARIABLE);
    const char *with[] = { variable, NULL, NULL };
    struct trial trial = { .folder = scene->tree->path,
                           .timeout_ms = TIMEOUT_MS };
    struct trial_answer answer = { .status = 0 };
    struct error err;

    *canary = CANARY_EMPTY;
    make_word(word);
    buffer_format(&index, "GIT_INDEX_FILE=%s/index", scratch);
    buffer_format(&lines, "%s/lines", scratch);
    with[1] = index.bytes;
    trial.environment = scene_environment(scene, with);
    trial.input = lines.bytes;
    if (run(&answer, scene, event, apart, &trial, &err) < 0)
        tell_failure(canary, &err);
    else
        judge(canary, &answer, word);
    trial_answer_release(&answer);
    trial_environment_release(trial.environment);
    buffer_release(&index);
    buffer_release(&lines);
}

void canary_release(struct canary *canary)
{
    free(canary->version);
    free(canary->words);
    *canary = CANARY_EMPTY;
}

char *canary_scratch(const char *parent, struct error *err)
{
    struct buffer path = BUFFER_EMPTY, lines = BUFFER_EMPTY;
    int result = 0;

    buffer_format(&path, "%s/tmpguard-doctor-XXXXXX", parent);
    if (!mkdtemp(path.bytes)) {
        error_set_errno(err, "cannot make a folder in %s", parent);
        buffer_release(&path);
        return NULL;
    }
    buffer_format(&lines, "%s/lines", path.bytes);
    result = disk_write(lines.bytes, TEXT(PUSH_LINE), 0600, err);
    buffer_release(&lines);
    if (result == 0)
        return buffer_detach(&path);
    canary_scratch_remove(buffer_detach(&path));
    return NULL;
}

/* What other programs of a hook may have written there is an index. */
void canary_scratch_remove(char *scratch)
{
    static const char *const names[] = { "lines", "index", "index.lock" };

    for (size_t i = 0; scratch && i < sizeof(names) / sizeof(*names); i++) {
        struct buffer path = BUFFER_EMPTY;

        buffer_format(&path, "%s/%s", scratch, names[i]);
        unlink(path.bytes);
        buffer_release(&path);
    }
    if (scratch)
        rmdir(scratch);
    free(scratch);
}
