/*
 * The facts of a file that has much in common with others: it is condensed
 * (condense.h), and what is known of what is left is known of the file.
 */
#ifndef TMPGUARD_CORE_FACTS_RECALL_H
#define TMPGUARD_CORE_FACTS_RECALL_H

#include "core/base/error.h"
#include "core/base/stash.h"
#include "core/facts/facts.h"

struct memo;

enum recall_result {
    RECALL_DONE,
    RECALL_FAILED,
    RECALL_WHOLE,  /* all of the file has to be parsed */
    RECALL_UNSURE, /* no more is known than before */
};

/* A stash for what is known, of so many bytes. */
struct stash *recall_stash(size_t size_max);

/* Fill the facts, which are empty, if it can be done so; with `alone`, only the
   findings need be right. RECALL_FAILED: *err
   says why, as scan_blob would. */
enum recall_result recall_facts(struct memo *memo, struct text bytes,
                                bool alone, struct facts *facts,
                                struct error *err);

#endif
