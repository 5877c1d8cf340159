/*
 * `.tmpguard` of arbitrary bytes: whatever it says, the gate is as strict as
 * the user has it, or stricter, and no file is left out.
 */
#include "hooks/gate/policy.h"

#include <stdlib.h>
#include <string.h>

#include "hooks/git/config_text.h"
#include "tests/fuzz/fuzz.h"

static int take(const struct config_item *item, void *payload,
                struct error *err)
{
    const struct policy_place place = { POLICY_TREE, "f", item->line };
    struct error reason;

    (void)err;
    HOLDS(item->section && item->key && item->line > 0);
    (void)policy_add(payload, &place, item->key, item->value, &reason);
    return 0;
}

static void say(struct policy *policy, const char *key, const char *value)
{
    const struct policy_place place = { POLICY_GLOBAL, "g", 1 };
    struct error err;

    HOLDS(policy_add(policy, &place, key, value, &err) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct policy policy = POLICY_EMPTY;
    unsigned before[POLICY_KEYS];
    struct error err;

    say(&policy, "excuses", "tmpguard");
    say(&policy, "onError", "warn");
    say(&policy, "missing", "warn");
    say(&policy, "exclude", "vendor/");
    for (int i = 0; i < POLICY_EXCLUDE; i++)
        before[i] = policy_level(&policy, (enum policy_key)i);
    (void)config_text_each("f", (struct text){ (const char *)bytes, size },
                           take, &policy, &err);
    for (int i = 0; i < POLICY_EXCLUDE; i++)
        HOLDS(policy_level(&policy, (enum policy_key)i) >= before[i]);
    HOLDS(policy_level(&policy, POLICY_MISSING) == before[POLICY_MISSING]);
    HOLDS(!policy_excludes(&policy, "a.py"));
    HOLDS(policy_excludes(&policy, "vendor/a.py"));
    for (size_t i = 0; i < policy.settings_count; i++)
        (void)policy_silent(&policy, &policy.settings[i]);
    policy_release(&policy);
    return 0;
}
