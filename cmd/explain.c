#include <string.h>
#include <unistd.h>

#include "cmd/command.h"
#include "cmd/complain.h"
#include "cmd/json.h"
#include "cmd/output.h"
#include "cmd/prose.h"
#include "cmd/terminal.h"
#include "core/rule/rule.h"

#define ABOUT                                                                  \
    "A program that asks for the name of a file that does not exist yet, and " \
    "then opens it, leaves a gap. In a folder where others may write, such "   \
    "as "                                                                      \
    "/tmp, anybody can put a file or a link there in between, and the "        \
    "program then reads, overwrites or creates what they chose (CWE-377). "    \
    "Functions that create the file themselves leave no gap."

#define EXAMPLE                                                                \
    "Instead of\n\n"                                                           \
    "    path = tempfile.mktemp(suffix=\".txt\")\n"                            \
    "    with open(path, \"w\") as file:\n"                                    \
    "        file.write(text)\n\n"                                             \
    "write\n\n"                                                                \
    "    with tempfile.NamedTemporaryFile(\"w\", suffix=\".txt\") as file:\n"  \
    "        file.write(text)\n\n"

#define EXCUSE                                                                 \
    "A call that is safe for a reason that the analysis cannot see is "        \
    "excused by a comment on its line that gives the reason:"

static void targets(struct buffer *out, unsigned width, bool color)
{
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *target = rule_target((enum target)i);

        terminal_styled(out, color, STYLE_STRONG, target->name);
        buffer_byte(out, '\n');
        prose_append(out, "    ", target->reason, width);
        prose_append(out, "    ", target->remedy, width);
        buffer_byte(out, '\n');
    }
}

static void as_text(struct buffer *out, const struct options *options)
{
    /* With --output, auto means what it means for a file. */
    int descriptor = options->output ? -1 : STDOUT_FILENO;
    bool color = terminal_colors(options->color, descriptor);
    unsigned width = terminal_width(descriptor);

    if (width > PROSE_WIDTH)
        width = PROSE_WIDTH;
    terminal_styled(out, color, STYLE_STRONG, RULE_ID);
    buffer_string(out, ": insecure temporary file\n\n");
    prose_append(out, "", ABOUT, width);
    buffer_byte(out, '\n');
    targets(out, width, color);
    buffer_string(out, EXAMPLE);
    prose_append(out, "", EXCUSE, width);
    buffer_string(out, "\n    # tmpguard: ignore[" RULE_ID "] reason\n");
}

static void field(struct buffer *out, const char *name, const char *value)
{
    buffer_format(out, "\"%s\": ", name);
    json_string(out, text_of(value));
}

static void as_json(struct buffer *out)
{
    buffer_string(out, "{ ");
    field(out, "rule", RULE_ID);
    buffer_string(out, ", \"functions\": [");
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *target = rule_target((enum target)i);

        buffer_string(out, i ? ",\n  { " : "\n  { ");
        field(out, "function", target->name);
        buffer_string(out, ", ");
        field(out, "message", target->message);
        buffer_string(out, ", ");
        field(out, "reason", target->reason);
        buffer_string(out, ", ");
        field(out, "remedy", target->remedy);
        buffer_string(out, " }");
    }
    buffer_string(out, "\n] }\n");
}

static void make(struct buffer *out, bool json, const void *options)
{
    if (json)
        as_json(out);
    else
        as_text(out, options);
}

/* The functions are names of the rule as well: they stand in its messages. */
static bool is_known(const char *name)
{
    if (strcmp(name, RULE_ID) == 0 ||
        strcmp(name, strchr(RULE_ID, '/') + 1) == 0)
        return true;
    for (int i = 0; i < TARGET_COUNT; i++)
        if (strcmp(name, rule_target((enum target)i)->name) == 0)
            return true;
    return false;
}

int cmd_explain(const struct options *options)
{
    for (size_t i = 0; i < options->arguments.items_count; i++)
        if (!is_known(options->arguments.items[i]))
            return complain(EXIT_USAGE, "unknown rule '%s'; there is %s",
                            options->arguments.items[i], RULE_ID);
    return output_answer(options, make, options);
}
