#include "core/source/directive.h"

#include <string.h>

#define RUFF_CODE   "s306" /* in any case */
#define BANDIT_CODE "B306"
#define BANDIT_NAME "mktemp_q"

/* How ours begins, however it goes on; `rest` of a reading is from here on. */
#define VERB      "ignore"
#define VERB_LIKE "ignor"

/* What stands behind a directive's word, and how far it goes. */
struct reading {
    enum directive_kind kind;
    bool unknown; /* and it names another rule, too: of ours only */
    struct text rest;
};

static const struct reading nothing = { .kind = DIRECTIVE_NONE };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static char lower(char c)
{
    return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static struct text skip(struct text text, size_t size)
{
    return text_slice(text, size, text.size);
}

static struct text skip_blanks(struct text text)
{
    while (text.size && is_blank(*text.bytes))
        text = skip(text, 1);
    return text;
}

/* Take the run of word characters and '-' off the start of *text. */
static struct text take_token(struct text *text)
{
    size_t size = 0;
    struct text token;

    while (size < text->size &&
           (text_is_word(text->bytes[size]) || text->bytes[size] == '-'))
        size++;
    token = text_slice(*text, 0, size);
    *text = skip(*text, size);
    return token;
}

static bool starts_with_word(struct text text, const char *word, bool any_case)
{
    size_t size = strlen(word);

    if (text.size < size ||
        (text.size > size && text_is_word(text.bytes[size])))
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = any_case ? lower(text.bytes[i]) : text.bytes[i];

        if (c != word[i])
            return false;
    }
    return true;
}

static bool is_id_byte(char c)
{
    return c == '/' || c == '-' || c == '.' || (text_is_word(c) && !(c & 0x80));
}

/*
 * A '[', ids and a ']'. RULE if one of them is the rule's, UNKNOWN if none is,
 * MALFORMED if it is no such list.
 */
static struct reading read_ids(struct text text)
{
    struct reading reading = { .kind = DIRECTIVE_UNKNOWN };
    struct reading malformed = { .kind = DIRECTIVE_MALFORMED, .rest = text };

    if (text.size == 0 || *text.bytes != '[')
        return malformed;
    do {
        size_t size = 0;

        text = skip_blanks(skip(text, 1));
        while (size < text.size && is_id_byte(text.bytes[size]))
            size++;
        if (size == 0)
            return malformed;
        if (text_equal(text_slice(text, 0, size), TEXT(RULE_ID)))
            reading.kind = DIRECTIVE_RULE;
        else
            reading.unknown = true;
        text = skip_blanks(skip(text, size));
    } while (text.size && *text.bytes == ',');
    if (text.size == 0 || *text.bytes != ']')
        return malformed;
    reading.rest = skip(text, 1);
    return reading;
}

/* ": ignore[RULE]"; what looks like it and is not is malformed. */
static struct reading read_tmpguard(struct text rest)
{
    bool colon = rest.size && *rest.bytes == ':';
    struct text verb = skip_blanks(colon ? skip(rest, 1) : rest);

    if (!colon && verb.size && *verb.bytes == ':')
        verb = skip_blanks(skip(verb, 1));
    if (!text_starts_with(verb, TEXT(VERB_LIKE)))
        return nothing;
    if (colon && starts_with_word(verb, VERB, false))
        return read_ids(skip(verb, sizeof(VERB) - 1));
    take_token(&verb);
    return (struct reading){ .kind = DIRECTIVE_MALFORMED, .rest = verb };
}

/* Letters and then digits, as F841 and BLE001. */
static bool is_code(struct text token, bool any_case)
{
    size_t i = 0, letters;

    while (i < token.size &&
           (is_upper(token.bytes[i]) || (any_case && is_lower(token.bytes[i]))))
        i++;
    letters = i;
    while (i < token.size && is_digit(token.bytes[i]))
        i++;
    return letters && i > letters && i == token.size;
}

/* Nothing, words that are no codes, or codes; behind a ':' only codes. */
static struct reading read_noqa(struct text rest)
{
    struct text from = rest, token;
    bool colon, any = false;

    rest = skip_blanks(rest);
    colon = rest.size && *rest.bytes == ':';
    if (colon)
        rest = skip(rest, 1);
    for (;; any = true) {
        while (rest.size && (is_blank(*rest.bytes) || *rest.bytes == ','))
            rest = skip(rest, 1);
        token = take_token(&rest);
        if (!is_code(token, colon))
            return colon || any ? nothing
                                : (struct reading){ .kind = DIRECTIVE_ALL,
                                                    .rest = from };
        if (starts_with_word(token, RUFF_CODE, true))
            return (struct reading){ .kind = DIRECTIVE_RULE, .rest = rest };
    }
}

static bool is_test_code(struct text token)
{
    size_t i = 1;

    while (i < token.size && is_digit(token.bytes[i]))
        i++;
    return token.size > 1 && *token.bytes == 'B' && i == token.size;
}

static bool is_test_name(struct text token)
{
    return text_find(token, '_', 0) < token.size;
}

/*
 * Nothing, or a list of codes and names. Without a comma a word is listed only
 * if it looks like a code or a name: the rest is a sentence.
 */
static struct reading read_nosec(struct text rest)
{
    bool comma = false;

    rest = skip_blanks(rest);
    if (rest.size == 0)
        return (struct reading){ .kind = DIRECTIVE_ALL, .rest = rest };
    if (*rest.bytes == ':')
        rest = skip_blanks(skip(rest, 1));
    for (;;) {
        struct text token = take_token(&rest);
        bool listed = comma || is_test_code(token) || is_test_name(token);

        if (text_equal(token, TEXT(BANDIT_CODE)) ||
            text_equal(token, TEXT(BANDIT_NAME)))
            return (struct reading){ .kind = DIRECTIVE_RULE, .rest = rest };
        rest = skip_blanks(rest);
        comma = rest.size && *rest.bytes == ',';
        if (token.size == 0 || (!listed && !comma))
            return nothing;
        if (comma)
            rest = skip_blanks(skip(rest, 1));
    }
}

/* With rules in parentheses it is about those, and none of them is ours. */
static struct reading read_nosonar(struct text rest)
{
    struct text next = skip_blanks(rest);

    if (next.size && (*next.bytes == '(' || *next.bytes == '['))
        return nothing;
    return (struct reading){ .kind = DIRECTIVE_ALL, .rest = rest };
}

/* What stands behind a '#'; `read` reads on behind the word. */
static const struct {
    enum suppression form;
    const char *word;
    bool any_case;
    struct reading (*read)(struct text rest);
} forms[] = {
    { SUPPRESSION_TMPGUARD, "tmpguard", false, read_tmpguard },
    { SUPPRESSION_NOQA, "noqa", true, read_noqa },
    { SUPPRESSION_NOSEC, "nosec", false, read_nosec },
    { SUPPRESSION_NOSONAR, "NOSONAR", false, read_nosonar },
};

/* A comment, and who wants to know what it says. */
struct reader {
    struct text comment;
    directive_visit *visit;
    void *payload;
};

static uint32_t offset_of(const struct reader *reader, struct text at)
{
    return (uint32_t)(at.bytes - reader->comment.bytes);
}

static bool has_words(struct text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text_is_word(text.bytes[i]))
            return true;
    return false;
}

/* `at` is from the directive's word on. */
static void tell(const struct reader *reader, enum suppression form,
                 struct text at, const struct reading *reading)
{
    struct directive directive = { .form = form, .kind = reading->kind };

    if (reading->kind == DIRECTIVE_NONE)
        return;
    directive.start = offset_of(reader, at);
    directive.end = offset_of(reader, reading->rest);
    directive.reasoned =
        form == SUPPRESSION_TMPGUARD && has_words(reading->rest);
    reader->visit(reader->payload, &directive);
    if (form != SUPPRESSION_TMPGUARD || reading->kind != DIRECTIVE_RULE ||
        !reading->unknown)
        return;
    directive.kind = DIRECTIVE_UNKNOWN;
    reader->visit(reader->payload, &directive);
}

static void read_behind_hash(const struct reader *reader, struct text text)
{
    struct reading reading;

    text = skip_blanks(text_slice(text, 0, text_find(text, '#', 0)));
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        if (!starts_with_word(text, forms[i].word, forms[i].any_case))
            continue;
        reading = forms[i].read(skip(text, strlen(forms[i].word)));
        tell(reader, forms[i].form, text, &reading);
    }
}

/* `text` may begin with the word; of ids only the rule's counts. */
static void read_word(const struct reader *reader, struct text text,
                      enum suppression form, const char *word, bool bare)
{
    struct reading reading = { .kind = DIRECTIVE_ALL };
    struct text next;

    if (!starts_with_word(text, word, true))
        return;
    reading.rest = skip(text, strlen(word));
    next = skip_blanks(reading.rest);
    if (next.size && *next.bytes == '[') {
        reading = read_ids(next);
        if (reading.kind != DIRECTIVE_RULE)
            return;
    } else if (!bare) {
        return;
    }
    tell(reader, form, text, &reading);
}

/* `lgtm` may be bare at the start and behind a ';'. */
void directive_each(struct text comment, directive_visit *visit, void *payload)
{
    const struct reader reader = { comment, visit, payload };
    bool bare = true, word = false;

    for (size_t i = 0; i < comment.size; i++) {
        char c = comment.bytes[i];
        struct text rest = skip(comment, i);

        if (c == '#')
            read_behind_hash(&reader, skip(rest, 1));
        if (!word) {
            read_word(&reader, rest, SUPPRESSION_LGTM, "lgtm", bare);
            read_word(&reader, rest, SUPPRESSION_CODEQL, "codeql", false);
        }
        word = text_is_word(c);
        bare = i == 0 || c == ';' || (bare && is_blank(c));
    }
}

bool directive_excuses(const struct directive *directive)
{
    return directive->kind == DIRECTIVE_ALL ||
           directive->kind == DIRECTIVE_RULE;
}
