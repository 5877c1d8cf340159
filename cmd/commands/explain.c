#include <string.h>
#include <unistd.h>

#include "cmd/base/guide.h"
#include "cmd/session/command.h"
#include "cmd/session/output.h"
#include "cmd/terminal/complain.h"
#include "cmd/terminal/json.h"
#include "cmd/terminal/prose.h"
#include "cmd/terminal/terminal.h"
#include "core/rule/rule.h"

/* Python of several lines, set off. */
static void code(struct buffer *out, const char *before, const char *lines)
{
    struct text rest = text_of(lines);

    buffer_format(out, "%s\n\n", before);
    while (rest.size) {
        size_t end = text_find(rest, '\n', 0);

        buffer_string(out, "    ");
        buffer_text(out, text_slice(rest, 0, end + 1));
        rest = text_slice(rest, end + 1, rest.size);
    }
    buffer_byte(out, '\n');
}

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
    prose_append(out, "", GUIDE_ABOUT, width);
    buffer_byte(out, '\n');
    targets(out, width, color);
    code(out, "Instead of", GUIDE_BEFORE);
    code(out, "write", GUIDE_AFTER);
    prose_append(out, "", GUIDE_EXCUSE, width);
    buffer_string(out, "\n    " GUIDE_COMMENT "\n");
}

static void as_json(struct buffer *out)
{
    struct json json = JSON_TO(out);

    json_open(&json, NULL, '{');
    json_words(&json, "rule", RULE_ID);
    json_open(&json, "functions", '[');
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *target = rule_target((enum target)i);

        json_break(&json, 2);
        json_open(&json, NULL, '{');
        json_words(&json, "function", target->name);
        json_words(&json, "message", target->message);
        json_words(&json, "reason", target->reason);
        json_words(&json, "remedy", target->remedy);
        json_close(&json, '}');
    }
    json_break(&json, 0);
    json_close(&json, ']');
    json_close(&json, '}');
    buffer_byte(out, '\n');
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
