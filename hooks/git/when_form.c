#include "hooks/git/when_form.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NUMBERS_MAX 3
#define DIGITS_MAX  9

/* Numbers with the same sign between them: 2024-12-31, 23:59. */
struct group {
    unsigned numbers[NUMBERS_MAX];
    size_t digits[NUMBERS_MAX];
    size_t count;
    char sign; /* '\0': there is only one */
};

/* As git has them; of some, three letters are enough. */
static const char *const words[] = {
    "seconds", "minutes",  "hours", "days", "weeks", "months", "years",
    "ago",     "last",     "this",  "now",  "today", "never",  "yesterday",
    "noon",    "midnight", "tea",   "am",   "pm",    "at",     "on",
    "of",      "the",      "and",   "in",   "t",     "z",      "utc",
    "gmt",     "th",       "st",    "nd",   "rd",    "zero",   "one",
    "two",     "three",    "four",  "five", "six",   "seven",  "eight",
    "nine",    "ten",      "all",   "idlw", "nt",    "hst",    "hdt",
    "pst",     "pdt",      "mst",   "mdt",  "cst",   "cdt",    "est",
    "edt",     "ast",      "adt",   "wat",  "wet",   "bst",    "cet",
    "met",     "mewt",     "mest",  "cest", "mesz",  "fwt",    "fst",
    "eet",     "eest",     "msk",   "ist",  "jst",   "aest",   "nzst",
};
static const char *const names[] = {
    "january",  "february", "march",    "april",     "may",
    "june",     "july",     "august",   "september", "october",
    "november", "december", "monday",   "tuesday",   "wednesday",
    "thursday", "friday",   "saturday", "sunday",
};

static bool is_word(const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        size_t full = strlen(words[i]);
        bool unit = i < 7 && size + 1 == full; /* "week" */

        if ((size == full || unit) && strncasecmp(word, words[i], size) == 0)
            return true;
    }
    for (size_t i = 0; size >= 3 && i < sizeof(names) / sizeof(*names); i++)
        if (size <= strlen(names[i]) && strncasecmp(word, names[i], size) == 0)
            return true;
    return false;
}

static bool is_day(unsigned year, unsigned month, unsigned day)
{
    static const unsigned days[] = { 31, 29, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || leap);
}

/* Year first or last; which of the others is the month, the sign tells git. */
static bool is_date(const struct group *group)
{
    const unsigned *n = group->numbers;

    if (group->count == 2)
        return is_day(2000, n[0], n[1]) || is_day(2000, n[1], n[0]);
    if (group->digits[0] == 4)
        return is_day(n[0], n[1], n[2]);
    if (group->digits[2] == 4)
        return is_day(n[2], n[0], n[1]) || is_day(n[2], n[1], n[0]);
    return is_day(2000 + n[0], n[1], n[2]) || is_day(2000 + n[2], n[0], n[1]) ||
           is_day(2000 + n[2], n[1], n[0]);
}

static bool is_clock(const struct group *group)
{
    const unsigned *n = group->numbers;

    return n[0] <= 24 && n[1] < 60 && (group->count < 3 || n[2] <= 60);
}

static bool is_sign(char c)
{
    return c == '-' || c == '/' || c == '.' || c == ':';
}

/* Take the numbers off *at; false: they are too many, or too long. */
static bool take_group(struct group *group, const char **at)
{
    *group = (struct group){ .count = 0 };
    for (;;) {
        size_t digits = strspn(*at, "0123456789");
        bool first = group->count == 0;

        if (group->count == NUMBERS_MAX || (!first && digits > DIGITS_MAX))
            return false;
        group->digits[group->count] = digits;
        group->numbers[group->count++] =
            digits > DIGITS_MAX ? 0 : (unsigned)strtoul(*at, NULL, 10);
        *at += digits;
        if (!is_sign(**at) || !isdigit((unsigned char)(*at)[1]) ||
            (group->sign && group->sign != **at))
            return true;
        group->sign = **at;
        (*at)++;
    }
}

static bool is_group(const char **at)
{
    struct group group;

    if (!take_group(&group, at))
        return false;
    if (!group.sign)
        return true;
    return group.sign == ':' ? is_clock(&group) : is_date(&group);
}

/* Digits alone are a year, or seconds since 1970. */
static bool is_number(size_t digits)
{
    return digits <= 4 || digits == 9 || digits == 10;
}

bool when_is_form(const char *date)
{
    size_t digits = strspn(date, "0123456789");

    if (date[0] == '@')
        return true;
    if (digits && !date[digits])
        return is_number(digits);
    while (*date) {
        const char *start = date;

        if (isdigit((unsigned char)*date)) {
            if (!is_group(&date))
                return false;
            continue;
        }
        while (isalpha((unsigned char)*date))
            date++;
        if (date == start)
            date++;
        else if (!is_word(start, (size_t)(date - start)))
            return false;
    }
    return true;
}
