#include "cmd/render/identity.h"

#include <inttypes.h>
#include <string.h>

#include "hooks/system/sha256.h"

void identity_hash(struct buffer *out, const char *path, struct text rest)
{
    /* With its NUL, which no path has. */
    sha256_hex(out, (struct text){ path, strlen(path) + 1 }, rest);
}

/* How many calls of the same function on the same line stand before it? */
static size_t ordinal(const struct report *report, size_t at)
{
    const struct report_finding *own = &report->findings[at];
    size_t count = 0;

    while (count < at) {
        const struct report_finding *other = &report->findings[at - count - 1];

        if (strcmp(other->path, own->path) != 0 ||
            other->finding.target != own->finding.target ||
            other->finding.range.start.line != own->finding.range.start.line)
            break;
        count++;
    }
    return count;
}

void identity_of(struct buffer *out, const struct report *report, size_t at)
{
    const struct report_finding *entry = &report->findings[at];
    const struct finding *found = &entry->finding;
    struct buffer key = BUFFER_EMPTY;

    buffer_format(&key, "%s %" PRIx64 ":%" PRIu32 " %zu",
                  rule_target(found->target)->name, found->line_hash,
                  found->line_count, ordinal(report, at));
    if (entry->introduced)
        buffer_format(&key, " %s", entry->introduced->id);
    identity_hash(out, entry->path, buffer_view(&key));
    buffer_release(&key);
}
