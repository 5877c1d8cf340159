#include "cmd/lsp/lsp_document.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/lsp/lsp_repairs.h"
#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/source/decode.h"
#include "core/source/filetype.h"
#include "hooks/scan/nearby.h"

void lsp_document_open(struct lsp_document *document, struct text uri)
{
    *document = (struct lsp_document){
        .uri = memory_copy(uri.bytes, uri.size),
        .path = lsp_home_path(uri),
        .home = LSP_HOME_EMPTY,
        .is_changed = true,
    };
}

static void forget(struct lsp_document *document)
{
    lsp_repairs_free(document->repairs);
    document->repairs = NULL;
    facts_release(&document->facts);
    free(document->trouble);
    document->trouble = NULL;
    buffer_clear(&document->marked);
    document->mark = 0;
}

void lsp_document_close(struct lsp_document *document)
{
    forget(document);
    lsp_lines_release(&document->lines);
    lsp_home_release(&document->home);
    intern_release(&document->givers);
    buffer_release(&document->marked);
    buffer_release(&document->text);
    free(document->path);
    free(document->uri);
    *document = (struct lsp_document){ .uri = NULL };
}

/* What the text declares is how it will be written, not what it is here. */
static void mark(struct lsp_document *document)
{
    struct text text = buffer_view(&document->text);
    struct encoding encoding = decode_encoding(text);

    if (encoding.unit == 1 && !encoding.single_byte)
        return;
    document->mark = DECODE_MARK.size;
    buffer_text(&document->marked, DECODE_MARK);
    buffer_text(&document->marked, text);
}

static bool is_wanted(const struct lsp_document *document)
{
    if (lsp_home_excludes(&document->home))
        return false;
    return document->path ? filetype_is_python(text_of(document->path),
                                               buffer_view(&document->text))
                          : document->is_python;
}

static void set_trouble(struct lsp_document *document, const char *why)
{
    document->trouble = memory_copy(why, strlen(why));
}

/* As nearby_scan; what is in no repository has no files nearby. */
static int scan_nearby(const struct lsp_document *document,
                       struct intern *givers, struct text bytes,
                       struct memo *memo, struct facts *facts,
                       struct error *err)
{
    const struct lsp_home *home = &document->home;
    const struct nearby_file file = { home->root, home->below, bytes };

    *facts = FACTS_EMPTY;
    return home->below ? nearby_scan(&file, givers, memo, facts, err) : 0;
}

/* Do other files give it something that matters? */
static void ask_others(struct lsp_document *document, struct memo *memo)
{
    struct facts facts;
    struct error err;

    if (document->is_placed)
        return;
    intern_release(&document->givers);
    document->is_given =
        scan_nearby(document, &document->givers, lsp_document_bytes(document),
                    memo, &facts, &err) != 0;
    document->is_placed = true;
    facts_release(&facts);
}

int lsp_document_scan(const struct lsp_document *document, struct text bytes,
                      struct memo *memo, struct facts *facts, struct error *err)
{
    struct intern givers = document->givers;
    int found = 0;

    if (document->is_given)
        found = scan_nearby(document, &givers, bytes, memo, facts, err);
    if (found != 0)
        return found < 0 ? -1 : 0;
    return scan_recalling(bytes, memo, facts, err);
}

static void look(struct lsp_document *document, struct memo *memo)
{
    struct error err;

    if (document->lost) {
        set_trouble(document, document->lost);
        return;
    }
    if (document->home.trouble) {
        set_trouble(document, document->home.trouble);
        return;
    }
    if (!is_wanted(document))
        return;
    mark(document);
    ask_others(document, memo);
    if (lsp_document_scan(document, lsp_document_bytes(document), memo,
                          &document->facts, &err) < 0)
        set_trouble(document, err.message);
    if (document->facts.findings_count)
        lsp_lines_find(&document->lines, buffer_view(&document->text));
}

void lsp_document_look(struct lsp_document *document, struct memo *memo)
{
    if (!document->is_changed)
        return;
    forget(document);
    look(document, memo);
    document->is_changed = false;
    document->is_told = false;
}

bool lsp_document_shows(const struct lsp_document *document,
                        const struct finding *finding)
{
    const struct policy *policy = &document->home.policy;

    if (finding->over_approximated && !policy_level(policy, POLICY_CODEQL))
        return false;
    return !finding_excused(finding,
                            (enum excuses)policy_level(policy, POLICY_EXCUSES));
}

struct text lsp_document_bytes(const struct lsp_document *document)
{
    return buffer_view(document->mark ? &document->marked : &document->text);
}

struct lsp_range lsp_document_range(const struct lsp_document *document,
                                    enum lsp_encoding encoding, size_t start,
                                    size_t end)
{
    struct text text = buffer_view(&document->text);
    const struct lsp_lines *lines = &document->lines;
    size_t mark = document->mark;

    return (struct lsp_range){
        lsp_text_place(text, lines, encoding, start < mark ? 0 : start - mark),
        lsp_text_place(text, lines, encoding, end < mark ? 0 : end - mark),
    };
}
