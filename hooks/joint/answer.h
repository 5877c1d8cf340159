/*
 * Answers about the files of a tree that are kept from one run to the next,
 * with a trace of what they depend on (trace.h).
 */
#ifndef TMPGUARD_HOOKS_JOINT_ANSWER_H
#define TMPGUARD_HOOKS_JOINT_ANSWER_H

#include "core/facts/link.h"
#include "hooks/joint/joint.h"

/*
 * Look an answer up: true, and *answer within *value, if there is one that
 * holds still.
 */
bool answer_recall(const struct joint_tree *tree, struct text key,
                   struct buffer *value, struct text *answer);

/* Keep one that depends on these paths. */
void answer_keep(const struct joint_tree *tree, struct text key,
                 const struct intern *paths, struct text answer);

/* The files of a result by their paths, and back. False if the bytes are no
 * such answer. */
void answer_put_files(struct buffer *out, const struct modules *modules,
                      const struct link_result *result);
bool answer_take_files(struct link_result *result, struct modules *modules,
                       struct text answer);

#endif
