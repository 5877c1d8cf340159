#include "hooks/gate/baseline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#define FIRST BASELINE_HEADER "1"
#define ABOUT                                                                  \
    "# Known findings, one a line: path, function, statement. Written by "     \
    "'tmpguard baseline'.\n"

#define DIGITS 32

static const char *name_of(const struct baseline_entry *entry)
{
    return rule_target(entry->target)->name;
}

static int order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Function and statement. */
static int compare_calls(const struct baseline_entry *a,
                         const struct baseline_entry *b)
{
    int result = strcmp(name_of(a), name_of(b));

    if (result == 0)
        result = order(a->statement.high, b->statement.high);
    return result ? result : order(a->statement.low, b->statement.low);
}

static int compare(const void *one, const void *two)
{
    const struct baseline_entry *a = one, *b = two;
    int result = strcmp(a->path, b->path);

    return result ? result : compare_calls(a, b);
}

/* Those at the same place in the file stay in order. */
static int compare_found(const void *one, const void *two)
{
    const struct baseline_entry *a = one, *b = two;
    int result = compare(one, two);

    return result ? result : order(a->line, b->line);
}

void baseline_sort(struct baseline *baseline)
{
    if (baseline->entries_count)
        qsort(baseline->entries, baseline->entries_count,
              sizeof(*baseline->entries), compare_found);
}

void baseline_add(struct baseline *baseline, const struct baseline_entry *entry)
{
    struct baseline_entry *added = ARRAY_PUSH(baseline->entries);

    *added = *entry;
    added->path = memory_copy(entry->path, strlen(entry->path));
}

/* ---- the file ------------------------------------------------------------ */

static bool is_marked(char first)
{
    return first == '#' || first == '<' || first == '=' || first == '>' ||
           first == '|';
}

static void put_path(struct buffer *out, const char *path)
{
    for (const char *c = path; *c; c++) {
        if (*c < ' ' || *c > '~' || *c == '\\' || (c == path && is_marked(*c)))
            buffer_format(out, "\\x%02x", (unsigned char)*c);
        else
            buffer_byte(out, *c);
    }
}

static char *line_of(const struct baseline_entry *entry)
{
    struct buffer line = BUFFER_EMPTY;

    put_path(&line, entry->path);
    buffer_format(&line, "\t%s\t%016" PRIx64 "%016" PRIx64 "\n", name_of(entry),
                  entry->statement.high, entry->statement.low);
    return buffer_detach(&line);
}

static int compare_lines(const void *one, const void *two)
{
    char *const *a = one, *const *b = two;

    return strcmp(*a, *b);
}

/* Sorted as they are written, which is not the order of the paths. */
void baseline_format(const struct baseline *baseline, struct buffer *out)
{
    size_t count = baseline->entries_count;
    char **lines = memory_new(count + 1, sizeof(*lines));

    for (size_t i = 0; i < count; i++)
        lines[i] = line_of(&baseline->entries[i]);
    qsort(lines, count, sizeof(*lines), compare_lines);
    buffer_string(out, FIRST "\n" ABOUT);
    for (size_t i = 0; i < count; i++) {
        buffer_string(out, lines[i]);
        free(lines[i]);
    }
    free(lines);
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte behind "\x", or -1. */
static int escaped(struct text rest)
{
    int high, low;

    if (rest.size < 4 || rest.bytes[1] != 'x')
        return -1;
    high = digit(rest.bytes[2]);
    low = digit(rest.bytes[3]);
    return high < 0 || low < 0 || high + low == 0 ? -1 : high * 16 + low;
}

static char *take_path(struct text field)
{
    struct buffer path = BUFFER_EMPTY;

    while (field.size) {
        int byte = field.bytes[0] == '\\' ? escaped(field)
                                          : (unsigned char)field.bytes[0];
        size_t size = field.bytes[0] == '\\' ? 4 : 1;

        if (byte <= 0) {
            buffer_release(&path);
            return NULL;
        }
        buffer_byte(&path, (char)byte);
        field = text_slice(field, size, field.size);
    }
    return path.size ? buffer_detach(&path) : NULL;
}

static int take_target(enum target *target, struct text field)
{
    for (int i = 0; i < TARGET_COUNT; i++)
        if (text_equal(text_of(rule_target((enum target)i)->name), field)) {
            *target = (enum target)i;
            return 0;
        }
    return -1;
}

static int take_digest(struct digest *digest, struct text field)
{
    if (field.size != DIGITS)
        return -1;
    for (size_t i = 0; i < DIGITS; i++) {
        uint64_t *half = i < DIGITS / 2 ? &digest->high : &digest->low;
        int value = digit(field.bytes[i]);

        if (value < 0)
            return -1;
        *half = *half << 4 | (uint64_t)value;
    }
    return 0;
}

static struct text take_field(struct text *line)
{
    size_t end = text_find(*line, '\t', 0);
    struct text field = text_slice(*line, 0, end);

    *line = text_slice(*line, end < line->size ? end + 1 : end, line->size);
    return field;
}

static bool is_conflict(struct text line)
{
    static const char *const marks[] = { "<<<<<<<", "=======", ">>>>>>>",
                                         "|||||||" };

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (text_starts_with(line, text_of(marks[i])))
            return true;
    return false;
}

/* NULL, or what is wrong with it. */
static const char *take_line(struct baseline *baseline, struct text line)
{
    struct baseline_entry entry = { .line = 0 };
    struct text path, function;

    if (line.size == 0 || line.bytes[0] == '#')
        return NULL;
    if (is_conflict(line))
        return "a merge conflict: keep the lines of both sides, then "
               "'tmpguard baseline prune'";
    path = take_field(&line);
    function = take_field(&line);
    if (take_digest(&entry.statement, line) < 0)
        return "damaged: not a path, a function and a statement";
    if (take_target(&entry.target, function) < 0)
        return "an unknown function";
    entry.path = take_path(path);
    if (!entry.path)
        return "damaged: the path is malformed";
    *ARRAY_PUSH(baseline->entries) = entry;
    return NULL;
}

static struct text next_line(struct text *rest)
{
    size_t end = text_find(*rest, '\n', 0);
    struct text line = text_slice(*rest, 0, end);

    *rest = text_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    if (line.size && line.bytes[line.size - 1] == '\r')
        line.size--;
    return line;
}

static const char *check_header(struct text line)
{
    if (text_equal(line, TEXT(FIRST)))
        return NULL;
    if (text_starts_with(line, TEXT(BASELINE_HEADER)))
        return "a baseline of another version: this one knows version 1";
    return is_conflict(line) ? "a merge conflict" : "not a baseline";
}

int baseline_parse(struct baseline *baseline, const char *name,
                   struct text bytes, struct error *err)
{
    const char *wrong;
    unsigned line = 1;

    *baseline = BASELINE_EMPTY;
    wrong = check_header(next_line(&bytes));
    while (!wrong && bytes.size) {
        line++;
        wrong = take_line(baseline, next_line(&bytes));
    }
    baseline_sort(baseline);
    return wrong
               ? error_set(err, ERROR_USAGE, "%.200s:%u: %s", name, line, wrong)
               : 0;
}

/* ---- findings ------------------------------------------------------------ */

static struct baseline_entry entry_of(const struct report_finding *finding)
{
    return (struct baseline_entry){ .path = finding->path,
                                    .target = finding->finding.target,
                                    .statement = finding->finding.statement,
                                    .line = finding->finding.range.start.line };
}

void baseline_of_report(struct baseline *baseline, const struct report *report)
{
    *baseline = BASELINE_EMPTY;
    for (size_t i = 0; i < report->findings_count; i++) {
        const struct baseline_entry entry = entry_of(&report->findings[i]);

        if (report->findings[i].blocks)
            baseline_add(baseline, &entry);
    }
    baseline_sort(baseline);
}

/* The first entry of its kind, or the count of all. */
static size_t find(const struct baseline *baseline,
                   const struct baseline_entry *kind)
{
    size_t low = 0, high = baseline->entries_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&baseline->entries[middle], kind) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool baseline_take(const struct baseline *baseline, bool *taken,
                   const struct baseline_entry *kind)
{
    size_t at = find(baseline, kind), count = baseline->entries_count;

    while (at < count && taken[at] &&
           compare(&baseline->entries[at], kind) == 0)
        at++;
    if (at == count || compare(&baseline->entries[at], kind) != 0)
        return false;
    taken[at] = true;
    return true;
}

size_t baseline_apply(const struct baseline *baseline, struct report *report)
{
    bool *taken = memory_new(baseline->entries_count + 1, sizeof(*taken));
    size_t left = baseline->entries_count;

    report_sort(report);
    for (size_t i = 0; i < report->findings_count; i++) {
        struct report_finding *finding = &report->findings[i];
        const struct baseline_entry entry = entry_of(finding);

        if (!finding->blocks || !baseline_take(baseline, taken, &entry))
            continue;
        finding->known = true;
        finding->blocks = false;
        left--;
    }
    free(taken);
    return left;
}

void baseline_join(struct baseline *baseline, const struct baseline *other)
{
    struct baseline added, gone;

    baseline_difference(baseline, other, &added, &gone);
    for (size_t i = 0; i < added.entries_count; i++)
        baseline_add(baseline, &added.entries[i]);
    baseline_sort(baseline);
    baseline_release(&added);
    baseline_release(&gone);
}

void baseline_difference(const struct baseline *before,
                         const struct baseline *after, struct baseline *added,
                         struct baseline *gone)
{
    size_t i = 0, j = 0;

    *added = *gone = BASELINE_EMPTY;
    while (i < before->entries_count || j < after->entries_count) {
        int side;

        if (i == before->entries_count)
            side = 1;
        else if (j == after->entries_count)
            side = -1;
        else
            side = compare(&before->entries[i], &after->entries[j]);
        if (side < 0)
            baseline_add(gone, &before->entries[i]);
        if (side > 0)
            baseline_add(added, &after->entries[j]);
        i += side <= 0;
        j += side >= 0;
    }
}

static int compare_by_call(const void *one, const void *two)
{
    int result = compare_calls(one, two);

    return result ? result : compare_found(one, two);
}

static void sort_by_call(struct baseline *baseline)
{
    if (baseline->entries_count)
        qsort(baseline->entries, baseline->entries_count,
              sizeof(*baseline->entries), compare_by_call);
}

/* Move an entry, path and all. */
static void hand_over(struct baseline *to, const struct baseline_entry *entry)
{
    *ARRAY_PUSH(to->entries) = *entry;
}

void baseline_take_moves(struct baseline *added, struct baseline *gone,
                         struct baseline *from, struct baseline *to)
{
    struct baseline new = *added, old = *gone;
    size_t i = 0, j = 0;

    *added = *gone = *from = *to = BASELINE_EMPTY;
    sort_by_call(&new);
    sort_by_call(&old);
    while (i < new.entries_count || j < old.entries_count) {
        int side = i == new.entries_count ? 1
                   : j == old.entries_count
                       ? -1
                       : compare_calls(&new.entries[i], &old.entries[j]);

        if (side <= 0)
            hand_over(side ? added : to, &new.entries[i++]);
        if (side >= 0)
            hand_over(side ? gone : from, &old.entries[j++]);
    }
    free(new.entries);
    free(old.entries);
    baseline_sort(added);
    baseline_sort(gone);
}

bool baseline_is_unknown(const struct report *report, const char *path)
{
    for (size_t i = 0; i < report->incomplete_count; i++) {
        const char *name = report->incomplete[i].path;
        size_t size = strlen(name);

        if (strcmp(name, ".") == 0 ||
            (strncmp(name, path, size) == 0 &&
             (path[size] == '\0' || path[size] == '/')))
            return true;
    }
    return false;
}

void baseline_release(struct baseline *baseline)
{
    for (size_t i = 0; i < baseline->entries_count; i++)
        free(baseline->entries[i].path);
    free(baseline->entries);
    *baseline = BASELINE_EMPTY;
}
