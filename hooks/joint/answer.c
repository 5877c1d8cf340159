#include "hooks/joint/answer.h"

#include "core/base/memory.h"
#include "hooks/joint/trace.h"

bool answer_recall(const struct joint_tree *tree, struct text key,
                   struct buffer *value, struct text *answer)
{
    if (!tree->recall || !tree->recall(tree->context, key, value))
        return false;
    *answer = buffer_view(value);
    return trace_holds(answer, tree->identify, tree->context);
}

void answer_keep(const struct joint_tree *tree, struct text key,
                 const struct intern *paths, struct text answer)
{
    struct buffer value = BUFFER_EMPTY;

    if (!tree->recall)
        return;
    if (trace_write(&value, paths, tree->identify, tree->context)) {
        buffer_text(&value, answer);
        tree->remember(tree->context, key, buffer_view(&value));
    }
    buffer_release(&value);
}

void answer_put_files(struct buffer *out, const struct modules *modules,
                      const struct link_result *result)
{
    for (size_t i = 0; i < result->files_count; i++) {
        const struct link_file *file = &result->files[i];
        struct buffer facts = BUFFER_EMPTY;

        facts_encode(&file->facts, &facts);
        trace_put(out, modules_path(modules, file->file));
        trace_put(out, buffer_view(&facts));
        buffer_release(&facts);
    }
}

bool answer_take_files(struct link_result *result, struct modules *modules,
                       struct text answer)
{
    while (answer.size) {
        struct text path, encoded;
        struct facts facts;
        struct error err;

        if (!trace_take(&path, &answer) || !trace_take(&encoded, &answer) ||
            facts_decode(&facts, encoded, &err) < 0)
            return false;
        *ARRAY_PUSH(result->files) =
            (struct link_file){ modules_add(modules, path), facts };
    }
    return result->files_count > 0;
}
