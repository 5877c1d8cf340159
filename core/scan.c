#include "core/scan.h"

#include <string.h>

#include "core/memory.h"

/* Placeholder until the analysis lands: literal text only. */
bool scan_worthwhile(struct text bytes)
{
    return bytes.size && memmem(bytes.bytes, bytes.size, "mktemp", 6) != NULL;
}

int scan_blob(struct text bytes, struct facts *facts, struct error *err)
{
    static const char needle[] = "tempfile.mktemp()";
    size_t at = 0, line_start = 0;
    uint32_t line = 1;

    *facts = FACTS_EMPTY;
    if (bytes.size > SCAN_SIZE_MAX)
        return error_set(err, ERROR_LIMIT,
                         "over the limit of 4 MiB for one Python file");
    for (; at < bytes.size; at++) {
        if (bytes.bytes[at] == '\n') {
            line++;
            line_start = at + 1;
        } else if (text_starts_with(text_slice(bytes, at, bytes.size),
                                    TEXT("tempfile.mktemp()"))) {
            struct finding *f = ARRAY_PUSH(facts->findings);
            f->target = TARGET_TEMPFILE_MKTEMP;
            f->range.start =
                (struct position){ line, (uint32_t)(at - line_start) + 1 };
            f->range.end =
                (struct position){ line, (uint32_t)(at - line_start) +
                                             sizeof(needle) };
            f->offset = (uint32_t)at;
            f->size = sizeof(needle) - 1;
            size_t end = text_find(bytes, '\n', at);
            for (size_t i = line_start; i < end; i++)
                if (bytes.bytes[i] != ' ')
                    f->statement.low =
                        f->statement.low * 31 + (unsigned char)bytes.bytes[i];
            f->line_hash = f->statement.low;
            f->line_count = 1;
        }
    }
    return 0;
}
