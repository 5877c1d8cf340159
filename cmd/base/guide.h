/*
 * The rule in our words: paragraphs and an example, plain or as Markdown.
 */
#ifndef TMPGUARD_CMD_BASE_GUIDE_H
#define TMPGUARD_CMD_BASE_GUIDE_H

#include "core/base/buffer.h"
#include "core/rule/rule.h"

#define GUIDE_NAME "Insecure temporary file"

/* What is wrong with the functions. */
#define GUIDE_ABOUT                                                            \
    "A program that asks for the name of a file that does not exist yet, and " \
    "then opens it, leaves a gap. In a folder where others may write, such "   \
    "as /tmp, anybody can put a file or a link there in between, and the "     \
    "program then reads, overwrites or creates what they chose (CWE-377). "    \
    "Functions that create the file themselves leave no gap."

/* Python, before and after; each line ends with a newline. */
#define GUIDE_BEFORE                                                           \
    "path = tempfile.mktemp(suffix=\".txt\")\n"                                \
    "with open(path, \"w\") as file:\n"                                        \
    "    file.write(text)\n"
#define GUIDE_AFTER                                                            \
    "with tempfile.NamedTemporaryFile(\"w\", suffix=\".txt\") as file:\n"      \
    "    file.write(text)\n"

#define GUIDE_EXCUSE                                                           \
    "A call that is safe for a reason that the analysis cannot see is "        \
    "excused by a comment on its line that gives the reason:"
#define GUIDE_COMMENT "# tmpguard: ignore[" RULE_ID "] reason"

/* All of it, with the remedy of each function, as text or as Markdown. */
void guide_text(struct buffer *out);
void guide_markdown(struct buffer *out);

#endif
