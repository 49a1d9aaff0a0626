"""Scrapy settings: what every crawl of ours does, and the pipelines in the order in which a visit runs through them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from crawler import __version__, lookup, robots
from crawler.condition import CODINGS
from crawler.config import Config
from crawler.manners import OF_ARCHIVE

BOT_NAME = "recrawl"
SPIDER_MODULES = ["spiders"]

USER_AGENT = f"recrawl/{__version__}"
ROBOTSTXT_USER_AGENT = robots.AGENT

ITEM_PIPELINES = {
    "pipelines.judge.JudgePipeline": 100,  # Visit(Fetch*)         -> Visit + Verdict*
    "pipelines.find.FindPipeline": 200,  # Visit + Verdict*      -> Visit + Evidence*
    "pipelines.reconcile.pipeline.ReconcilePipeline": 300,  # Visit + Evidence*     -> Revision(Change*)
    "pipelines.write.WritePipeline": 400,  # Revision              -> Outcome
}

# A response passes these from the bottom up. What robots.txt or the gate refuses never waits in a queue; the gate comes
# last of them, since a site may have gone down while its robots.txt was awaited.
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.robots.RobotsMiddleware": 50,
    "crawler.middlewares.gate.GateMiddleware": 60,
    "crawler.middlewares.compression.BoundedCompressionMiddleware": 590,
    "crawler.middlewares.redirect.BoundedRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
DOWNLOAD_HANDLERS = {
    "http": "crawler.live.LiveHandler",
    "https": "crawler.live.LiveHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}

# Who may be reached, and who may reach us. Addresses are checked where names are resolved, which a proxy would do
# for us, so none is taken from the environment; RemoteControl runs code that comes in over a port.
RECRAWL_ALLOW_PRIVATE: list[str] = []
RECRAWL_REPLAY: list[str] = []
RECRAWL_RECORD: str | None = None
TWISTED_DNS_RESOLVER = "crawler.resolver.GuardedResolver"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
HTTPPROXY_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
REFERRER_POLICY = "no-referrer"

# Politeness: one request at a time and two seconds between them, for each registered domain; never less.
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 1
SCHEDULER_PRIORITY_QUEUE = "crawler.queue.SiteQueue"
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0
ROBOTSTXT_OBEY = True
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en;q=0.8,*;q=0.5",
    "Accept-Encoding": ", ".join(CODINGS),
}

# Bounds on what one request may take.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 8 * 2**20
DOWNLOAD_WARNSIZE = 0
DNS_TIMEOUT = lookup.TIMEOUT
REDIRECT_MAX_TIMES = 10

# One more attempt, on a fresh connection, for what may have been a hiccup; 429 and 503 are the back-off's.
RETRY_TIMES = 1
RETRY_HTTP_CODES = [408, 500, 502, 504, 522, 524]
RETRY_EXCEPTIONS = ["crawler.fetch.MayPass"]
RETRY_PRIORITY_ADJUST = 0
RETRY_GIVE_UP_LOG_LEVEL = "INFO"

# Every answer is an observation, whatever its status. Scrapy starts CONCURRENT_ITEMS tasks for every response.
HTTPERROR_ALLOW_ALL = True
CONCURRENT_ITEMS = 1

LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(levelname)s %(name)s: %(message)s"
STATS_DUMP = False


def settings_for(config: Config, replay: Sequence[Path], record: Path | None, verbose: int) -> Settings:
    """Translate the configuration of one run to Scrapy settings, over those of this module."""
    settings = Settings()
    settings.setmodule(__name__, priority="project")
    given: dict[str, Any] = {
        "USER_AGENT": config.user_agent,
        "CONCURRENT_REQUESTS": config.concurrency * (1 if replay else _WAITING),
        "CONCURRENT_REQUESTS_PER_DOMAIN": config.per_site,
        "DOWNLOAD_DELAY": 0.0,  # `crawler.pace` keeps it, and what a site asks for beyond it
        "DOWNLOAD_SLOTS": {} if replay else _shares(config),
        "DOWNLOAD_TIMEOUT": config.timeout,
        "DNS_TIMEOUT": min(DNS_TIMEOUT, config.timeout),
        "DOWNLOAD_MAXSIZE": config.max_size,
        "RECRAWL_ALLOW_PRIVATE": list(config.allow_private),
        "LOG_LEVEL": ("WARNING", "WARNING", "INFO", "DEBUG")[min(verbose, 3)],
    }
    handler = _handler(replay, record)
    if handler:
        given["DOWNLOAD_HANDLERS"] = {**DOWNLOAD_HANDLERS, "http": handler, "https": handler}
        given["RECRAWL_REPLAY"] = [str(path) for path in replay]
        given["RECRAWL_RECORD"] = str(record) if record else None
    settings.setdict(given, priority="cmdline")
    return settings


_WAITING = 4
"""Requests that Scrapy may have in hand for each that may be under way: most wait for the turn of their site, and those
of other sites need not wait for them."""


def _shares(config: Config) -> dict[str, dict[str, int]]:
    own = {site: {"concurrency": config.policy(f"https://{site}/").per_site} for site in config.sites}
    return own | {name: {"concurrency": 1} for name in OF_ARCHIVE}


def _handler(replay: Sequence[Path], record: Path | None) -> str | None:
    if replay:
        return "crawler.handlers.ArchiveHandler"
    return "crawler.handlers.RecordingHandler" if record else None
