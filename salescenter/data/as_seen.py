"""A column that people read from a file as it stands, and from a server as a function of its own tells them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class AsSeen(FunctionElement[Any]):
    """Made of the column and its row's key; a server asks the function `name` of the schema `doors` about the key."""

    inherit_cache = True
    only_on_server = False  # a file has no such thing: NULL


@compiles(AsSeen)
def _on_file(element: AsSeen, compiler: SQLCompiler, **how: Any) -> str:
    return "NULL" if element.only_on_server else compiler.process(next(iter(element.clauses)), **how)


@compiles(AsSeen, "postgresql")
def _on_server(element: AsSeen, compiler: SQLCompiler, **how: Any) -> str:
    return f"doors.{element.name}({compiler.process(list(element.clauses)[1], **how)})"
