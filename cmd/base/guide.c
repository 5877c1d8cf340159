#include "cmd/base/guide.h"

static void whole(struct buffer *out, const char *open, const char *close,
                  const char *quote)
{
    buffer_string(out, GUIDE_ABOUT "\n\n");
    for (int i = 0; i < TARGET_COUNT; i++) {
        const struct target_info *target = rule_target((enum target)i);

        buffer_format(out, "- %s%s%s: %s\n", quote, target->name, quote,
                      target->remedy);
    }
    buffer_format(out, "\nInstead of\n\n%s" GUIDE_BEFORE "%s\n", open, close);
    buffer_format(out, "write\n\n%s" GUIDE_AFTER "%s\n", open, close);
    buffer_string(out, GUIDE_EXCUSE "\n\n");
    buffer_format(out, "%s" GUIDE_COMMENT "\n%s", open, close);
}

void guide_text(struct buffer *out)
{
    whole(out, "", "", "");
}

void guide_markdown(struct buffer *out)
{
    whole(out, "```python\n", "```\n", "`");
}
