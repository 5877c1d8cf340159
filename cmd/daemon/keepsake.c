#include "cmd/daemon/keepsake.h"

#include <string.h>
#include <unistd.h>

#include "cmd/daemon/memo.h"
#include "cmd/daemon/witness.h"
#include "hooks/git/repo.h"

/* With a NUL behind it. */
static void copy(struct buffer *to, const char *string)
{
    buffer_append(to, string, strlen(string) + 1);
}

static struct text string_of(const struct buffer *copied)
{
    struct text text = buffer_view(copied);

    return text_slice(text, 0, text.size - 1);
}

void keepsake_take(struct keepsake *keepsake, const struct session *session)
{
    const struct repo *repo = session->repo;

    if (!session->staged.size || !repo_root(repo))
        return;
    keepsake->tree = session->staged;
    keepsake->id_size = repo_id_size(repo);
    copy(&keepsake->git_dir, repo_git_dir(repo));
    copy(&keepsake->common_dir, repo_common_dir(repo));
    copy(&keepsake->root, repo_root(repo));
    copy(&keepsake->index_path, repo_index_path(repo));
}

/* Of the index, and whether no other sight is in doubt. */
static bool find_index(struct memo *memo, const struct witness_account *seen)
{
    bool found = false;

    for (size_t i = 0; i < seen->sights_count; i++) {
        const struct sight *sight = &seen->sights[i];
        bool is_index = text_equal(sight->path, memo->index_path);

        if (!is_index && sight->doubt)
            return false;
        if (!is_index || sight->way == SIGHT_LINK || sight->mark.trouble)
            continue;
        memo->index = sight->mark;
        memo->rests = !sight->doubt;
        found = true;
    }
    return found;
}

/* What has the index's name now is the file that was seen. */
static bool read_shape(struct memo *memo, size_t id_size)
{
    const char *path = memo->index_path.bytes;
    struct sight_mark now;
    struct stat about;

    if (!index_shape_read(&memo->shape, path, id_size) ||
        stat(path, &about) < 0)
        return false;
    now = sight_mark_of(&about, SIGHT_FILE);
    return sight_same(&now, &memo->index);
}

static bool read_out(struct buffer *bytes, int out, size_t size)
{
    return size <= MEMO_OUT_MAX &&
           pread(out, buffer_extend(bytes, size), size, 0) == (ssize_t)size;
}

void keepsake_tell(const struct keepsake *keepsake, struct buffer *memo,
                   int code, int out, size_t size)
{
    struct witness_account seen = witness_tell();
    struct buffer printed = BUFFER_EMPTY;
    struct memo made = { .code = (uint32_t)code,
                         .clock_ns = sight_clock_ns(),
                         .tree = keepsake->tree };

    if (!keepsake->tree.size || seen.doubt)
        return;
    made.git_dir = string_of(&keepsake->git_dir);
    made.common_dir = string_of(&keepsake->common_dir);
    made.root = string_of(&keepsake->root);
    made.index_path = string_of(&keepsake->index_path);
    if (find_index(&made, &seen) && read_shape(&made, keepsake->id_size) &&
        read_out(&printed, out, size)) {
        made.out = buffer_view(&printed);
        memo_encode(memo, &made, seen.sights, seen.sights_count);
        if (memo->size > MEMO_SIZE_MAX)
            buffer_clear(memo);
    }
    buffer_release(&printed);
}
