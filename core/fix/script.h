/*
 * A file as repairs see it: its tree, what stands around each node, and which
 * variable each name is, by the scopes of the language.
 */
#ifndef TMPGUARD_CORE_FIX_SCRIPT_H
#define TMPGUARD_CORE_FIX_SCRIPT_H

#include "core/syntax/scope.h"

/* What an identifier does. */
enum role {
    ROLE_NONE,   /* it names no variable: an attribute, a keyword */
    ROLE_LOAD,   /* the variable is read, */
    ROLE_STORE,  /* bound or deleted, */
    ROLE_IMPORT, /* or bound by an import */
};

/* Open with script_open; the bytes must outlive it. */
struct script {
    struct source source;
    struct syntax tree;
    struct scopes scopes;
    uint32_t module;    /* scope */
    uint32_t *parents;  /* of each node; of the module: itself */
    uint32_t *homes;    /* the scope that the node is evaluated in */
    uint8_t *roles;     /* enum role of each identifier */
    uint32_t *symbols;  /* of each identifier */
    uint32_t *heads;    /* the first identifier of each symbol, */
    uint32_t *nexts;    /* and the next one with the same */
    size_t heads_count; /* symbols that the file has */
    bool passes_stars;  /* star imports are taken to bring nothing */
};

/*
 * Returns 0, or -1 with ERROR_LIMIT and a closed script if the file is over a
 * limit.
 */
int script_open(struct script *script, struct text bytes,
                const struct deadline *deadline, struct error *err);

/* Give the memory back; closing twice is fine. */
void script_close(struct script *script);

uint32_t script_parent(const struct script *script, uint32_t node);

/* The bytes of a node as they stand. */
struct text script_text(const struct script *script, uint32_t node);

/* Is it an identifier of that text? */
bool script_is_name(const struct script *script, uint32_t node,
                    const char *name);

/* The first identifier of that text in the file, or SYNTAX_NONE; then the
   next one. */
uint32_t script_first(struct script *script, struct text name);
uint32_t script_next(const struct script *script, uint32_t identifier);

/* The scope whose variable an identifier is; SCOPE_NONE: a builtin, or what a
   star import brings. */
uint32_t script_owner(const struct script *script, uint32_t identifier);

/* The scope that `name` would belong to in the scope `from`. */
uint32_t script_lookup(struct script *script, uint32_t from, struct text name);

/* Does some scope from `from` outwards have a star import? */
bool script_has_star(const struct script *script, uint32_t from);

/* The statement that holds the node: a child of a block or of the module. */
uint32_t script_statement(const struct script *script, uint32_t node);

/* The statement behind it in the same block, or SYNTAX_NONE. */
uint32_t script_following(const struct script *script, uint32_t statement);

/* The innermost function, class or module that the node stands in, by its
   node: no comprehension and no lambda. */
uint32_t script_body(const struct script *script, uint32_t node);

/* Does the node `inner` stand in `outer`, or is it that? */
bool script_within(const struct script *script, uint32_t inner, uint32_t outer);

/* What stands before the statement on its line, if that is blank; else false.
 */
bool script_indent(const struct script *script, uint32_t statement,
                   struct text *indent);

/* Move *at, the end of a statement, over blanks to the comment or the line end
   behind it; false if there is other code. */
bool script_line_rest(const struct script *script, uint32_t *at);

/* Where the next line begins, from a comment or line end on; or the end. */
uint32_t script_line_after(const struct script *script, uint32_t at);

/* Does a line end there, or nothing stand before it? */
bool script_ends_line(const struct script *script, uint32_t at);

/* The line end that the file has: that of its first line. */
struct text script_line_end(const struct script *script);

#endif
