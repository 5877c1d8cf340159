#include "hooks/install/doctor.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/repo.h"
#include "hooks/install/canary.h"
#include "hooks/install/doctor_hook.h"
#include "hooks/install/doctor_notes.h"
#include "hooks/install/doctor_policy.h"
#include "hooks/install/doctor_repair.h"
#include "hooks/install/install_server.h"
#include "hooks/install/install_state.h"
#include "hooks/install/scene.h"

/* The oldest git that tmpguard itself can ask. */
#define OLDEST 2, 31

/* The program in repairs. */
struct calls {
    char *tmpguard, *here, *user, *machine;
};

struct visit {
    struct doctor *doctor;
    const struct doctor_options *options;
    struct repo *repo;
    char *usual;   /* the repository's own hooks folder */
    char *scratch; /* NULL: without a canary */
    struct calls calls;
    size_t looked; /* how often a git could be asked */
};

/* git's reason holds the path in single quotes. */
static void tell_refusal(struct checkup *checkup, const char *reason)
{
    const char *start = strchr(reason, '\'');
    const char *end = start ? strchr(start + 1, '\'') : NULL;
    struct buffer repair = BUFFER_EMPTY;

    if (strstr(reason, "dubious ownership") && end) {
        char *path = memory_copy(start + 1, (size_t)(end - start - 1));

        buffer_string(&repair, "git config --global --add safe.directory ");
        repair_word(&repair, path);
        free(path);
    }
    checkup_add(checkup, "repository", CHECKUP_FAIL, repair.bytes,
                "git refuses the repository: %s", reason);
    if (!repair.bytes)
        checkup_advise(checkup, "see why git refuses it: git status");
    buffer_release(&repair);
}

static void look_at_scene(struct visit *visit, const struct scene *scene)
{
    struct checkup *checkup = &visit->doctor->checkup;
    const struct doctor_case of = { .checkup = checkup,
                                    .scene = scene,
                                    .usual = visit->usual,
                                    .scratch = visit->scratch };
    size_t count;
    const struct shim_event *events = shim_events(&count);

    for (size_t i = 0; i < count; i++)
        if (events[i].check)
            doctor_hook(&of, &events[i]);
    doctor_hidden(checkup, scene, visit->usual);
    doctor_lfs(checkup, scene, visit->usual);
    doctor_missing(checkup, scene);
}

/* The hook that GitLab and others look for in a folder of theirs, or NULL. */
static char *find_apart(const struct worktree *tree)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s" SERVER_APART, tree->path);
    if (disk_has(path.bytes))
        return buffer_detach(&path);
    buffer_release(&path);
    return NULL;
}

/* A bare repository without worktrees: it is pushed to, and nothing else. */
static void look_at_server(struct visit *visit, struct scene *scene)
{
    struct buffer install = BUFFER_EMPTY;
    char *apart = find_apart(scene->tree);
    const struct doctor_case of = { .checkup = &visit->doctor->checkup,
                                    .scene = scene,
                                    .usual = visit->usual,
                                    .scratch = visit->scratch,
                                    .apart = apart };
    size_t count;
    const struct shim_event *events = shim_events_of(INSTALL_SERVER, &count);

    buffer_format(&install, "%s install --server ", scene->tmpguard);
    repair_word(&install, scene->tree->path);
    scene->install = install.bytes;
    for (size_t i = 0; i < count; i++)
        if (events[i].check)
            doctor_hook(&of, &events[i]);
    buffer_release(&install);
    free(apart);
}

/* In the worktree that GIT_DIR and the like are for, they hold. */
static const char *named_folder(struct visit *visit,
                                const struct worktree *tree)
{
    const char *root = repo_root(visit->repo);

    return visit->options->repository_is_named && root &&
                   strcmp(root, tree->path) == 0
               ? repo_git_dir(visit->repo)
               : NULL;
}

static void look_as_git(struct visit *visit, const struct git *git,
                        const struct worktree *tree)
{
    struct scene scene;
    struct error err;

    if (scene_open(&scene, git, tree, named_folder(visit, tree), &err) < 0) {
        tell_refusal(&visit->doctor->checkup, err.message);
    } else {
        visit->looked++;
        scene.tmpguard = visit->calls.tmpguard;
        scene.install = visit->calls.here;
        scene.install_user = visit->calls.user;
        scene.install_machine = visit->calls.machine;
        if (tree->bare)
            look_at_server(visit, &scene);
        else
            look_at_scene(visit, &scene);
        doctor_policy_of_git(&visit->doctor->checkup, &scene);
    }
    scene_close(&scene);
}

static void look_in_worktree(struct visit *visit, const struct git *git,
                             const struct worktree *tree)
{
    struct checkup *checkup = &visit->doctor->checkup;

    checkup->place = tree->path;
    if (tree->gone)
        checkup_add(checkup, "worktree", CHECKUP_OK, NULL,
                    "note: the folder of this worktree is not there: %s",
                    tree->path);
    else if (tree->bare == visit->doctor->serves)
        look_as_git(visit, git, tree);
    checkup->place = NULL;
}

static void look_with_git(struct visit *visit, const struct git *git)
{
    struct doctor *doctor = visit->doctor;
    struct checkup *checkup = &doctor->checkup;

    checkup->git = git->path;
    if (git->version)
        checkup_add(checkup, "git", CHECKUP_OK, NULL, "%s: git %s", git->path,
                    git->version);
    if (!git->version) {
        checkup_add(checkup, "git", CHECKUP_WARN, NULL,
                    "this git does not run: %s", git->path);
        checkup_advise(checkup, "install it again, or delete it");
    } else if (!git_is(git, OLDEST)) {
        checkup_add(checkup, "git", CHECKUP_WARN, NULL,
                    "git %s is too old, its hooks were not looked at: %s",
                    git->version, git->path);
        checkup_advise(checkup, "install a newer git");
    } else {
        for (size_t i = 0; i < doctor->trees.items_count; i++)
            look_in_worktree(visit, git, &doctor->trees.items[i]);
    }
    checkup->git = NULL;
}

/* Is the server's hook there? A repository may have worktrees beside it. */
static bool has_server_hook(void)
{
    struct install_state state;
    struct error err;
    bool has =
        install_state_read(&state, &err) == 0 && state.serves && state.fires;

    install_state_release(&state);
    return has;
}

static int find_trees(struct visit *visit, struct error *err)
{
    struct doctor *doctor = visit->doctor;
    const char *root = repo_root(visit->repo);
    struct worktree *tree;

    if (visit->options->quick && root) {
        tree = ARRAY_PUSH(doctor->trees.items);
        tree->path = memory_copy(root, strlen(root));
        return 0;
    }
    if (worktrees_list(&doctor->trees, err) < 0)
        return -1;
    doctor->serves = !root && doctor->trees.items_count &&
                     doctor->trees.items[0].bare &&
                     (doctor->trees.items_count == 1 || has_server_hook());
    return 0;
}

/* What all gits and worktrees share. */
static void look_around(struct visit *visit)
{
    struct doctor *doctor = visit->doctor;

    if (visit->looked == 0)
        checkup_add(&doctor->checkup, "git", CHECKUP_FAIL, NULL,
                    "there is no git and worktree of which the hooks could be "
                    "looked at");
    if (visit->looked == 0)
        checkup_advise(&doctor->checkup, "install git 2.31 or newer, or name "
                                         "one with --git");
    doctor_policy_of_trees(&doctor->checkup, &doctor->trees, visit->repo,
                           visit->options->repository_is_named);
    if (!visit->options->quick)
        doctor_format(&doctor->checkup, visit->repo);
}

static int look(struct visit *visit, struct error *err)
{
    struct doctor *doctor = visit->doctor;
    struct buffer usual = BUFFER_EMPTY;

    if (find_trees(visit, err) < 0)
        return -1;
    if (visit->options->canary &&
        !(visit->scratch = canary_scratch(visit->options->temporary, err)))
        return -1;
    buffer_format(&usual, "%s/hooks", repo_common_dir(visit->repo));
    visit->usual = buffer_detach(&usual);
    doctor_variables(&doctor->checkup, visit->options->variables);
    for (size_t i = 0; i < doctor->gits.items_count; i++)
        look_with_git(visit, &doctor->gits.items[i]);
    look_around(visit);
    canary_scratch_remove(visit->scratch);
    free(visit->usual);
    return 0;
}

/* A repository that git refuses is one whose commits nobody checks. */
static int refused(struct doctor *doctor, struct error *err)
{
    if (!strstr(err->message, "dubious ownership"))
        return -1;
    tell_refusal(&doctor->checkup, err->message);
    return 0;
}

static char *call(const char *before, const struct calls *calls,
                  const char *folder, const char *words)
{
    struct buffer out = BUFFER_EMPTY;

    buffer_format(&out, "%s%s", before, calls->tmpguard);
    if (folder) {
        buffer_string(&out, " -C ");
        repair_word(&out, folder);
    }
    buffer_string(&out, words);
    return buffer_detach(&out);
}

static void find_calls(struct calls *calls,
                       const struct doctor_options *options)
{
    struct buffer word = BUFFER_EMPTY;

    repair_word(&word, options->program ? options->program : "tmpguard");
    calls->tmpguard = buffer_detach(&word);
    calls->here = call("", calls, options->folder, " install");
    calls->user = call("", calls, NULL, " install --global");
    calls->machine = call("sudo ", calls, NULL, " install --system");
}

static void calls_release(struct calls *calls)
{
    free(calls->tmpguard);
    free(calls->here);
    free(calls->user);
    free(calls->machine);
}

int doctor_look(struct doctor *doctor, const struct doctor_options *options,
                struct error *err)
{
    struct visit visit = { .doctor = doctor, .options = options };
    struct repo *repo = NULL;
    int found = repo_open(&repo, err);

    *doctor = DOCTOR_EMPTY;
    if (found < 0)
        return refused(doctor, err);
    if (found == 0)
        return error_set(err, ERROR_USAGE, "not in a git repository");
    visit.repo = repo;
    for (size_t i = 0; i < options->gits_count; i++)
        gits_add(&doctor->gits, options->gits[i]);
    if (options->quick)
        gits_find_first(&doctor->gits, options->path);
    else if (!options->gits_count)
        gits_find(&doctor->gits, options->path, options->home);
    find_calls(&visit.calls, options);
    found = look(&visit, err);
    calls_release(&visit.calls);
    repo_close(repo);
    return found;
}

void doctor_release(struct doctor *doctor)
{
    checkup_release(&doctor->checkup);
    gits_release(&doctor->gits);
    worktrees_release(&doctor->trees);
}
