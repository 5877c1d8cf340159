/*
 * Text in XML 1.0, and in HTML: well-formed whatever the bytes, and nothing
 * that a terminal would obey.
 */
#ifndef TMPGUARD_CMD_TERMINAL_XML_H
#define TMPGUARD_CMD_TERMINAL_XML_H

#include "core/base/buffer.h"
#include "core/base/text.h"

/*
 * Append it, for an element or between quotation marks. Control characters are
 * character references; those that XML does not allow are shown as \x1b, and
 * what is not UTF-8 as U+FFFD.
 */
void xml_text(struct buffer *out, struct text text);

/* Append ` name="value"`. */
void xml_attribute(struct buffer *out, const char *name, const char *value);

#endif
