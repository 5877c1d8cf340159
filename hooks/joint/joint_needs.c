/* What a file needs of others: whether that is in the tree, and matters. */
#include "core/base/memory.h"
#include "hooks/joint/answer.h"
#include "hooks/joint/joint_parts.h"

/* Python 2 looks beside first, so that counts as well. */
uint32_t joint_find_module(struct joint *joint, uint32_t from, struct text name)
{
    struct buffer beside = BUFFER_EMPTY;
    uint32_t found =
        modules_find(&joint->modules, from, name, link_is_known(name));

    buffer_byte(&beside, '.');
    buffer_text(&beside, name);
    if (found == MODULES_NONE && name.bytes[0] != '.')
        found =
            modules_find(&joint->modules, from, buffer_view(&beside), false);
    buffer_release(&beside);
    return found;
}

static bool ask_link(struct joint *joint, uint32_t number, struct text names,
                     struct text key)
{
    struct intern trace = INTERN_EMPTY;
    struct error err;
    int answer;

    joint->modules.trace = &trace;
    modules_add(&joint->modules, modules_path(&joint->modules, number));
    answer = link_provides(joint->link, number, names, joint->coarse, &err);
    joint->modules.trace = NULL;
    if (answer >= 0)
        answer_keep(joint->tree, key, &trace, answer ? TEXT("y") : TEXT("n"));
    intern_release(&trace);
    return answer != 0;
}

static bool ask_again(struct joint *joint, uint32_t number, struct text names)
{
    struct buffer key = BUFFER_EMPTY, value = BUFFER_EMPTY;
    struct text answer;
    bool result;

    joint_put_key(joint, 'P', number, &key);
    buffer_text(&key, names);
    if (answer_recall(joint->tree, buffer_view(&key), &value, &answer) &&
        answer.size == 1)
        result = answer.bytes[0] != 'n';
    else
        result = ask_link(joint, number, names, buffer_view(&key));
    buffer_release(&key);
    buffer_release(&value);
    return result;
}

/* Do these names lead from the file to a target? What cannot be told may. */
static bool provides(struct joint *joint, uint32_t number, struct text names)
{
    struct buffer key = BUFFER_EMPTY;
    uint32_t before = intern_count(&joint->probes), index;

    buffer_append(&key, &number, sizeof(number));
    buffer_text(&key, names);
    index = intern_add(&joint->probes, buffer_view(&key));
    buffer_release(&key);
    if (index == before) {
        bool answer = ask_again(joint, number, names);

        *ARRAY_PUSH(joint->provided) = answer;
    }
    return joint->provided[index];
}

/* The text up to the next blank, taken off the rest. */
static struct text next_name(struct text *rest)
{
    size_t end = text_find(*rest, ' ', 0);
    struct text name = text_slice(*rest, 0, end);

    *rest = text_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    return name;
}

/* Does what stands in facts.needs count in this tree? */
static bool counts(struct joint *joint, uint32_t from, struct text need)
{
    struct text module = next_name(&need);
    uint32_t number = joint_find_module(joint, from, module);

    if (number == MODULES_NONE)
        return false;
    while (need.size && !link_is_known(module)) {
        struct text names = need, name = next_name(&need);
        uint32_t inside = modules_inside(&joint->modules, number, name);

        if (inside == MODULES_NONE)
            return !modules_is_folder(&joint->modules, number) &&
                   provides(joint, number, names);
        if (link_is_known(name))
            return true;
        number = inside;
    }
    return true;
}

bool joint_needs_others(struct joint *joint, const struct entry *entry)
{
    const struct intern *needs = &entry->shown.facts.needs;
    uint32_t i = 0;

    while (i < intern_count(needs) &&
           !counts(joint, entry->number, intern_text(needs, i)))
        i++;
    return i < intern_count(needs);
}
