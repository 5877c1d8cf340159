"""Making a program smaller as long as something stays true of it."""

import ast

STATEMENTS = ("body", "orelse", "finalbody", "handlers", "cases")


def nodes_of(tree):
    """The nodes in an order that stays the same from copy to copy, so that a number is enough to find one again."""
    return list(ast.walk(tree))


def suites(node):
    """(field, list) of the node's statements."""
    for field in STATEMENTS:
        value = getattr(node, field, None)
        if isinstance(value, list):
            yield field, value


def without_statement(tree):
    """Edits that drop a statement, a handler or a case, the larger ones first; or put a body in its place."""
    for number, node in enumerate(nodes_of(tree)):
        for field, suite in suites(node):
            for index, statement in enumerate(suite):
                yield drop_statement, (number, field, index)
                for inner, _ in suites(statement):
                    yield unwrap, (number, field, index, inner)


def drop_statement(tree, number, field, index):
    suite = getattr(nodes_of(tree)[number], field)
    del suite[index]
    if not suite and field == "body":
        suite.append(ast.Pass())


def unwrap(tree, number, field, index, inner):
    suite = getattr(nodes_of(tree)[number], field)
    suite[index:index + 1] = [each for each in getattr(suite[index], inner) if isinstance(each, ast.stmt)]


def without_expression(tree):
    """Edits that put a part of an expression in its place, or drop an item of a list."""
    for number, node in enumerate(nodes_of(tree)):
        for field, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                yield clear, (number, field)
                yield from ((hoist, (number, field, None, part)) for part in range(parts_count(value)))
            if not isinstance(value, list) or field in STATEMENTS:
                continue
            for index, item in enumerate(value):
                yield drop_item, (number, field, index)
                if isinstance(item, ast.expr):
                    yield from ((hoist, (number, field, index, part)) for part in range(parts_count(item)))


def parts(expression):
    return [part for part in ast.iter_child_nodes(expression) if isinstance(part, ast.expr)]


def parts_count(expression):
    return len(parts(expression))


def clear(tree, number, field):
    setattr(nodes_of(tree)[number], field, None)


def drop_item(tree, number, field, index):
    node = nodes_of(tree)[number]
    del getattr(node, field)[index]
    if field == "keys" and hasattr(node, "values"):
        del node.values[index]
    if field in ("kw_defaults", "kwonlyargs", "values") and isinstance(node, ast.Dict):
        del node.keys[index]


def hoist(tree, number, field, index, part):
    node = nodes_of(tree)[number]
    if index is None:
        setattr(node, field, parts(getattr(node, field))[part])
    else:
        items = getattr(node, field)
        items[index] = parts(items[index])[part]


def smaller(text):
    """Texts that are one edit smaller and still programs."""
    seen = {text}
    for edits in (without_statement, without_expression):
        for edit, arguments in edits(ast.parse(text)):
            tree = ast.parse(text)
            try:
                edit(tree, *arguments)
                candidate = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
                compile(candidate, "candidate", "exec")
            except (SyntaxError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
                continue
            if candidate not in seen and len(candidate) < len(text):
                seen.add(candidate)
                yield candidate


def shrink(text, holds, batch=40, rounds=400):
    """The smallest text found for which holds([text, …]) gives the index of one that has it, else None."""
    text = ast.unparse(ast.parse(text)) + "\n"
    if holds([text]) is None:
        return None
    for _ in range(rounds):
        candidates, found = sorted(smaller(text), key=len), None
        for start in range(0, len(candidates), batch):
            some = candidates[start:start + batch]
            found = holds(some)
            if found is not None:
                text = some[found]
                break
        if found is None:
            break
    return text
