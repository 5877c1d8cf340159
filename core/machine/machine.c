#include "core/machine/machine.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/machine/machine_known.h"

static void open_machine(struct machine *machine)
{
    static const char *const names[KNOWN_SYMBOLS] = {
        [KNOWN_CALL] = "__call__",   [KNOWN_INIT] = "__init__",
        [KNOWN_ENTER] = "__enter__", [KNOWN_DICT] = "__dict__",
        [KNOWN_FUNC] = "__func__",   [KNOWN_RESULT] = MACHINE_CALL,
        [KNOWN_ITEM] = MACHINE_ITEM,
    };
    struct intern *symbols = &machine->scopes->symbols;

    for (int i = 0; i < KNOWN_SYMBOLS; i++)
        machine->symbols[i] = intern_add(symbols, text_of(names[i]));
    known_open(machine);
    reach_open(machine);
    module_open(machine);
    machine->meetings =
        memory_new(machine->code->labels_count, sizeof(*machine->meetings));
    for (size_t i = 0; i < machine->code->units_count; i++) {
        uint32_t reader = cell_reader_new(&machine->cells);

        if (module_runs(machine, &machine->code->units[i]))
            cell_wake(&machine->cells, reader);
    }
}

static void close_machine(struct machine *machine)
{
    known_close(machine);
    cell_release(&machine->cells);
    env_release(&machine->states);
    intern_release(&machine->seen);
    intern_release(&machine->expanding);
    intern_release(&machine->wanted);
    intern_release(&machine->endings);
    intern_release(&machine->pairs);
    free(machine->before);
    free(machine->meetings);
    free(machine->stack);
    free(machine->handlers);
    free(machine->told);
    free(machine->held);
    free(machine->held_at);
    free(machine->past);
    reach_close(machine);
    module_close(machine);
}

/* ---- one unit ------------------------------------------------------------ */

/* Each parameter stands for itself. */
static void store_parameters(struct machine *machine, uint32_t scope_number)
{
    const struct scope *scope = &machine->scopes->items[scope_number];

    for (uint32_t i = 0; i < scope->parameters_count; i++) {
        const struct parameter *parameter =
            &machine->scopes->parameters[scope->parameters + i];

        if (parameter->symbol == INTERN_NONE)
            continue;
        machine_store(
            machine,
            code_variable(machine->code, scope_number, parameter->symbol),
            set_of(machine->values, value_of(machine->values, VALUE_PARAMETER,
                                             scope_number, i)));
    }
}

static bool is_over_limit(const struct machine *machine)
{
    return machine->values->over_limit || machine->code->over_limit ||
           machine->over_limit;
}

static bool is_flow(uint8_t code)
{
    return code == OP_LABEL || code == OP_LOOP || code == OP_FINALLY ||
           code == OP_RESUME;
}

static bool run_pass(struct machine *machine, const struct unit *unit)
{
    machine->state = ENV_EMPTY;
    machine->exit = (struct meeting){ .reached = false };
    machine->live = true;
    machine->again = false;
    machine->stack_count = machine->handlers_count = 0;
    store_parameters(machine, unit->scope);
    for (machine->next = 0; machine->next < unit->count;) {
        struct operation operation =
            machine->code->operations[unit->operations + machine->next];

        if (deadline_tick(machine->deadline) || is_over_limit(machine))
            return false;
        machine->operation = unit->operations + machine->next++;
        if (machine->live || is_flow(operation.code))
            operation_table[operation.code](machine, &operation);
    }
    flow_exit(machine);
    return true;
}

/* Pass by pass, until what comes back to the loops' heads is all there. */
static bool run_unit(struct machine *machine, uint32_t number)
{
    const struct unit unit = machine->code->units[number];

    machine->unit = number;
    hold_start(machine);
    env_reset(&machine->states);
    for (uint32_t i = 0; i < unit.labels_count; i++)
        machine->meetings[unit.labels + i] =
            (struct meeting){ .reached = false };
    do {
        if (!run_pass(machine, &unit))
            return false;
    } while (machine->again);
    return true;
}

/* ---- all units ----------------------------------------------------------- */

/*
 * Run what has to, and then what parameters stand for in the light of it: once
 * a round, for a parameter may grow with each of many callers. Arguments go
 * from callers to functions further down as a rule, results come back: so every
 * second round goes upwards.
 */
static bool run_round(struct machine *machine, bool upwards, bool *again)
{
    uint32_t count = (uint32_t)machine->code->units_count;

    *again = false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t unit = upwards ? count - 1 - i : i;

        if (!machine->cells.dirty[unit])
            continue;
        machine->cells.dirty[unit] = 0;
        *again = true;
        if (!run_unit(machine, unit))
            return false;
    }
    return expand_woken(machine);
}

static int complain(const struct machine *machine, struct error *err)
{
    if (machine->values->over_limit)
        return error_set(err, ERROR_LIMIT,
                         "an expression has more than %d possible values",
                         SET_SIZE_MAX);
    if (machine->code->over_limit)
        return error_set(err, ERROR_LIMIT, "more than %u names and attributes",
                         ENV_PLACES_MAX);
    return error_set(err, ERROR_LIMIT, "%s",
                     machine->over_limit ? machine->over_limit
                                         : "analysing it took too long");
}

int machine_run(const struct machine_job *job, struct machine_result *result,
                struct error *err)
{
    struct machine machine = { .code = job->code,
                               .scopes = job->scopes,
                               .values = job->values,
                               .tree = job->tree,
                               .deadline = job->deadline,
                               .result = result,
                               .coarse = job->coarse };
    bool again = true, done = true, upwards = false;

    open_machine(&machine);
    for (; done && again; upwards = !upwards)
        done = run_round(&machine, upwards, &again);
    done = done && !is_over_limit(&machine);
    if (done && job->probe)
        probe_run(&machine, job->probe);
    else if (done)
        export_collect(&machine);
    close_machine(&machine);
    return done ? 0 : complain(&machine, err);
}

struct machine_need machine_need_at(const struct machine_result *result,
                                    uint32_t number)
{
    struct machine_need at;

    memcpy(&at, intern_text(&result->needs, number).bytes, sizeof(at));
    return at;
}

void machine_release(struct machine_result *result)
{
    free(result->sites);
    free(result->exports);
    intern_release(&result->needs);
    *result = MACHINE_RESULT_EMPTY;
}
