/*
 * A form is the bytes of its items, which hold no padding. Their order is
 * that of the names' bytes, so that it does not depend on where trees came
 * from.
 */
#include "hooks/history/history_forms.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

/* An item as it is kept. */
struct kept {
    uint32_t name, kind, value;
};

enum { KEPT_FILE, KEPT_TREE, KEPT_LOST };

void forms_begin(struct forms *forms, const struct intern *names)
{
    *forms = (struct forms){ .names = names };
    intern_add(&forms->forms, TEXT_EMPTY);
}

static int compare(const struct intern *names, const struct form_item *a,
                   const struct form_item *b)
{
    if (a->name != b->name)
        return text_compare(intern_text(names, a->name),
                            intern_text(names, b->name));
    return (int)a->folder - (int)b->folder;
}

/* What is there twice stays in its order. */
static int compare_items(const void *one, const void *two, void *names)
{
    const struct form_item *a = one, *b = two;
    const struct intern *const *all = names;
    int order = compare(*all, a, b);

    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static bool kept_at(const struct forms *forms, uint32_t form, size_t at,
                    struct kept *kept)
{
    struct text bytes = intern_text(&forms->forms, form);

    if ((at + 1) * sizeof(*kept) > bytes.size)
        return false;
    memcpy(kept, bytes.bytes + at * sizeof(*kept), sizeof(*kept));
    return true;
}

bool forms_item(const struct forms *forms, uint32_t form, size_t at,
                struct form_item *item)
{
    struct kept kept;

    if (!kept_at(forms, form, at, &kept) || kept.kind == KEPT_LOST)
        return false;
    *item = (struct form_item){
        .name = kept.name,
        .folder = kept.kind == KEPT_TREE,
        .kind = kept.kind == KEPT_TREE ? FORM_TREE : FORM_FILE,
        .value = kept.value,
    };
    return true;
}

static void keep(struct buffer *bytes, const struct form_item *item)
{
    struct kept kept = { item->name,
                         item->kind == FORM_TREE ? KEPT_TREE : KEPT_FILE,
                         item->value };

    if (item->kind != FORM_GONE)
        buffer_append(bytes, &kept, sizeof(kept));
}

static void sort(const struct forms *forms, struct form_items *items)
{
    const struct intern *names = forms->names;
    size_t kept = 0;

    for (size_t i = 0; i < items->at_count; i++)
        items->at[i].order = (uint32_t)i;
    if (items->at_count > 1)
        qsort_r(items->at, items->at_count, sizeof(*items->at), compare_items,
                &names);
    for (size_t i = 0; i < items->at_count; i++)
        if (kept == 0 ||
            compare(forms->names, &items->at[kept - 1], &items->at[i]) != 0)
            items->at[kept++] = items->at[i];
    items->at_count = kept;
}

/* Does the form say of this name what the change does? */
static bool has_change(const struct forms *forms, uint32_t form,
                       const struct form_item *change)
{
    struct form_item old;

    for (size_t at = 0; forms_item(forms, form, at, &old); at++)
        if (old.name == change->name && old.folder == change->folder)
            return old.kind == change->kind && old.value == change->value;
    return change->kind == FORM_GONE;
}

static bool has_changes(const struct forms *forms, uint32_t form,
                        const struct form_items *changes)
{
    for (size_t i = 0; i < changes->at_count; i++)
        if (!has_change(forms, form, &changes->at[i]))
            return false;
    return true;
}

/* Nearly every change is none here: then that is found out, and no more. */
uint32_t forms_make(struct forms *forms, uint32_t base,
                    struct form_items *changes)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct form_item old;
    size_t at = 0, i = 0;
    uint32_t form;

    if (has_changes(forms, base, changes))
        return base;
    sort(forms, changes);
    for (bool more = forms_item(forms, base, at, &old);
         more || i < changes->at_count;) {
        int order = !more ? 1
                    : i == changes->at_count
                        ? -1
                        : compare(forms->names, &old, &changes->at[i]);

        keep(&bytes, order < 0 ? &old : &changes->at[i]);
        i += order >= 0;
        if (order <= 0)
            more = forms_item(forms, base, ++at, &old);
    }
    form = intern_add(&forms->forms, buffer_view(&bytes));
    buffer_release(&bytes);
    return form;
}

uint32_t forms_count(const struct forms *forms)
{
    return intern_count(&forms->forms);
}

uint32_t forms_lost(struct forms *forms, uint32_t tree)
{
    struct kept kept = { INTERN_NONE, KEPT_LOST, tree };

    return intern_add(&forms->forms,
                      (struct text){ (const char *)&kept, sizeof(kept) });
}

bool forms_is_lost(const struct forms *forms, uint32_t form, uint32_t *tree)
{
    struct kept kept;

    if (!kept_at(forms, form, 0, &kept) || kept.kind != KEPT_LOST)
        return false;
    *tree = kept.value;
    return true;
}

bool forms_find(const struct forms *forms, uint32_t form, struct text name,
                bool folder, struct form_item *item)
{
    uint32_t number = intern_find(forms->names, name);

    for (size_t at = 0; forms_item(forms, form, at, item); at++)
        if (item->name == number && item->folder == folder)
            return true;
    return false;
}

void forms_release(struct forms *forms)
{
    intern_release(&forms->forms);
    *forms = (struct forms){ .names = NULL };
}
