#include "cmd/daemon/shadow.h"

#include "hooks/git/repo.h"

void shadow_note(struct shadow *shadow, struct text key, struct text value)
{
    struct shadow_row *row = &shadow->rows[shadow->count];
    struct object_id id;

    if (!analyse_is_facts(key, &id) || ++shadow->hits % SHADOW_ONE_IN != 0 ||
        shadow->count >= SHADOW_MAX)
        return;
    *row = (struct shadow_row){ BUFFER_EMPTY, BUFFER_EMPTY };
    buffer_text(&row->key, key);
    buffer_text(&row->value, value);
    shadow->count++;
}

/* ---- looking again ------------------------------------------------------- */

/* The analysis, for as long as one row is looked at. */
struct look {
    const struct analyse_rows *rows;
    const struct shadow_row *row;
    bool told, same;
};

static int get_nothing(void *payload, struct text key, struct buffer *value)
{
    (void)payload, (void)key, (void)value;
    return 0;
}

static void compare(void *payload, struct text key, struct text value)
{
    struct look *look = payload;

    if (!text_equal(key, buffer_view(&look->row->key)))
        return;
    look->told = true;
    look->same = text_equal(value, buffer_view(&look->row->value));
}

static int scan(void *payload, struct text bytes, struct facts *facts,
                struct error *err)
{
    const struct look *look = payload;

    return look->rows->scan(look->rows->payload, bytes, facts, err);
}

/* What is not complete now is not compared: the blob may be gone. */
static void look_at(struct look *look, struct repo *repo)
{
    const struct analyse_rows rows = { get_nothing, compare, scan, look };
    struct analyser analyser = { .rows = &rows };
    struct object_id id;
    struct facts facts;
    struct error err;

    if (analyse_is_facts(buffer_view(&look->row->key), &id) &&
        analyse_object(&analyser, repo, &id, &facts, &err) == 0)
        facts_release(&facts);
    analyser_release(&analyser);
}

void shadow_look(struct shadow *shadow, const struct analyse_rows *rows,
                 shadow_told *tell, void *payload)
{
    struct repo *repo = NULL;
    struct error err;

    if (shadow->count && repo_open(&repo, &err) == 1)
        for (size_t i = 0; i < shadow->count; i++) {
            struct look look = { .rows = rows, .row = &shadow->rows[i] };

            look_at(&look, repo);
            if (look.told)
                tell(payload, buffer_view(&look.row->key), look.same);
        }
    repo_close(repo);
    shadow_release(shadow);
}

void shadow_release(struct shadow *shadow)
{
    for (size_t i = 0; i < shadow->count; i++) {
        buffer_release(&shadow->rows[i].key);
        buffer_release(&shadow->rows[i].value);
    }
    shadow->count = 0;
}
