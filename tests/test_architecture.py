"""Who may import whom: the rules that keep the parts of the house apart (docs/architecture.md), read from the code."""

import ast
import sys
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
PACKAGES = ("crawler", "spiders", "pipelines")

SHELL = {
    "crawler.__main__",
    "crawler.addons",
    "crawler.cli",
    "crawler.cluster",
    "crawler.commands",
    "crawler.crew",
    "crawler.diagnosis",
    "crawler.extraction",
    "crawler.handlers",
    "crawler.listening",
    "crawler.live",
    "crawler.middlewares",
    "crawler.pages",
    "crawler.progress",
    "crawler.queue",
    "crawler.resolver",
    "crawler.rot",
    "crawler.run",
    "crawler.settings",
    "crawler.terminal",
    "crawler.warc",
    "crawler.wire",
}
"""The parts of `crawler` that run things: they may import everything, and nothing but themselves imports them."""

LIBRARIES = {
    "babel",
    "dateutil",
    "idna",
    "imagesize",
    "lxml",
    "parsel",
    "persiantools",
    "publicsuffixlist",
    "protego",
    "rapidfuzz",
    "selectolax",
    "w3lib",
    "yaml",
}
"""What nouns and pipelines may use beside the standard library."""

ALSO = {
    "crawler.charset": {"charset_normalizer"},
    "crawler.config": {"pydantic", "pydantic_core"},
    "crawler.links": {"markdown_it"},
    "crawler.report": {"click"},
    "crawler.report.rot.html": {"jinja2"},
    "crawler.starter": {"jinja2"},
    "pipelines.gauge": {"scrapy"},
    "pipelines.reconcile.pipeline": {"scrapy"},
    "pipelines.write": {"scrapy"},
    "spiders": {"scrapy", "twisted"},
}
"""What some parts may use beyond that: each knows best what it is for."""


def name_of(file):
    parts = file.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(file): file for package in PACKAGES for file in sorted((HOUSE / package).rglob("*.py"))}


def imports(module):
    """Yield the full name of all that a module imports, wherever in it."""
    file = MODULES[module]
    package = module.split(".") if file.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in MODULES else base


def is_in(module, places):
    return any(module == place or module.startswith(f"{place}.") for place in places)


def ours(module):
    return (found for found in imports(module) if found.split(".")[0] in PACKAGES)


def test_the_rules_are_read_from_real_code():
    assert {"crawler.url", "crawler.config", "crawler.state.database", "spiders", "pipelines"} <= MODULES.keys()
    assert set(imports("crawler.config.check")) >= {"pydantic", "crawler.place", "crawler.config.document"}
    assert "crawler.frontmatter" in set(imports("crawler.state"))
    assert "publicsuffixlist" in set(imports("crawler.url"))


@pytest.mark.parametrize(("one", "other"), [("pipelines", "spiders"), ("spiders", "pipelines")])
def test_spiders_and_pipelines_do_not_know_each_other(one, other):
    modules = [module for module in MODULES if is_in(module, {one})]
    assert [module for module in modules if any(is_in(found, {other}) for found in ours(module))] == []


@pytest.mark.parametrize("module", [module for module in MODULES if not is_in(module, SHELL)])
def test_nobody_but_the_shell_imports_the_shell(module):
    assert [found for found in ours(module) if is_in(found, SHELL)] == []


@pytest.mark.parametrize("module", [module for module in MODULES if is_in(module, {"crawler"} - SHELL)])
def test_crawler_imports_neither_spiders_nor_pipelines(module):
    assert is_in(module, SHELL) or [found for found in ours(module) if not is_in(found, {"crawler"})] == []


@pytest.mark.parametrize("module", [module for module in MODULES if not is_in(module, SHELL)])
def test_only_the_shell_uses_other_libraries_than_those_agreed_on(module):
    allowed = LIBRARIES | {library for part, more in ALSO.items() if is_in(module, {part}) for library in more}
    used = {found.split(".")[0] for found in imports(module)}
    assert used - sys.stdlib_module_names - set(PACKAGES) - allowed == set()


def test_every_package_is_packaged():
    packaged = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    assert {module for module, file in MODULES.items() if file.name == "__init__.py"} == set(packaged)
