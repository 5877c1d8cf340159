#include "hooks/policy_apply.h"

#include <string.h>

#include "core/buffer.h"

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

/* Two versions of a file may say the same. */
static bool was_told(const struct policy *policy, size_t number)
{
    const struct policy_setting *setting = &policy->settings[number];

    for (size_t i = 0; i < number; i++) {
        const struct policy_setting *other = &policy->settings[i];

        if (other->ignored && other->key == setting->key &&
            other->line == setting->line &&
            strcmp(other->origin, setting->origin) == 0)
            return true;
    }
    return false;
}

static void tell(const struct policy *policy, struct report *report)
{
    struct buffer place = BUFFER_EMPTY, words = BUFFER_EMPTY;

    for (size_t i = 0; i < policy->settings_count; i++) {
        const struct policy_setting *setting = &policy->settings[i];

        if (!setting->ignored || was_told(policy, i))
            continue;
        buffer_clear(&place);
        buffer_clear(&words);
        buffer_string(&place, setting->origin);
        if (setting->line)
            buffer_format(&place, ":%u", (unsigned)setting->line);
        buffer_format(&words, "'%s' is ignored: %s",
                      policy_key_name(setting->key), setting->ignored);
        report_note(report, place.bytes, words.bytes);
    }
    for (size_t i = 0; i < policy->remarks_count; i++)
        report_note(report, policy->remarks[i].origin,
                    policy->remarks[i].words);
    buffer_release(&place);
    buffer_release(&words);
}

void policy_apply(const struct policy *policy, struct report *report)
{
    deny(policy, report);
    leave_out(policy, report);
    tell(policy, report);
}
