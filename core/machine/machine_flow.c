/* Operations that decide what runs next, and with which state. */
#include "core/base/memory.h"
#include "core/machine/machine_parts.h"

static void go_to(struct machine *machine, struct meeting *meeting)
{
    meeting->state = meeting->reached
                         ? env_join(&machine->states, machine->values,
                                    meeting->state, machine->state)
                         : machine->state;
    meeting->reached = true;
    env_share(&machine->states);
}

static struct meeting *meeting_of(struct machine *machine, uint32_t label)
{
    return &machine->meetings[label];
}

/* Go on here with what went to the label. */
static void resume_at(struct machine *machine, uint32_t label)
{
    const struct label *at = &machine->code->labels[label];

    machine->live = true;
    machine->state = machine->meetings[label].state;
    machine->stack_count = at->depth;
    machine->handlers_count = at->handlers;
    env_share(&machine->states);
}

void flow_fork(struct machine *machine, const struct operation *operation)
{
    uint32_t truth = operation->b ? operation->b - 1 : 0;
    bool is_sure = operation->b && module_is_sure(machine, truth >> 1);

    if (is_sure && !(truth & 1))
        return;
    go_to(machine, meeting_of(machine, operation->a));
    machine->live = !is_sure;
}

void flow_jump(struct machine *machine, const struct operation *operation)
{
    go_to(machine, meeting_of(machine, operation->a));
    machine->live = false;
}

void flow_label(struct machine *machine, const struct operation *operation)
{
    struct meeting *meeting = meeting_of(machine, operation->a);

    if (!meeting->reached)
        return;
    if (machine->live)
        go_to(machine, meeting);
    resume_at(machine, operation->a);
    meeting->reached = false;
}

/* What came by the way back is kept from one pass to the next. */
void flow_loop(struct machine *machine, const struct operation *operation)
{
    struct meeting *meeting = meeting_of(machine, operation->a);

    if (!machine->live)
        return;
    go_to(machine, meeting);
    resume_at(machine, operation->a);
}

void flow_back(struct machine *machine, const struct operation *operation)
{
    struct meeting *meeting = meeting_of(machine, operation->a);
    uint32_t before = meeting->state;

    machine_publish_variables(machine);
    go_to(machine, meeting);
    machine->again |= meeting->state != before;
    machine->live = false;
}

/* The handlers see what holds here, and what is written from here on. */
void flow_try(struct machine *machine, const struct operation *operation)
{
    go_to(machine, meeting_of(machine, operation->a));
    *ARRAY_PUSH(machine->handlers) = operation->a;
}

void flow_try_end(struct machine *machine, const struct operation *operation)
{
    (void)operation;
    machine->handlers_count--;
}

/* The first way by which somebody came and that did not run yet. */
static uint32_t next_way(const struct machine *machine, uint32_t finally)
{
    uint32_t way = 0;

    while (way < FINALLY_WAYS && !machine->meetings[finally + way].reached)
        way++;
    return way;
}

void flow_finally(struct machine *machine, const struct operation *operation)
{
    uint32_t way = next_way(machine, operation->a);

    machine->meetings[operation->a].way = way;
    if (way == FINALLY_WAYS)
        return;
    resume_at(machine, operation->a + way);
    machine->meetings[operation->a + way].reached = false;
}

void flow_resume(struct machine *machine, const struct operation *operation)
{
    uint32_t way = machine->meetings[operation->a].way;

    if (machine->live && way == FINALLY_RAISED)
        flow_raise(machine, operation);
    else if (machine->live)
        go_to(machine, meeting_of(machine, operation->a + FINALLY_WAYS + way));
    machine->live = false;
    if (next_way(machine, operation->a) < FINALLY_WAYS)
        machine->next = machine->code->labels[operation->a].operation;
}

/* ---- the end of a unit --------------------------------------------------- */

void flow_return(struct machine *machine, const struct operation *operation)
{
    uint32_t set = machine_pop(machine);

    cell_add(&machine->cells, machine->values, CELL_RETURNS,
             machine->code->units[machine->unit].scope, 0, set);
    go_to(machine, operation->a ? meeting_of(machine, operation->a - 1)
                                : &machine->exit);
    machine->live = false;
}

void flow_yield(struct machine *machine, const struct operation *operation)
{
    uint32_t set = machine_pop(machine);

    (void)operation;
    cell_add(&machine->cells, machine->values, CELL_YIELDS,
             machine->code->units[machine->unit].scope, 0, set);
    machine_publish_variables(machine);
    machine_push(machine, SET_EMPTY);
}

void flow_raise(struct machine *machine, const struct operation *operation)
{
    (void)operation;
    machine_publish_variables(machine);
    machine->live = false;
}

void flow_exit(struct machine *machine)
{
    if (machine->live)
        go_to(machine, &machine->exit);
    if (!machine->exit.reached)
        return;
    machine->state = machine->exit.state;
    machine_publish_variables(machine);
    module_end(machine);
}
