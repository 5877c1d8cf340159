#include "hooks/install/doctor_policy.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hooks/gate/policy_git.h"
#include "hooks/gate/policy_tree.h"
#include "hooks/install/doctor_repair.h"

#define STOPS "so nothing is checked, and nothing is committed or pushed"

static struct policy gathering(void)
{
    struct policy policy = POLICY_EMPTY;

    policy.gathers = true;
    return policy;
}

/* Append the options that take out this value, and no other one, of the file.
 */
static void take_out(struct buffer *out, const char *file, const char *section,
                     const struct policy_fault *fault)
{
    buffer_string(out, "config --file ");
    repair_word(out, file);
    buffer_format(out, "%s --unset-all %s.",
                  fault->value ? " --fixed-value" : "", section);
    repair_word(out, fault->key);
    if (fault->value) {
        buffer_byte(out, ' ');
        repair_word(out, fault->value);
    }
}

/* ---- git's settings ------------------------------------------------------ */

static void tell_setting(struct checkup *checkup, const struct scene *scene,
                         const struct policy_fault *fault)
{
    bool commanded = fault->scope == POLICY_COMMAND;
    struct buffer file = BUFFER_EMPTY, place = BUFFER_EMPTY;
    struct buffer repair = BUFFER_EMPTY;

    if (!commanded && fault->origin[0] != '/')
        buffer_format(&file, "%s/", scene->tree->path);
    buffer_string(&file, fault->origin);
    buffer_string(&place, file.bytes);
    if (fault->line)
        buffer_format(&place, ":%u", (unsigned)fault->line);
    if (commanded)
        buffer_string(&repair, "unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS");
    else
        buffer_string(&repair,
                      fault->scope == POLICY_SYSTEM ? "sudo git " : "git ");
    if (!commanded)
        take_out(&repair, file.bytes, "hooks.tmpguard", fault);
    checkup_add(checkup, "policy", CHECKUP_FAIL, repair.bytes,
                "%s (%s settings): %s, " STOPS, place.bytes,
                policy_scope_name(fault->scope), fault->words);
    buffer_release(&file);
    buffer_release(&place);
    buffer_release(&repair);
}

void doctor_policy_of_git(struct checkup *checkup, const struct scene *scene)
{
    const char *const arguments[] = { scene->git->path,
                                      "config",
                                      "-z",
                                      "--show-scope",
                                      "--show-origin",
                                      "--get-regexp",
                                      "^hooks\\.tmpguard\\.",
                                      NULL };
    struct policy policy = gathering();
    struct buffer answer = BUFFER_EMPTY;
    struct error err;

    if (scene_ask(&answer, scene, arguments, &err) < 0 ||
        policy_parse_git(&policy, scene->tree->path, buffer_view(&answer),
                         &err) < 0)
        checkup_add(checkup, "policy", CHECKUP_FAIL, NULL,
                    "git's settings cannot be read, " STOPS ": %s",
                    err.message);
    for (size_t i = 0; i < policy.faults_count; i++)
        tell_setting(checkup, scene, &policy.faults[i]);
    buffer_release(&answer);
    policy_release(&policy);
}

/* ---- the file of the tree ------------------------------------------------ */

static bool holds(const struct policy *policy, const struct policy_fault *fault)
{
    for (size_t i = 0; i < policy->faults_count; i++) {
        const struct policy_fault *other = &policy->faults[i];

        if (strcmp(other->key, fault->key) == 0 &&
            !other->value == !fault->value &&
            (!fault->value || strcmp(other->value, fault->value) == 0))
            return true;
    }
    return false;
}

static bool is_regular(const char *root)
{
    struct buffer path = BUFFER_EMPTY;
    struct stat about;
    bool is;

    buffer_format(&path, "%s/" POLICY_FILE, root);
    is = lstat(path.bytes, &about) == 0 && S_ISREG(about.st_mode);
    buffer_release(&path);
    return is;
}

/*
 * What is staged is wrong; the file on disk may be well by now. `fault`: NULL
 * if it cannot be read as settings.
 */
static void find_repair(struct buffer *repair, const char *root,
                        const struct policy_fault *fault)
{
    struct policy on_disk = gathering();
    struct error err;
    bool read = policy_of_folder(&on_disk, root, &err) == 0;

    if (!read || on_disk.faults_count) {
        buffer_string(repair, "git -C ");
        repair_word(repair, root);
        buffer_byte(repair, ' ');
        if (read && fault && holds(&on_disk, fault))
            take_out(repair, POLICY_FILE, "tmpguard", fault);
        else
            buffer_string(repair, "config --file " POLICY_FILE " --edit");
        buffer_string(repair, " && ");
    }
    buffer_string(repair, "git -C ");
    repair_word(repair, root);
    buffer_string(repair, " add " POLICY_FILE);
    policy_release(&on_disk);
}

static void tell_tree(struct checkup *checkup, const char *root,
                      const char *detail, const struct policy_fault *fault)
{
    struct buffer repair = BUFFER_EMPTY;

    if (root && (fault || is_regular(root)))
        find_repair(&repair, root, fault);
    checkup_add(checkup, "policy", root ? CHECKUP_FAIL : CHECKUP_WARN,
                repair.bytes, "%s, %s", detail,
                root ? STOPS : "so no push is taken whose branch holds that");
    if (!root)
        checkup_advise(checkup, "push a commit that repairs it");
    else if (!repair.bytes)
        checkup_advise(checkup, "make " POLICY_FILE " a regular file at the "
                                "top of the tree, and 'git add' it");
    buffer_release(&repair);
}

static void look_at_tree(struct checkup *checkup, struct repo *repo)
{
    const char *root = repo_root(repo);
    struct policy policy = gathering();
    struct buffer detail = BUFFER_EMPTY;
    struct error err;

    if (policy_of_next(&policy, repo, &err) < 0) {
        buffer_string(&detail, err.message);
        tell_tree(checkup, root, detail.bytes, NULL);
    }
    for (size_t i = 0; i < policy.faults_count; i++) {
        const struct policy_fault *fault = &policy.faults[i];

        buffer_clear(&detail);
        buffer_format(&detail, "%s:%u (of what is %s): %s", fault->origin,
                      (unsigned)fault->line, root ? "staged" : "in HEAD",
                      fault->words);
        tell_tree(checkup, root, detail.bytes, fault);
    }
    buffer_release(&detail);
    policy_release(&policy);
}

static void look_elsewhere(struct checkup *checkup, const char *path)
{
    struct repo *repo = NULL;
    struct error err;

    /* What git refuses there is told by those who look at its hooks. */
    if (chdir(path) == 0 && repo_open(&repo, &err) == 1)
        look_at_tree(checkup, repo);
    repo_close(repo);
}

void doctor_policy_of_trees(struct checkup *checkup,
                            const struct worktrees *trees, struct repo *repo,
                            bool alone)
{
    const char *root = repo_root(repo);
    int start = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    checkup->place = root;
    look_at_tree(checkup, repo);
    for (size_t i = 0; i < trees->items_count && !alone && start >= 0; i++) {
        const struct worktree *tree = &trees->items[i];

        if (tree->bare || tree->gone || (root && strcmp(tree->path, root) == 0))
            continue;
        checkup->place = tree->path;
        look_elsewhere(checkup, tree->path);
        if (fchdir(start) < 0)
            break;
    }
    if (start >= 0)
        close(start);
    checkup->place = NULL;
}
