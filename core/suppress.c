#include "core/suppress.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/rule.h"

#define RUFF_CODE   "s306" /* in any case */
#define BANDIT_CODE "B306"
#define BANDIT_NAME "mktemp_q"

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

static bool is_word(char c)
{
    return is_digit(c) || c == '_' || (unsigned char)c >= 0x80 || is_upper(c) ||
           is_lower(c);
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
           (is_word(text->bytes[size]) || text->bytes[size] == '-'))
        size++;
    token = text_slice(*text, 0, size);
    *text = skip(*text, size);
    return token;
}

static bool starts_with_word(struct text text, const char *word, bool any_case)
{
    size_t size = strlen(word);

    if (text.size < size || (text.size > size && is_word(text.bytes[size])))
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
    return c == '/' || c == '-' || c == '.' || (is_word(c) && !(c & 0x80));
}

/* Is `text` a '[', ids one of which is the rule's, and a ']'? */
static bool names_rule(struct text text)
{
    bool found = false;

    if (text.size == 0 || *text.bytes != '[')
        return false;
    do {
        size_t size = 0;

        text = skip_blanks(skip(text, 1));
        while (size < text.size && is_id_byte(text.bytes[size]))
            size++;
        if (size == 0)
            return false;
        if (text_equal(text_slice(text, 0, size), TEXT(RULE_ID)))
            found = true;
        text = skip_blanks(skip(text, size));
    } while (text.size && *text.bytes == ',');
    return found && text.size && *text.bytes == ']';
}

/* ": ignore[RULE]" */
static bool tmpguard_excuses(struct text rest)
{
    static const char verb[] = "ignore";

    if (rest.size == 0 || *rest.bytes != ':')
        return false;
    rest = skip_blanks(skip(rest, 1));
    return starts_with_word(rest, verb, false) &&
           names_rule(skip(rest, sizeof(verb) - 1));
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
static bool noqa_excuses(struct text rest)
{
    bool colon, any = false;
    struct text token;

    rest = skip_blanks(rest);
    colon = rest.size && *rest.bytes == ':';
    if (colon)
        rest = skip(rest, 1);
    for (;; any = true) {
        while (rest.size && (is_blank(*rest.bytes) || *rest.bytes == ','))
            rest = skip(rest, 1);
        token = take_token(&rest);
        if (!is_code(token, colon))
            return !colon && !any;
        if (starts_with_word(token, RUFF_CODE, true))
            return true;
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
static bool nosec_excuses(struct text rest)
{
    bool comma = false;

    rest = skip_blanks(rest);
    if (rest.size == 0)
        return true;
    if (*rest.bytes == ':')
        rest = skip_blanks(skip(rest, 1));
    for (;;) {
        struct text token = take_token(&rest);
        bool listed = comma || is_test_code(token) || is_test_name(token);

        if (text_equal(token, TEXT(BANDIT_CODE)) ||
            text_equal(token, TEXT(BANDIT_NAME)))
            return true;
        rest = skip_blanks(rest);
        comma = rest.size && *rest.bytes == ',';
        if (token.size == 0 || (!listed && !comma))
            return false;
        if (comma)
            rest = skip_blanks(skip(rest, 1));
    }
}

/* With rules in parentheses it is about those, and none of them is ours. */
static bool nosonar_excuses(struct text rest)
{
    rest = skip_blanks(rest);
    return rest.size == 0 || (*rest.bytes != '(' && *rest.bytes != '[');
}

/* What stands behind a '#'; `excuses` reads on behind the word. */
static const struct {
    enum suppression form;
    const char *word;
    bool any_case;
    bool (*excuses)(struct text rest);
} forms[] = {
    { SUPPRESSION_TMPGUARD, "tmpguard", false, tmpguard_excuses },
    { SUPPRESSION_NOQA, "noqa", true, noqa_excuses },
    { SUPPRESSION_NOSEC, "nosec", false, nosec_excuses },
    { SUPPRESSION_NOSONAR, "NOSONAR", false, nosonar_excuses },
};

/* One a line is enough: a comment ends its line. */
static void add(struct suppress *suppress, enum suppression form,
                struct suppress_comment comment)
{
    struct suppress_form *to = &suppress->forms[form];

    if (to->comments_count == 0 ||
        to->comments[to->comments_count - 1].line != comment.line)
        *ARRAY_PUSH(to->comments) = comment;
}

static void read_behind_hash(struct suppress *suppress, struct text text,
                             struct suppress_comment comment)
{
    text = skip_blanks(text_slice(text, 0, text_find(text, '#', 0)));
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
        if (starts_with_word(text, forms[i].word, forms[i].any_case) &&
            forms[i].excuses(skip(text, strlen(forms[i].word))))
            add(suppress, forms[i].form, comment);
}

static bool word_excuses(struct text text, const char *word, bool bare)
{
    if (!starts_with_word(text, word, true))
        return false;
    text = skip_blanks(skip(text, strlen(word)));
    return text.size && *text.bytes == '[' ? names_rule(text) : bare;
}

/* `lgtm` may be bare at the start and behind a ';'. */
static void read_comment(struct suppress *suppress, struct text text,
                         struct suppress_comment comment)
{
    bool bare = true, word = false;

    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];
        struct text rest = skip(text, i);

        if (c == '#')
            read_behind_hash(suppress, skip(rest, 1), comment);
        if (!word && word_excuses(rest, "lgtm", bare))
            add(suppress, SUPPRESSION_LGTM, comment);
        if (!word && word_excuses(rest, "codeql", false))
            add(suppress, SUPPRESSION_CODEQL, comment);
        word = is_word(c);
        bare = i == 0 || c == ';' || (bare && is_blank(c));
    }
}

static bool stands_alone(const struct source *source, uint32_t from,
                         uint32_t to)
{
    const char *bytes = source->text.bytes;

    if (from == 0 && text_starts_with(source->text, TEXT("\xef\xbb\xbf")))
        from = 3;
    while (from < to && is_blank(bytes[from]))
        from++;
    return from == to;
}

void suppress_open(struct suppress *suppress, const struct source *source)
{
    size_t line = 0;

    *suppress = (struct suppress){ .forms = { { .comments = NULL } } };
    for (size_t i = 0; i < source->comments_count; i++) {
        const struct comment *comment = &source->comments[i];

        while (line + 1 < source->lines_count &&
               source->lines[line + 1] <= comment->start)
            line++;
        read_comment(suppress,
                     text_slice(source->text, comment->start, comment->end),
                     (struct suppress_comment){
                         .line = (uint32_t)line + 1,
                         .alone = stands_alone(source, source->lines[line],
                                               comment->start),
                     });
    }
}

enum stand { BEHIND, ALONE, ANYHOW };

/* Is there such a comment on the lines `first` to `last`? */
static bool has(const struct suppress_form *form, uint32_t first, uint32_t last,
                enum stand stand)
{
    size_t low = 0, high = form->comments_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (form->comments[middle].line < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < form->comments_count; low++) {
        const struct suppress_comment *comment = &form->comments[low];

        if (comment->line > last)
            return false;
        if (stand == ANYHOW || comment->alone == (stand == ALONE))
            return true;
    }
    return false;
}

enum suppression suppress_find(const struct suppress *suppress,
                               const struct suppress_lines *lines)
{
    const struct {
        uint32_t first, last;
        enum stand stand;
        bool above;
    } where[SUPPRESSION_COUNT] = {
        [SUPPRESSION_TMPGUARD] = { lines->statement_first,
                                   lines->statement_last, ANYHOW, true },
        [SUPPRESSION_LGTM] = { lines->call_first, lines->call_first, BEHIND,
                               true },
        [SUPPRESSION_CODEQL] = { lines->call_first, lines->call_first, BEHIND,
                                 true },
        [SUPPRESSION_NOQA] = { lines->call_first, lines->call_last, BEHIND,
                               false },
        [SUPPRESSION_NOSEC] = { lines->call_first, lines->call_last, BEHIND,
                                false },
        [SUPPRESSION_NOSONAR] = { lines->call_first, lines->call_last, BEHIND,
                                  false },
    };

    for (int i = SUPPRESSION_NONE + 1; i < SUPPRESSION_COUNT; i++) {
        const struct suppress_form *form = &suppress->forms[i];

        if (has(form, where[i].first, where[i].last, where[i].stand))
            return (enum suppression)i;
        if (where[i].above &&
            has(form, where[i].first - 1, where[i].first - 1, ALONE))
            return (enum suppression)i;
    }
    return SUPPRESSION_NONE;
}

void suppress_close(struct suppress *suppress)
{
    for (int i = 0; i < SUPPRESSION_COUNT; i++)
        free(suppress->forms[i].comments);
    *suppress = (struct suppress){ .forms = { { .comments = NULL } } };
}
