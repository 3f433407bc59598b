"""Which fields a parsed template names that a report does not have: a walk over its tree beside an example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from jinja2 import Environment, nodes

# What is known of a value: its fields (dict), what its items are like (list of one), a plain word, or nothing at all.
_WORD: Final = "word"
_ANYTHING: Final = object()
_BRINGING: Final = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_METHODS: Final = frozenset({"items", "keys", "values", "get"})

Scope = dict[str, Any]
Fault = tuple[int, str]


def faults_in(tree: nodes.Template, example: dict[str, Any], environment: Environment) -> list[Fault]:
    """The number of the line and the words of every fault, in order of lines."""
    reader = _Reader(environment)
    scope = {name: _likeness(value) for name, value in example.items()}
    reader.read_all(tree.body, {**scope, "range": _ANYTHING})
    return sorted(reader.faults)


def fields_of(example: dict[str, Any]) -> Iterator[str]:
    """Every field as a template names it: «head.title», «sections[].title»."""
    for name, value in example.items():
        yield from _named(name, _likeness(value))


def _named(name: str, likeness: Any) -> Iterator[str]:
    if isinstance(likeness, dict):
        for key, inner in likeness.items():
            yield from _named(f"{name}.{key}", inner)
    elif isinstance(likeness, list):
        yield from _named(f"{name}[]", likeness[0])
    else:
        yield name


def _likeness(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _likeness(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_of_both(*map(_likeness, value))] if value else [_ANYTHING]
    return _WORD


def _of_both(*kinds: Any) -> Any:
    """What may be asked of a value that is one of several kinds."""
    first = kinds[0]
    if all(isinstance(kind, dict) for kind in kinds):
        names = dict.fromkeys(name for kind in kinds for name in kind)
        return {name: _of_both(*(kind[name] for kind in kinds if name in kind)) for name in names}
    if all(isinstance(kind, list) for kind in kinds):
        return [_of_both(*(kind[0] for kind in kinds))]
    return first if all(kind == first for kind in kinds) else _ANYTHING


class _Reader:
    """Walks a tree with the names in force at each place."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.faults: list[Fault] = []

    def read_all(self, body: list[nodes.Node], scope: Scope) -> None:
        for node in body:
            self.read(node, scope)

    def read(self, node: nodes.Node, scope: Scope) -> Any:
        """What is known of the value of a node; faults are noted on the way."""
        match node:
            case nodes.For():
                self._read_loop(node, scope)
            case nodes.Assign():
                self._name(node.target, self.read(node.node, scope), scope)
            case nodes.Macro():
                inner = {argument.name: _ANYTHING for argument in node.args}
                scope[node.name] = _ANYTHING
                self.read_all(node.body, {**scope, **inner, "caller": _ANYTHING})
            case nodes.Name():
                return self._read_name(node, scope)
            case nodes.Getattr() | nodes.Getitem():
                return self._read_field(node, scope)
            case nodes.Test() if node.name in {"defined", "undefined"}:
                return _WORD
            case _:
                self._read_other(node, scope)
        return _ANYTHING

    def _read_loop(self, node: nodes.For, scope: Scope) -> None:
        many = self.read(node.iter, scope)
        one = many[0] if isinstance(many, list) else _ANYTHING
        inner = {**scope, "loop": _ANYTHING}
        self._name(node.target, one, inner)
        self.read_all(node.body, inner)
        self.read_all(node.else_, scope)

    def _name(self, target: nodes.Node, value: Any, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        for name in target.find_all(nodes.Name):
            scope.setdefault(name.name, _ANYTHING)

    def _read_name(self, node: nodes.Name, scope: Scope) -> Any:
        if node.name not in scope:
            self._note(node, f"Поля «{node.name}» нет")
            return _ANYTHING
        return scope[node.name]

    def _read_field(self, node: nodes.Getattr | nodes.Getitem, scope: Scope) -> Any:
        whole = self.read(node.node, scope)
        if isinstance(node, nodes.Getitem):
            self.read(node.arg, scope)
            if not isinstance(node.arg, nodes.Const) or not isinstance(node.arg.value, str):
                return whole[0] if isinstance(whole, list) else _ANYTHING
            name = node.arg.value
        else:
            name = node.attr
        told = f"{_told(node.node)}.{name}"
        if name.startswith("_"):
            self._note(node, f"Обращение «{told}» не разрешено")
        elif isinstance(whole, dict):
            if name in whole:
                return whole[name]
            if name not in _METHODS:
                self._note(node, f"Поля «{told}» нет")
        elif (whole is _WORD and not hasattr("", name)) or isinstance(whole, list):
            self._note(node, f"Поля «{told}» нет")
        return _ANYTHING

    def _read_other(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, _BRINGING):
            self._note(node, "Шаблон не может брать другие файлы")
            return
        if isinstance(node, nodes.Filter) and node.name not in self._environment.filters:
            self._note(node, f"Преобразования «{node.name}» нет")
        if isinstance(node, nodes.Test) and node.name not in self._environment.tests:
            self._note(node, f"Проверки «{node.name}» нет")
        for child in node.iter_child_nodes():
            self.read(child, scope)

    def _note(self, node: nodes.Node, words: str) -> None:
        self.faults.append((node.lineno, words))


def _told(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_told(node.node)}.{node.attr}"
    return "…"
