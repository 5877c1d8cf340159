#include "core/fix/fix.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/fix/advice.h"
#include "core/fix/arguments.h"
#include "core/fix/meaning.h"

static bool (*const shapes[])(struct repair *repair,
                              struct verdict *verdict) = {
    shape_opened, shape_made,    shape_inline,
    shape_below,  shape_chained, shape_closed
};

const char *fix_tier_name(enum fix_tier tier)
{
    static const char *const names[] = { "safe", "unsafe", "manual" };

    return names[tier];
}

static struct verdict manual(const char *why)
{
    return (struct verdict){ .tier = FIX_MANUAL, .why = why };
}

/* ---- what is repaired ---------------------------------------------------- */

/* The call of a finding, or SYNTAX_NONE: nodes stand in order of their start,
   so the first one that begins there is sought. */
static uint32_t find_call(const struct script *script,
                          const struct finding *finding)
{
    const struct syntax *tree = &script->tree;
    struct bound found = bound_in(0, tree->nodes_count);

    while (bound_open(&found))
        bound_step(&found, tree->nodes[found.middle].start < finding->offset);
    for (size_t i = found.low;
         i < tree->nodes_count && tree->nodes[i].start == finding->offset; i++)
        if (tree->nodes[i].kind == NODE_CALL &&
            tree->nodes[i].end == finding->offset + finding->size)
            return (uint32_t)i;
    return SYNTAX_NONE;
}

/* `P = value`, as a statement of its own. */
static void find_assignment(struct repair *repair)
{
    const struct script *script = repair->script;
    const struct syntax *tree = &script->tree;
    uint32_t around = script_parent(script, repair->value);
    uint32_t left;

    if (syntax_kind(tree, around) != NODE_ASSIGNMENT ||
        syntax_field(tree, around, FIELD_RIGHT) != repair->value ||
        syntax_kind(tree, script_parent(script, around)) !=
            NODE_EXPRESSION_STATEMENT)
        return;
    left = syntax_field(tree, around, FIELD_LEFT);
    repair->assignment = around;
    if (syntax_kind(tree, left) == NODE_IDENTIFIER)
        repair->path = left;
    if (repair->path || syntax_kind(tree, left) == NODE_ATTRIBUTE ||
        syntax_kind(tree, left) == NODE_SUBSCRIPT)
        repair->target = left;
}

static struct verdict try_shapes(struct repair *repair)
{
    struct verdict verdict;

    for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
        if (shapes[i](repair, &verdict))
            return verdict;
    return advice_of(repair);
}

/* Is that the callee, but for what star imports may bring? */
static bool is_function(struct repair *repair, enum target number)
{
    const struct target_info *target = rule_target(number);
    struct script *script = repair->script;

    script->passes_stars = false;
    if (meaning_is_member(script, repair->callee, target->module,
                          target->member))
        return true;
    script->passes_stars = true;
    return meaning_is_member(script, repair->callee, target->module,
                             target->member);
}

/* Python 2 cuts the prefix of os.tempnam after five bytes, heeds $TMPDIR more
   than its argument, and takes another folder where that one is missing. */
static void of_old(const struct finding *finding, struct verdict *verdict)
{
    if (verdict->tier != FIX_MANUAL)
        *verdict = (struct verdict){ FIX_UNSAFE,
                                     "tempfile looks for the folder, and "
                                     "names the file, in a way of its own",
                                     verdict->use };
    else
        repair_refuse(verdict,
                      finding->target == TARGET_OS_TEMPNAM
                          ? "use tempfile.mkstemp(prefix=…, dir=…), whose "
                            "arguments stand the other way round, or "
                            "tempfile.mkdtemp"
                          : "use tempfile.mkstemp or tempfile.mkdtemp");
}

static struct verdict repair_call(struct repair *repair,
                                  const struct finding *finding)
{
    struct script *script = repair->script;
    struct verdict verdict;

    repair->call = find_call(script, finding);
    if (!repair->call)
        return manual("it is handed on, and called elsewhere: hand on a "
                      "function that calls mkstemp");
    repair->callee = syntax_field(&script->tree, repair->call, FIELD_FUNCTION);
    repair->arguments =
        syntax_field(&script->tree, repair->call, FIELD_ARGUMENTS);
    repair->is_old = finding->target != TARGET_TEMPFILE_MKTEMP;
    if (!is_function(repair, finding->target))
        return manual("the function is called in a roundabout way, so what "
                      "else may be called there is not certain");
    repair->statement = script_statement(script, repair->call);
    repair->value = repair->call;
    repair_find_suffix(repair);
    find_assignment(repair);
    if (arguments_name_pipe(repair))
        return manual("a pipe of Windows is made of the name, which no file "
                      "can be");
    verdict = try_shapes(repair);
    if (repair->is_old)
        of_old(finding, &verdict);
    if (script->passes_stars)
        repair_demote(&verdict, "a star import may bring something else of "
                                "one of the names");
    return verdict;
}

struct verdict fix_look(struct script *script, const struct finding *finding)
{
    struct bring bring = { .script = script };
    struct edits edits = EDITS_EMPTY;
    struct repair repair = {
        .script = script, .bring = &bring, .edits = &edits, .suffix = TEXT_EMPTY
    };
    struct verdict verdict = repair_call(&repair, finding);

    bring_release(&bring);
    edits_release(&edits);
    return verdict;
}

/* ---- a file -------------------------------------------------------------- */

struct run {
    struct proof *proof;
    struct script *script;
    const struct finding *findings;
    size_t count;
    const struct fix_options *options;
    struct fix *fix;
    struct deadline deadline;
    struct bring bring;
};

/* What a repair calls no more. */
static bool is_called_now(struct text name)
{
    return text_ends_with(name, TEXT("mktemp")) ||
           text_ends_with(name, TEXT("builtins.open")) ||
           text_ends_with(name, TEXT("__builtin__.open"));
}

/* Does a string or an assignment name such a function, as mocks do? */
static bool is_patched(const struct script *script)
{
    const struct syntax *tree = &script->tree;

    for (uint32_t node = 1; node < tree->nodes_count; node++)
        if ((syntax_kind(tree, node) == NODE_STRING_CONTENT ||
             (syntax_kind(tree, node) == NODE_ATTRIBUTE &&
              tree->nodes[node].field == FIELD_LEFT)) &&
            is_called_now(syntax_text(tree, node)))
            return true;
    return false;
}

static bool is_asked(const struct finding *finding)
{
    return finding->suppression == SUPPRESSION_NONE &&
           !finding->over_approximated;
}

/* Two calls in a statement: what one repair does to it, the other must not. */
static bool shares_statement(const struct run *run, size_t number)
{
    const struct finding *finding = &run->findings[number];

    for (size_t i = 0; i < run->count; i++)
        if (i != number && is_asked(&run->findings[i]) &&
            run->findings[i].statement_first <= finding->statement_last &&
            finding->statement_first <= run->findings[i].statement_last)
            return true;
    return false;
}

/* Is there a comment in what is replaced? They are blank in the code. */
static bool takes_comment(const struct run *run, size_t from)
{
    const struct source *source = &run->script->source;
    const struct edits *edits = &run->fix->edits;

    for (size_t i = from; i < edits->items_count; i++)
        for (uint32_t at = edits->items[i].start; at < edits->items[i].end;
             at++)
            if (source->text.bytes[at] == '#' && source->code[at] != '#')
                return true;
    return false;
}

static void repair_finding(struct run *run, size_t number)
{
    struct fix_item *item = &run->fix->items[number];
    struct bring_mark mark = bring_mark(&run->bring);
    size_t edits = run->fix->edits.items_count;
    struct repair repair = { .script = run->script,
                             .bring = &run->bring,
                             .edits = &run->fix->edits,
                             .suffix = TEXT_EMPTY };

    if (shares_statement(run, number))
        item->verdict = manual("another such call stands on the same lines");
    else
        item->verdict = repair_call(&repair, &run->findings[number]);
    if (item->verdict.tier != FIX_MANUAL && takes_comment(run, edits))
        item->verdict = manual("a comment stands where the code would change");
    item->done = item->verdict.tier == FIX_SAFE ||
                 (item->verdict.tier == FIX_UNSAFE && run->options->unsafe);
    run->fix->done += item->done;
    if (item->done)
        return;
    edits_cut(&run->fix->edits, edits);
    bring_back(&run->bring, mark);
}

static void refuse_all(struct run *run, const char *why)
{
    run->fix->done = 0;
    edits_cut(&run->fix->edits, 0);
    for (size_t i = 0; i < run->count; i++) {
        run->fix->items[i].verdict = manual(why);
        run->fix->items[i].done = false;
    }
}

/* ---- all of it ----------------------------------------------------------- */

static const char *trouble_with(const struct run *run)
{
    if (run->script->source.unit != 1)
        return "the file is in UTF-16 or UTF-32, which is not edited";
    if (run->script->tree.errors_count)
        return "the file has a syntax error, so nothing about it is certain";
    if (run->count > FIX_FINDINGS_MAX)
        return "there are too many findings in the file";
    if (is_patched(run->script))
        return "the file replaces the function, or names it in a string, as "
               "tests do that put another one in its place";
    return NULL;
}

/* Is it what it was without the findings that are done? */
static bool is_good(const struct run *run)
{
    const struct finding **gone = memory_new(run->count + 1, sizeof(*gone));
    size_t count = 0;
    bool result;

    for (size_t i = 0; i < run->count; i++)
        if (run->fix->items[i].done)
            gone[count++] = &run->findings[i];
    result = proof_holds(run->proof, &run->fix->edits,
                         buffer_view(&run->fix->after), gone, count);
    free(gone);
    return result;
}

static void repair_all(struct run *run)
{
    const char *trouble = trouble_with(run);

    if (trouble) {
        refuse_all(run, trouble);
        return;
    }
    for (size_t i = 0; i < run->count; i++)
        if (!is_asked(&run->findings[i]))
            run->fix->items[i].verdict = manual("it is excused");
        else if (run->options->only && run->options->only != &run->findings[i])
            run->fix->items[i].verdict = manual("another one was asked for");
        else if (!deadline_passed(&run->deadline))
            repair_finding(run, i);
    if (deadline_passed(&run->deadline))
        refuse_all(run, "it takes too long to find out what is certain");
    if (!run->fix->done)
        return;
    bring_finish(&run->bring, &run->fix->edits);
    run->fix->drops = run->bring.drops;
    if (edits_settle(&run->fix->edits))
        edits_apply(&run->fix->edits, run->proof->bytes, &run->fix->after);
    if (!run->fix->after.size || !is_good(run)) {
        refuse_all(run, "the repair was withdrawn: what came of it was not "
                        "the same without the finding");
        buffer_clear(&run->fix->after);
    }
}

void fix_proved(struct fix *fix, struct proof *proof,
                const struct finding *findings, size_t count,
                const struct fix_options *options)
{
    struct run run = { .deadline = deadline_in(SCAN_TIME_MAX_MS),
                       .proof = proof,
                       .script = &proof->script,
                       .findings = findings,
                       .count = count,
                       .options = options,
                       .fix = fix };

    *fix = (struct fix){
        .items = memory_new(count + 1, sizeof(*fix->items)),
        .items_count = count,
    };
    run.bring = (struct bring){ .script = run.script, .keeps = options->keeps };
    repair_all(&run);
    bring_release(&run.bring);
}

int fix_file(struct fix *fix, struct text bytes, const struct finding *findings,
             size_t count, const struct fix_options *options, struct error *err)
{
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    struct proof proof;

    *fix = FIX_EMPTY;
    if (proof_open(&proof, bytes, false, &deadline, err) < 0)
        return -1;
    fix_proved(fix, &proof, findings, count, options);
    proof_close(&proof);
    return 0;
}

void fix_release(struct fix *fix)
{
    free(fix->items);
    edits_release(&fix->edits);
    buffer_release(&fix->after);
    *fix = FIX_EMPTY;
}
