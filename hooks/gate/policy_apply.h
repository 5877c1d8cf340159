/*
 * What the policy makes of a report: which comments do not excuse, which files
 * are left out, and which settings were ignored.
 */
#ifndef TMPGUARD_HOOKS_GATE_POLICY_APPLY_H
#define TMPGUARD_HOOKS_GATE_POLICY_APPLY_H

#include "hooks/gate/policy.h"
#include "hooks/joint/report.h"

/*
 * Findings whose comment does not excuse them block (those of the past if they
 * are live); what is in an excluded file goes, and a note says how much it
 * was. A note, too, for each setting that was ignored, unless that was told and
 * nothing blocks or is incomplete.
 */
void policy_apply(const struct policy *policy, struct report *report);

#endif
