#include "cmd/render/sarif_tool.h"

#include "cmd/base/guide.h"

void sarif_message(struct json *json, const char *name, const char *text)
{
    json_open(json, name, '{');
    json_words(json, "text", text);
    json_close(json, '}');
}

static void describe(struct json *json, const char *id, const char *name,
                     const char *description)
{
    json_words(json, "id", id);
    json_words(json, "name", id);
    sarif_message(json, "shortDescription", name);
    sarif_message(json, "fullDescription", description);
    json_open(json, "defaultConfiguration", '{');
    json_bool(json, "enabled", true);
    json_words(json, "level", "error");
    json_close(json, '}');
}

static void help(struct json *json)
{
    struct buffer text = BUFFER_EMPTY, markdown = BUFFER_EMPTY;

    guide_text(&text);
    guide_markdown(&markdown);
    json_open(json, "help", '{');
    json_text(json, "text", buffer_view(&text));
    json_text(json, "markdown", buffer_view(&markdown));
    json_close(json, '}');
    buffer_release(&text);
    buffer_release(&markdown);
}

static void properties(struct json *json, const char *description)
{
    json_open(json, "properties", '{');
    json_open(json, "tags", '[');
    json_words(json, NULL, "external/cwe/cwe-377");
    json_words(json, NULL, "security");
    json_close(json, ']');
    json_words(json, "description", description);
    json_words(json, "id", RULE_ID);
    json_words(json, "kind", "problem");
    json_words(json, "name", GUIDE_NAME);
    json_words(json, "precision", "high");
    json_words(json, "problem.severity", "error");
    json_words(json, "security-severity", "7.0");
    json_words(json, "sub-severity", "high");
    json_close(json, '}');
}

static void finding_rule(struct json *json)
{
    static const char description[] =
        "Creating a temporary file using this method may be insecure.";

    json_break(json, 12);
    json_open(json, NULL, '{');
    describe(json, RULE_ID, GUIDE_NAME, description);
    help(json);
    properties(json, description);
    json_close(json, '}');
}

static void unused_rule(struct json *json)
{
    static const char description[] =
        "A comment that excuses no finding hides the next one that comes.";

    json_break(json, 12);
    json_open(json, NULL, '{');
    describe(json, SARIF_UNUSED, "Unused suppression", description);
    sarif_message(json, "help", "Take the comment out, or correct it.");
    json_close(json, '}');
}

void sarif_tool(struct json *json, bool with_unused)
{
    json_open(json, "tool", '{');
    json_open(json, "driver", '{');
    json_words(json, "name", "tmpguard");
    json_words(json, "semanticVersion", TMPGUARD_VERSION);
    json_open(json, "rules", '[');
    finding_rule(json);
    if (with_unused)
        unused_rule(json);
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, '}');
}
