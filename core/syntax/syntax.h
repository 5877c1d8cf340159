/*
 * The syntax of one file, from tree-sitter, as a flat array: nodes in
 * pre-order, each knowing where the next one that is not inside it stands. So
 * every walk is a loop, whatever the nesting.
 *
 * Only named nodes are kept, and unnamed ones that have a field (operators).
 */
#ifndef TMPGUARD_CORE_SYNTAX_SYNTAX_H
#define TMPGUARD_CORE_SYNTAX_SYNTAX_H

#include <stdint.h>

#include "core/base/deadline.h"
#include "core/base/error.h"
#include "core/source/source.h"

/* The kinds that matter, by their names in tree-sitter-python, sorted. */
#define SYNTAX_KINDS(KIND)                                                     \
    KIND(ERROR, "ERROR")                                                       \
    KIND(ALIASED_IMPORT, "aliased_import")                                     \
    KIND(ARGUMENT_LIST, "argument_list")                                       \
    KIND(AS_PATTERN, "as_pattern")                                             \
    KIND(AS_PATTERN_TARGET, "as_pattern_target")                               \
    KIND(ASSERT, "assert_statement")                                           \
    KIND(ASSIGNMENT, "assignment")                                             \
    KIND(ATTRIBUTE, "attribute")                                               \
    KIND(AUGMENTED_ASSIGNMENT, "augmented_assignment")                         \
    KIND(AWAIT, "await")                                                       \
    KIND(BINARY_OPERATOR, "binary_operator")                                   \
    KIND(BLOCK, "block")                                                       \
    KIND(BOOLEAN_OPERATOR, "boolean_operator")                                 \
    KIND(BREAK, "break_statement")                                             \
    KIND(CALL, "call")                                                         \
    KIND(CASE_CLAUSE, "case_clause")                                           \
    KIND(CASE_PATTERN, "case_pattern")                                         \
    KIND(CLASS, "class_definition")                                            \
    KIND(CLASS_PATTERN, "class_pattern")                                       \
    KIND(CONCATENATED_STRING, "concatenated_string")                           \
    KIND(CONDITIONAL, "conditional_expression")                                \
    KIND(CONTINUE, "continue_statement")                                       \
    KIND(DECORATED, "decorated_definition")                                    \
    KIND(DECORATOR, "decorator")                                               \
    KIND(DEFAULT_PARAMETER, "default_parameter")                               \
    KIND(DELETE, "delete_statement")                                           \
    KIND(DICT_PATTERN, "dict_pattern")                                         \
    KIND(DICTIONARY, "dictionary")                                             \
    KIND(DICTIONARY_COMPREHENSION, "dictionary_comprehension")                 \
    KIND(DICTIONARY_SPLAT, "dictionary_splat")                                 \
    KIND(DICTIONARY_SPLAT_PATTERN, "dictionary_splat_pattern")                 \
    KIND(DOTTED_NAME, "dotted_name")                                           \
    KIND(ELIF_CLAUSE, "elif_clause")                                           \
    KIND(ELSE_CLAUSE, "else_clause")                                           \
    KIND(EXCEPT_CLAUSE, "except_clause")                                       \
    KIND(EXEC, "exec_statement")                                               \
    KIND(EXPRESSION_LIST, "expression_list")                                   \
    KIND(EXPRESSION_STATEMENT, "expression_statement")                         \
    KIND(FALSE, "false")                                                       \
    KIND(FINALLY_CLAUSE, "finally_clause")                                     \
    KIND(FOR_IN_CLAUSE, "for_in_clause")                                       \
    KIND(FOR, "for_statement")                                                 \
    KIND(FUNCTION, "function_definition")                                      \
    KIND(FUTURE_IMPORT, "future_import_statement")                             \
    KIND(GENERATOR_EXPRESSION, "generator_expression")                         \
    KIND(GLOBAL, "global_statement")                                           \
    KIND(IDENTIFIER, "identifier")                                             \
    KIND(IF_CLAUSE, "if_clause")                                               \
    KIND(IF, "if_statement")                                                   \
    KIND(IMPORT_FROM, "import_from_statement")                                 \
    KIND(IMPORT_PREFIX, "import_prefix")                                       \
    KIND(IMPORT, "import_statement")                                           \
    KIND(INTEGER, "integer")                                                   \
    KIND(INTERPOLATION, "interpolation")                                       \
    KIND(KEYWORD_ARGUMENT, "keyword_argument")                                 \
    KIND(KEYWORD_PATTERN, "keyword_pattern")                                   \
    KIND(KEYWORD_SEPARATOR, "keyword_separator")                               \
    KIND(LAMBDA, "lambda")                                                     \
    KIND(LAMBDA_PARAMETERS, "lambda_parameters")                               \
    KIND(LIST, "list")                                                         \
    KIND(LIST_COMPREHENSION, "list_comprehension")                             \
    KIND(LIST_PATTERN, "list_pattern")                                         \
    KIND(LIST_SPLAT, "list_splat")                                             \
    KIND(LIST_SPLAT_PATTERN, "list_splat_pattern")                             \
    KIND(MATCH, "match_statement")                                             \
    KIND(MODULE, "module")                                                     \
    KIND(NAMED_EXPRESSION, "named_expression")                                 \
    KIND(NONE, "none")                                                         \
    KIND(NONLOCAL, "nonlocal_statement")                                       \
    KIND(NOT_OPERATOR, "not_operator")                                         \
    KIND(PAIR, "pair")                                                         \
    KIND(PARAMETERS, "parameters")                                             \
    KIND(PARENTHESIZED, "parenthesized_expression")                            \
    KIND(PASS, "pass_statement")                                               \
    KIND(PATTERN_LIST, "pattern_list")                                         \
    KIND(POSITIONAL_SEPARATOR, "positional_separator")                         \
    KIND(PRINT, "print_statement")                                             \
    KIND(RAISE, "raise_statement")                                             \
    KIND(RELATIVE_IMPORT, "relative_import")                                   \
    KIND(RETURN, "return_statement")                                           \
    KIND(SET, "set")                                                           \
    KIND(SET_COMPREHENSION, "set_comprehension")                               \
    KIND(SLICE, "slice")                                                       \
    KIND(SPLAT_PATTERN, "splat_pattern")                                       \
    KIND(STRING, "string")                                                     \
    KIND(STRING_CONTENT, "string_content")                                     \
    KIND(SUBSCRIPT, "subscript")                                               \
    KIND(TRUE, "true")                                                         \
    KIND(TRY, "try_statement")                                                 \
    KIND(TUPLE, "tuple")                                                       \
    KIND(TUPLE_PATTERN, "tuple_pattern")                                       \
    KIND(TYPE_ALIAS, "type_alias_statement")                                   \
    KIND(TYPE_PARAMETER, "type_parameter")                                     \
    KIND(TYPED_DEFAULT_PARAMETER, "typed_default_parameter")                   \
    KIND(TYPED_PARAMETER, "typed_parameter")                                   \
    KIND(UNARY_OPERATOR, "unary_operator")                                     \
    KIND(UNION_PATTERN, "union_pattern")                                       \
    KIND(WHILE, "while_statement")                                             \
    KIND(WILDCARD_IMPORT, "wildcard_import")                                   \
    KIND(WITH_CLAUSE, "with_clause")                                           \
    KIND(WITH_ITEM, "with_item")                                               \
    KIND(WITH, "with_statement")                                               \
    KIND(YIELD, "yield")
#define SYNTAX_FIELDS(FIELD)                                                   \
    FIELD(ALIAS, "alias")                                                      \
    FIELD(ALTERNATIVE, "alternative")                                          \
    FIELD(ARGUMENT, "argument")                                                \
    FIELD(ARGUMENTS, "arguments")                                              \
    FIELD(ATTRIBUTE, "attribute")                                              \
    FIELD(BODY, "body")                                                        \
    FIELD(CONDITION, "condition")                                              \
    FIELD(CONSEQUENCE, "consequence")                                          \
    FIELD(DEFINITION, "definition")                                            \
    FIELD(FUNCTION, "function")                                                \
    FIELD(GUARD, "guard")                                                      \
    FIELD(KEY, "key")                                                          \
    FIELD(LEFT, "left")                                                        \
    FIELD(MODULE_NAME, "module_name")                                          \
    FIELD(NAME, "name")                                                        \
    FIELD(OBJECT, "object")                                                    \
    FIELD(OPERATOR, "operator")                                                \
    FIELD(PARAMETERS, "parameters")                                            \
    FIELD(RETURN_TYPE, "return_type")                                          \
    FIELD(RIGHT, "right")                                                      \
    FIELD(SUBJECT, "subject")                                                  \
    FIELD(SUBSCRIPT, "subscript")                                              \
    FIELD(SUPERCLASSES, "superclasses")                                        \
    FIELD(TYPE, "type")                                                        \
    FIELD(VALUE, "value")
#define SYNTAX_KIND_NAME(name, text)  NODE_##name,
#define SYNTAX_FIELD_NAME(name, text) FIELD_##name,

enum node_kind { SYNTAX_KINDS(SYNTAX_KIND_NAME) NODE_OTHER, NODE_KINDS };
enum node_field { SYNTAX_FIELDS(SYNTAX_FIELD_NAME) FIELD_NONE, NODE_FIELDS };

/*
 * More than this of the parser's memory is over the limit: 256 MiB, in bytes.
 * Code needs some 30 bytes a byte, the worst that fits into a file ten times
 * as much; what comes behind the parser adds up to as much again.
 */
#define SYNTAX_MEMORY_MAX ((size_t)256 << 20)

/*
 * Deeper trees are over the limit. CPython gives up far earlier: it compiles
 * no expression of some ten thousand operators in each other.
 */
#define SYNTAX_DEPTH_MAX 200000

/* Offsets are bytes of source.code; `after` is the node behind the subtree. */
struct node {
    uint8_t kind, field; /* enum node_kind, enum node_field */
    uint32_t start, end, after;
};

/* No node, and no child: node 0 is the module, which is nobody's child. */
#define SYNTAX_NONE 0

struct syntax {
    const struct source *source;
    struct node *nodes;
    size_t nodes_count, nodes_room;
    uint32_t *errors; /* nodes that are wrong or that something misses in */
    size_t errors_count, errors_room;
};

/*
 * Parse the source, which must outlive the tree.
 * Returns 0, or -1 with ERROR_LIMIT if the deadline passed meanwhile, the
 * parser took too much memory, or the tree is too deep.
 */
int syntax_parse(struct syntax *tree, const struct source *source,
                 const struct deadline *deadline, struct error *err);

/* The first child of a node, or SYNTAX_NONE. */
uint32_t syntax_first(const struct syntax *tree, uint32_t node);

/* The child of `parent` behind its child `node`, or SYNTAX_NONE. */
uint32_t syntax_next(const struct syntax *tree, uint32_t parent, uint32_t node);

/* The first child with that field (that kind), or SYNTAX_NONE. */
uint32_t syntax_field(const struct syntax *tree, uint32_t node,
                      enum node_field field);
uint32_t syntax_child(const struct syntax *tree, uint32_t node,
                      enum node_kind kind);

enum node_kind syntax_kind(const struct syntax *tree, uint32_t node);

/* Is there a syntax error within the node? */
bool syntax_has_error(const struct syntax *tree, uint32_t node);

/* The code of a node: comments are blank in it. */
struct text syntax_text(const struct syntax *tree, uint32_t node);

/* Give the memory back; releasing twice is fine. */
void syntax_release(struct syntax *tree);

#endif
