#include "cmd/lsp/lsp_home.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cmd/session/session.h"
#include "core/base/memory.h"
#include "hooks/git/repo.h"
#include "hooks/scan/importers.h"

/* ---- paths --------------------------------------------------------------- */

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that an escape at `at` stands for; -1 if it is none. */
static int unescape(struct text uri, size_t at)
{
    int high = at + 2 < uri.size ? digit(uri.bytes[at + 1]) : -1;
    int low = at + 2 < uri.size ? digit(uri.bytes[at + 2]) : -1;

    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static char *decode(struct text uri)
{
    struct buffer path = BUFFER_EMPTY;
    size_t at = 0;

    while (at < uri.size) {
        bool is_escape = uri.bytes[at] == '%';
        int byte = is_escape ? unescape(uri, at) : (unsigned char)uri.bytes[at];

        if (byte <= 0)
            break;
        buffer_byte(&path, (char)byte);
        at += is_escape ? 3 : 1;
    }
    if (at == uri.size)
        return buffer_detach(&path);
    buffer_release(&path);
    return NULL;
}

char *lsp_home_path(struct text uri)
{
    static const char *const starts[] = { "file:///", "file://localhost/",
                                          "file:/" };

    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
        size_t size = strlen(starts[i]);

        if (uri.size > size && uri.bytes[size] != '/' &&
            strncasecmp(uri.bytes, starts[i], size) == 0)
            return decode(text_slice(uri, size - 1, uri.size));
    }
    return NULL;
}

/* The folder of the file, or the nearest one above it that is there. */
static char *enter(const char *path)
{
    struct text folder = text_folder(text_of(path));

    for (;;) {
        char *name = folder.size ? memory_copy(folder.bytes, folder.size)
                                 : memory_copy("/", 1);

        if (chdir(name) == 0 || !folder.size)
            return name;
        free(name);
        folder = text_folder(folder);
    }
}

/* ---- what holds ---------------------------------------------------------- */

/* Where the file is below the root, whatever links lead to its folder. */
static char *below_root(const char *path, const char *folder, const char *root)
{
    struct buffer full = BUFFER_EMPTY;
    char *real = realpath(folder, NULL), *below = NULL;
    size_t size = strlen(root);

    if (real) {
        buffer_format(&full, "%s%s", strcmp(real, "/") == 0 ? "" : real,
                      path + (folder[1] ? strlen(folder) : 0));
        if (strncmp(full.bytes, root, size) == 0 && full.bytes[size] == '/')
            below = memory_copy(full.bytes + size + 1, full.size - size - 1);
    }
    buffer_release(&full);
    free(real);
    return below;
}

static void open_session(struct session *session, struct options *options)
{
    *options = OPTIONS_EMPTY;
    options->quiet = true;
    options->no_cache = true;
    session_start(session, options);
}

void lsp_home_find(struct lsp_home *home, const char *path)
{
    struct session session;
    struct options options;
    char *folder = enter(path);
    struct error err;

    lsp_home_release(home);
    open_session(&session, &options);
    if (session_policy_of_scan(&session, &err) < 0) {
        home->trouble = memory_copy(err.message, strlen(err.message));
    } else if (session.repo && repo_root(session.repo)) {
        home->root = memory_copy(repo_root(session.repo),
                                 strlen(repo_root(session.repo)));
        home->below = below_root(path, folder, home->root);
    }
    home->policy = session.policy;
    session.policy = POLICY_EMPTY;
    session_close(&session);
    free(folder);
}

bool lsp_home_excludes(const struct lsp_home *home)
{
    return home->below && policy_excludes(&home->policy, home->below);
}

bool lsp_home_is_imported(const char *path)
{
    struct importers importers = { .asked = false };
    struct session session;
    struct options options;
    char *folder = enter(path), *below = NULL;
    struct error err;
    bool result = true;

    open_session(&session, &options);
    if (session_repo(&session, &err) >= 0) {
        if (session.repo && repo_root(session.repo))
            below = below_root(path, folder, repo_root(session.repo));
        result = importers_may_be(&importers, session.repo,
                                  below ? below : path, path);
    }
    importers_release(&importers);
    session_close(&session);
    free(below);
    free(folder);
    return result;
}

void lsp_home_release(struct lsp_home *home)
{
    policy_release(&home->policy);
    free(home->below);
    free(home->root);
    free(home->trouble);
    *home = LSP_HOME_EMPTY;
}
