#include "cmd/lsp/lsp_repairs.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/joint/report.h"

#define COMMENT "# tmpguard: ignore[" RULE_ID "]"

struct lsp_repairs {
    size_t left;
    struct remedies safe, unsafe;
    bool has_unsafe;
};

/* ---- repairs ------------------------------------------------------------- */

/* Only where an import would go it matters whether others want it. */
static void ask(const struct lsp_document *document, struct remedies *remedies,
                bool unsafe, size_t *left)
{
    struct text bytes = lsp_document_bytes(document);
    struct fix_options options = { .unsafe = unsafe };
    struct error err;
    int result = remedies_open(remedies, bytes, &options, left, &err);

    options.keeps = remedies->fix.drops &&
                    (!document->path || lsp_home_is_imported(document->path));
    if (options.keeps) {
        remedies_close(remedies);
        result = remedies_open(remedies, bytes, &options, left, &err);
    }
    if (result < 0)
        remedies_close(remedies);
}

static struct lsp_repairs *repairs_of(struct lsp_document *document)
{
    struct lsp_repairs *repairs = document->repairs;

    if (repairs)
        return repairs;
    repairs = memory_new(1, sizeof(*repairs));
    repairs->left = REPORT_REMEDY_MAX;
    ask(document, &repairs->safe, false, &repairs->left);
    return document->repairs = repairs;
}

struct remedy *lsp_repairs_of(struct lsp_document *document,
                              const struct finding *finding)
{
    struct lsp_repairs *repairs = repairs_of(document);
    struct remedy *remedy = remedies_of(&repairs->safe, finding);

    if (remedy)
        return remedy;
    if (!repairs->has_unsafe)
        ask(document, &repairs->unsafe, true, &repairs->left);
    repairs->has_unsafe = true;
    return remedies_of(&repairs->unsafe, finding);
}

const char *lsp_repairs_why(struct lsp_document *document,
                            const struct finding *finding)
{
    return remedies_why(&repairs_of(document)->safe, finding);
}

const struct edits *lsp_repairs_all(struct lsp_document *document)
{
    const struct fix *fix = &repairs_of(document)->safe.fix;

    return fix->done ? &fix->edits : NULL;
}

void lsp_repairs_free(struct lsp_repairs *repairs)
{
    if (!repairs)
        return;
    remedies_close(&repairs->safe);
    remedies_close(&repairs->unsafe);
    free(repairs);
}

/* ---- comments ------------------------------------------------------------ */

static bool in_one_statement(const struct finding *a, const struct finding *b)
{
    return a->statement_first == b->statement_first &&
           a->statement_last == b->statement_last;
}

/* Is the finding excused now, and all else as it was? */
static bool is_excused(const struct lsp_document *document, size_t number,
                       const struct facts *now)
{
    const struct facts *before = &document->facts;
    const struct finding *excused = &before->findings[number];

    if (before->findings_count != now->findings_count)
        return false;
    for (size_t i = 0; i < now->findings_count; i++) {
        const struct finding *old = &before->findings[i];
        enum suppression wanted = in_one_statement(old, excused)
                                      ? SUPPRESSION_TMPGUARD
                                      : old->suppression;

        if (!finding_same(old, &now->findings[i]) ||
            now->findings[i].suppression != wanted)
            return false;
    }
    return true;
}

static bool holds(const struct lsp_document *document, size_t number,
                  struct memo *memo, size_t at, struct text what)
{
    struct text bytes = lsp_document_bytes(document);
    struct edits edits = EDITS_EMPTY;
    struct buffer after = BUFFER_EMPTY;
    struct facts facts = FACTS_EMPTY;
    struct error err;
    bool result;

    edits_insert(&edits, (uint32_t)at, what);
    edits_apply(&edits, bytes, &after);
    result = lsp_document_scan(document, buffer_view(&after), memo, &facts,
                               &err) == 0 &&
             is_excused(document, number, &facts);
    facts_release(&facts);
    buffer_release(&after);
    edits_release(&edits);
    return result;
}

/* A line, from 1, without what ends it. */
static struct text line_of(const struct lsp_document *document, uint32_t line,
                           size_t *start)
{
    struct text bytes = lsp_document_bytes(document);
    size_t end;

    *start = document->lines.starts[line - 1] + document->mark;
    for (end = *start; end < bytes.size && bytes.bytes[end] != '\n' &&
                       bytes.bytes[end] != '\r';)
        end++;
    return text_slice(bytes, *start, end);
}

static size_t blanks_of(struct text line)
{
    size_t at = 0;

    while (at < line.size && (line.bytes[at] == ' ' || line.bytes[at] == '\t'))
        at++;
    return at;
}

/* What ends the first line. */
static const char *line_end(const struct lsp_document *document)
{
    struct text bytes = lsp_document_bytes(document);
    size_t start, end = line_of(document, 1, &start).size + start;

    if (end == bytes.size || bytes.bytes[end] == '\n')
        return "\n";
    return end + 1 < bytes.size && bytes.bytes[end + 1] == '\n' ? "\r\n" : "\r";
}

/* Behind the statement; where that is no place for one, above it. */
bool lsp_repairs_excuse(const struct lsp_document *document, size_t number,
                        struct memo *memo, size_t *at, struct buffer *what)
{
    const struct finding *finding = &document->facts.findings[number];
    struct text line = line_of(document, finding->statement_last, at);

    *at += line.size;
    buffer_string(what, "  " COMMENT);
    if (holds(document, number, memo, *at, buffer_view(what)))
        return true;
    line = line_of(document, finding->statement_first, at);
    buffer_clear(what);
    buffer_append(what, line.bytes, blanks_of(line));
    buffer_format(what, COMMENT "%s", line_end(document));
    return holds(document, number, memo, *at, buffer_view(what));
}
