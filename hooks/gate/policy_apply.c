#include "hooks/gate/policy_apply.h"

#include <string.h>

#include "core/base/buffer.h"

/* So many notes at most. */
#define TOLD_MAX 10

static bool is_excluded(void *payload, const char *path)
{
    return policy_excludes(payload, path);
}

static void deny(const struct policy *policy, struct report *report)
{
    enum excuses excuses = (enum excuses)policy_level(policy, POLICY_EXCUSES);

    for (size_t i = 0; i < report->findings_count; i++) {
        struct report_finding *finding = &report->findings[i];

        if (finding->finding.suppression == SUPPRESSION_NONE ||
            finding_excused(&finding->finding, excuses))
            continue;
        report_deny(finding);
        finding->blocks = !report->history || finding->live;
    }
}

static void leave_out(const struct policy *policy, struct report *report)
{
    struct policy asked = *policy;
    struct buffer words = BUFFER_EMPTY;
    size_t findings = report->findings_count;
    size_t incomplete = report->incomplete_count;

    report_leave_out(report, is_excluded, &asked);
    findings -= report->findings_count;
    incomplete -= report->incomplete_count;
    if (findings + incomplete == 0)
        return;
    buffer_format(&words, "left out: %zu finding%s and %zu incomplete file%s",
                  findings, findings == 1 ? "" : "s", incomplete,
                  incomplete == 1 ? "" : "s");
    report_note(report, "hooks.tmpguard.exclude", words.bytes);
    buffer_release(&words);
}

/* A tree and its parents have one file to a reader, and he wants to hear once
 * what it says. */
static bool is_same(const struct policy_setting *one,
                    const struct policy_setting *two)
{
    if (one->scope == POLICY_TREE)
        return two->scope == POLICY_TREE && strcmp(one->value, two->value) == 0;
    return one->line == two->line && strcmp(one->origin, two->origin) == 0;
}

/* Two versions of a file may say the same. */
static bool was_told(const struct policy *policy, size_t number)
{
    const struct policy_setting *setting = &policy->settings[number];

    for (size_t i = 0; i < number; i++) {
        const struct policy_setting *other = &policy->settings[i];

        if (other->ignored && other->key == setting->key &&
            is_same(other, setting))
            return true;
    }
    return false;
}

/* A file of someone else may say very much that is ignored. */
struct telling {
    struct report *report;
    size_t told;
};

static void tell_one(struct telling *telling, const char *place,
                     const char *words)
{
    if (telling->told++ < TOLD_MAX)
        report_note(telling->report, place, words);
}

static void tell_setting(struct telling *telling,
                         const struct policy_setting *setting)
{
    struct buffer place = BUFFER_EMPTY, words = BUFFER_EMPTY;

    buffer_string(&place, setting->origin);
    if (setting->line)
        buffer_format(&place, ":%u", (unsigned)setting->line);
    buffer_format(&words, "'%s' is ignored: %s", policy_key_name(setting->key),
                  setting->ignored);
    tell_one(telling, place.bytes, words.bytes);
    buffer_release(&place);
    buffer_release(&words);
}

static void tell(const struct policy *policy, struct report *report)
{
    struct telling telling = { report, 0 };
    struct buffer words = BUFFER_EMPTY;

    for (size_t i = 0; i < policy->settings_count; i++)
        if (policy->settings[i].ignored && !was_told(policy, i))
            tell_setting(&telling, &policy->settings[i]);
    for (size_t i = 0; i < policy->remarks_count; i++)
        tell_one(&telling, policy->remarks[i].origin, policy->remarks[i].words);
    if (telling.told <= TOLD_MAX)
        return;
    buffer_format(&words, "%zu more: see 'tmpguard config'",
                  telling.told - TOLD_MAX);
    report_note(report, POLICY_FILE, words.bytes);
    buffer_release(&words);
}

void policy_apply(const struct policy *policy, struct report *report)
{
    deny(policy, report);
    leave_out(policy, report);
    if (!policy->told || report_blocks(report) || report->incomplete_count)
        tell(policy, report);
}
