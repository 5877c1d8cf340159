/*
 * What a client says, as values: json-c is called here alone. The bytes may be
 * anything: what is nested deeper than LSP_DEPTH_MAX, or is no JSON in UTF-8,
 * is an error; a value that is missing or of another kind is absent.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_VALUE_H
#define TMPGUARD_CMD_LSP_LSP_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define LSP_DEPTH_MAX 64

/* Part of a message, and valid as long as that; NULL is absent, too. */
struct json_object;

/*
 * Read a message, for lsp_value_free. NULL and *err (ERROR_FORMAT) if it is
 * none.
 */
struct json_object *lsp_value_read(struct text bytes, struct error *err);
void lsp_value_free(struct json_object *message);

/* What stands below it: "textDocument.uri"; NULL if there is none, or null. */
struct json_object *lsp_value_at(struct json_object *value, const char *path);

/* 1 and what it is, or 0. */
int lsp_value_text(struct json_object *value, const char *path,
                   struct text *text);
int lsp_value_number(struct json_object *value, const char *path,
                     int64_t *number);

/* Is it there and true? */
bool lsp_value_is_true(struct json_object *value, const char *path);

/* Of an array; 0 if it is none. */
size_t lsp_value_count(struct json_object *array);
struct json_object *lsp_value_item(struct json_object *array, size_t number);

/* Are they the same text, or the same number? */
bool lsp_value_same(struct json_object *one, struct json_object *other);

#endif
