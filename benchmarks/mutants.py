"""Break the rules that decide one by one, and see that a test tells.

    python benchmarks/mutants.py [MODULE ...] [--chunk 1/4]

MODULE is one of `RULES` below, all of them by default. Every comparison, condition, number and choice in it is changed
in turn (`<` to `<=`, `and` to `or`, a condition to its contrary, 3 to 4 ...), and the tests of the module are run
until one fails. Printed are the mutants that no test told from the original; the exit status is 1 where there are any.

Tests run in forks of this process, in which the functions that a mutant changes get its code: these are only seen by
tests that call the code themselves. Modules whose tests start the program (`PROGRAM`) are changed in a copy of it.
"""

import argparse
import ast
import copy
import importlib
import io
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from functools import cached_property, partial
from pathlib import Path
from subprocess import run
from types import FunctionType, ModuleType
from typing import Any

import pytest

HOUSE = Path(__file__).parent.parent
RECONCILE = ("case", "completion", "dates", "excerpt", "links", "memory", "names", "pictures")
RULES = {
    "crawler.comparison": ("crawler/test_comparison.py",),
    "crawler.landing": ("crawler/test_landing.py", "pipelines/test_judge.py"),
    "crawler.likeness": ("crawler/test_likeness.py",),
    "crawler.mark": ("crawler/test_mark.py", "crawler/test_message.py", "pipelines/test_judge.py"),
    "crawler.message": ("crawler/test_message.py", "pipelines/test_judge.py"),
    "crawler.namesake": ("crawler/test_namesake.py",),
    "crawler.passage": ("crawler/test_passage.py",),
    "crawler.suspicion": ("crawler/test_suspicion.py",),
    "pipelines.find": ("pipelines/test_find.py",),
    "pipelines.judge": ("pipelines/test_judge.py",),
    "pipelines.reconcile.pipeline": ("pipelines/reconcile/test_pipeline.py",),
    **{f"pipelines.reconcile.{name}": (f"pipelines/reconcile/test_{name}.py",) for name in RECONCILE},
}
PROGRAM = frozenset(("pipelines.reconcile.pictures",))
PATIENCE = 60
"""Seconds after which a mutant has lost itself, which a test would notice, too."""

OPPOSITE = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
TWINS = {"any": "all", "all": "any", "min": "max", "max": "min"}


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in place of a node, each a single change."""
    match node:
        case ast.Compare(ops=[operator]):
            yield ast.Compare(node.left, [OPPOSITE[type(operator)]()], node.comparators)
        case ast.BoolOp(op=operator, values=values):
            yield ast.BoolOp(OPPOSITE[type(operator)](), values)
            rest = [values[:at] + values[at + 1 :] for at in range(len(values))]
            yield from (ast.BoolOp(operator, few) if len(few) > 1 else few[0] for few in rest)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp(op=operator) if type(operator) in OPPOSITE:
            yield ast.BinOp(node.left, OPPOSITE[type(operator)](), node.right)
        case ast.IfExp():
            yield from (node.body, node.orelse)
        case ast.Constant():
            yield from map(ast.Constant, others(node.value))
        case ast.Call(func=ast.Name(id=name)) if name in TWINS:
            yield ast.Call(ast.Name(TWINS[name], ast.Load()), node.args, node.keywords)
        case ast.If():
            yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.comprehension(ifs=[_, *_]):
            yield ast.comprehension(node.target, node.iter, node.ifs[1:], node.is_async)


def others(value: object) -> tuple[object, ...]:
    """Return other values in place of a constant; none for texts, which are told to people."""
    match value:
        case bool():
            return (not value,)
        case int():
            return (value + 1, value - 1)
        case float():
            return (value + 1, value / 2)
    return ()


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, change and whole source of every mutant of a module."""
    tree = ast.parse(source)
    decorators = [one for node in ast.walk(tree) for one in getattr(node, "decorator_list", ())]
    spared = {id(node) for one in decorators for node in ast.walk(one)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in spared:
            continue
        for at, _ in enumerate(changed(node)):
            mutant = copy.deepcopy(tree)
            old = next(node for index, node in enumerate(ast.walk(mutant)) if index == number)
            was, line = ast.unparse(old), getattr(old, "lineno", 0) or old.target.lineno
            new = list(changed(old))[at]
            put(mutant, old, new)
            yield line, f"{was.splitlines()[0][:70]}  ->  {ast.unparse(new).splitlines()[0][:70]}", ast.unparse(mutant)


def put(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    """Put a node in place of another."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                value[:] = [new if one is old else one for one in value]
    ast.fix_missing_locations(tree)


def install(module: ModuleType, source: str) -> None:
    """Let a module, and all that imported from it, run the code of a mutant."""
    fresh = ModuleType(module.__name__)
    fresh.__dict__.update(__file__=module.__file__, __package__=module.__package__)
    exec(compile(source, str(module.__file__), "exec"), fresh.__dict__)
    for name, new in list(vars(fresh).items()):
        if name in vars(module) and not name.startswith("__"):
            swap(vars(module)[name], new, name)


def swap(old: Any, new: Any, name: str) -> None:
    """Give what stands under a name in a module the code, or all who hold it the value, of a mutant."""
    one, other = (bare(value) for value in (old, new))
    if one is other:
        return
    if isinstance(one, FunctionType):
        one.__code__, one.__defaults__, one.__kwdefaults__ = other.__code__, other.__defaults__, other.__kwdefaults__
    elif isinstance(one, type) and one.__module__ == other.__module__:
        for key in vars(other).keys() & vars(one).keys():
            with suppress(AttributeError, TypeError):
                swap(vars(one)[key], vars(other)[key], "")
    elif name and type(one) is type(other) and one != other:
        for module in list(sys.modules.values()):
            if getattr(module, "__name__", "").startswith(("crawler", "pipelines")) and vars(module).get(name) is old:
                setattr(module, name, new)


def bare(value: Any) -> Any:
    """Return the function within a property, a cache or a method of a class."""
    match value:
        case property():
            return value.fget
        case cached_property():
            return value.func
        case classmethod() | staticmethod():
            return value.__func__
    return getattr(value, "__wrapped__", value)


QUIET = ("-q", "-n", "0", "-p", "no:cacheprovider")


def warm_up(tests: list[str]) -> None:
    """Import here what every fork would import anew."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        pytest.main(["--collect-only", *QUIET, *tests])
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", "")).startswith(str(HOUSE / "tests")):
            del sys.modules[name]  # what they make of the rules when they are read, they have to make of a mutant's


def survives(module: ModuleType, source: str, tests: list[str]) -> bool:
    """Tell whether all tests pass with a mutant."""
    child = os.fork()
    if not child:
        signal.alarm(PATIENCE)
        status = 1
        with suppress(BaseException), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            install(module, source)
            status = pytest.main(["-x", *QUIET, *tests])
        os._exit(int(status))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@contextmanager
def copied(module: ModuleType) -> Iterator[Callable[[str, list[str]], bool]]:
    """Copy the program; give what tells whether all tests pass with a mutant in place of a module of the copy."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("crawler", "pipelines", "spiders", "tests", "data", "pyproject.toml"):
            take = shutil.copytree if (HOUSE / part).is_dir() else shutil.copy
            take(HOUSE / part, Path(folder, part))
        file = Path(folder, *module.__name__.split(".")).with_suffix(".py")

        def survives(source: str, tests: list[str]) -> bool:
            file.write_text(source, "utf-8")
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-x",
                *QUIET,
                *(test.replace(str(HOUSE), folder) for test in tests),
            ]
            return not run(command, cwd=folder, env=os.environ | {"PYTHONPATH": folder}, capture_output=True).returncode

        yield survives


@contextmanager
def forked(module: ModuleType) -> Iterator[Callable[[str, list[str]], bool]]:
    """Give what tells whether all tests pass with a mutant in place of a module of this process."""
    yield partial(survives, module)


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=", ".join(RULES))
    parser.add_argument("--chunk", default="1/1", metavar="N/OF", help="every OFth mutant, from the Nth on")
    options = parser.parse_args()
    first, step = map(int, options.chunk.split("/"))
    left = total = 0
    for name in options.modules or RULES:
        module = importlib.import_module(name)
        tests = [str(HOUSE / "tests" / test) for test in RULES[name]]
        source = Path(str(module.__file__)).read_text("utf-8")
        warm_up(tests)
        chosen = list(mutants(source))[first - 1 :: step]
        with (copied if name in PROGRAM else forked)(module) as passes:
            if not passes(source, tests):
                raise SystemExit(f"{name}: the tests fail as it is")
            alive = [(line, change) for line, change, mutant in chosen if passes(mutant, tests)]
        print(f"{name}: {len(chosen)} mutants, {len(alive)} survive", flush=True)
        for line, change in sorted(alive):
            print(f"  {line:4}  {change}", flush=True)
        left, total = left + len(alive), total + len(chosen)
    print(f"{total} mutants, {left} survive")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
