"""The guard: the Scrapy settings without which a crawl could be pointed at the inside, or run by somebody else.

A project's settings can be overridden from the command line, the environment and add-ons. None of that may switch off
by accident what keeps a crawl safe: a crawl begins only where all of it is as it must be.
"""

from typing import Any, Final

from crawler.errors import UsageError

RESOLVER: Final = "crawler.resolver.GuardedResolver"
HANDLERS: Final = frozenset(
    {"crawler.live.LiveHandler", "crawler.handlers.ArchiveHandler", "crawler.handlers.RecordingHandler"}
)
MIDDLEWARES: Final = frozenset({
    "crawler.middlewares.robots.RobotsMiddleware",
    "crawler.middlewares.gate.GateMiddleware",
    "crawler.middlewares.compression.BoundedCompressionMiddleware",
    "crawler.middlewares.redirect.BoundedRedirectMiddleware",
})  # fmt: skip
SWITCHES: Final = {
    "TWISTED_REACTOR_ENABLED": True,  # without it another HTTP client is used, which resolves names by itself
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "HTTPPROXY_ENABLED": False,  # a proxy resolves names
    "COOKIES_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "HTTPCACHE_ENABLED": False,  # it holds pickles, and what a page was is no observation
    "TELNETCONSOLE_ENABLED": False,  # it runs what it is told
    "REMOTE_CONTROL_ENABLED": False,  # so does this
}
"""What must be on, or off."""

LIMITS: Final = ("DOWNLOAD_MAXSIZE", "DOWNLOAD_TIMEOUT", "DNS_TIMEOUT", "REDIRECT_MAX_TIMES", "CONCURRENT_REQUESTS")
"""Numbers of which 0 would mean that there is no limit."""

_FORBIDDEN: Final = ("HttpProxyMiddleware", "CookiesMiddleware", "HttpAuthMiddleware", "MetaRefreshMiddleware")


def check(settings: Any) -> None:
    """Raise UsageError that names the first setting of a crawl (`scrapy.settings.BaseSettings`) that must not be so."""
    for problem in _problems(settings):
        raise UsageError(f"{problem}: recrawl does not run without its guards")


def _problems(settings: Any) -> list[str]:
    found = [
        f"the setting {name} must be {must}" for name, must in SWITCHES.items() if settings.getbool(name) is not must
    ]
    found += [f"the setting {name} must be more than 0" for name in LIMITS if not settings.getfloat(name) > 0]
    if settings["TWISTED_DNS_RESOLVER"] != RESOLVER or settings.getpriority("DNS_RESOLVER"):
        found.append(f"the setting TWISTED_DNS_RESOLVER must be {RESOLVER}")
    if settings.getpriority("DOWNLOADER_CLIENTCONTEXTFACTORY"):
        found.append("the setting DOWNLOADER_CLIENTCONTEXTFACTORY must be left alone")
    if settings["JOBDIR"]:
        found.append("the setting JOBDIR must be left alone, since it holds pickles")
    for scheme, handler in settings.getwithbase("DOWNLOAD_HANDLERS").items():
        if handler is not None and (scheme not in ("http", "https") or _name(handler) not in HANDLERS):
            found.append(f"the setting DOWNLOAD_HANDLERS must have nothing else for {scheme}")
    return found + _of_middlewares(settings.getwithbase("DOWNLOADER_MIDDLEWARES"))


def _of_middlewares(given: Any) -> list[str]:
    used = {_name(middleware) for middleware, place in given.items() if place is not None}
    missing = [f"the setting DOWNLOADER_MIDDLEWARES lacks {name}" for name in sorted(MIDDLEWARES - used)]
    return missing + [
        f"the setting DOWNLOADER_MIDDLEWARES must not have {name}"
        for name in sorted(used)
        if name.rpartition(".")[2] in _FORBIDDEN
    ]


def _name(component: Any) -> str:
    return component if isinstance(component, str) else f"{component.__module__}.{component.__qualname__}"
