"""The guards of a crawl: no setting that Scrapy's command line, or the environment, gives switches one off."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler import guard, settings
from crawler.config import Config
from crawler.errors import UsageError

BYPASSES = {
    "TWISTED_REACTOR_ENABLED": "False",
    "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingThreadedResolver",
    "DNS_RESOLVER": "scrapy.resolver.CachingThreadedResolver",
    "DOWNLOAD_VERIFY_CERTIFICATES": "0",
    "DOWNLOADER_CLIENTCONTEXTFACTORY": "scrapy.core.downloader.contextfactory.ScrapyClientContextFactory",
    "HTTPPROXY_ENABLED": "True",
    "COOKIES_ENABLED": "True",
    "METAREFRESH_ENABLED": "1",
    "HTTPCACHE_ENABLED": "True",
    "TELNETCONSOLE_ENABLED": "True",
    "REMOTE_CONTROL_ENABLED": "True",
    "JOBDIR": "jobs",
    "DOWNLOAD_MAXSIZE": "0",
    "DOWNLOAD_TIMEOUT": "0",
    "DNS_TIMEOUT": "0",
    "REDIRECT_MAX_TIMES": "0",
    "CONCURRENT_REQUESTS": "0",
    "DOWNLOAD_HANDLERS": '{"file": "scrapy.core.downloader.handlers.file.FileDownloadHandler"}',
    "DOWNLOADER_MIDDLEWARES": "{}",
}


@pytest.mark.parametrize("name", BYPASSES)
def test_a_setting_that_would_switch_off_a_guard_is_refused(name):
    given = settings.settings_for(Config(), (), None, 0)
    given.set(name, BYPASSES[name], priority="cmdline")
    with pytest.raises(UsageError, match="does not run without its guards"):
        guard.check(given)


HANDLERS, MIDDLEWARES = settings.DOWNLOAD_HANDLERS, settings.DOWNLOADER_MIDDLEWARES


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DOWNLOAD_HANDLERS", HANDLERS | {"https": "scrapy.core.downloader.handlers.http2.H2DownloadHandler"}),
        ("DOWNLOAD_HANDLERS", HANDLERS | {"ftp": "scrapy.core.downloader.handlers.ftp.FTPDownloadHandler"}),
        ("DOWNLOADER_MIDDLEWARES", MIDDLEWARES | {"crawler.middlewares.gate.GateMiddleware": None}),
        ("DOWNLOADER_MIDDLEWARES", MIDDLEWARES | {"scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750}),
    ],
)
def test_nor_may_a_part_be_left_out_or_another_put_in(name, value):
    given = settings.settings_for(Config(), (), None, 0)
    given.set(name, value, priority="cmdline")
    with pytest.raises(UsageError, match=name):
        guard.check(given)


def test_our_own_settings_are_well():
    guard.check(settings.settings_for(Config(), (), None, 0))
    guard.check(settings.settings_for(Config(), (Path("a.warc.gz"),), None, 0))
    guard.check(settings.settings_for(Config(), (), Path("a.warc.gz"), 0))


def test_those_of_scrapy_are_not():
    with pytest.raises(UsageError):
        guard.check(Settings())


@pytest.mark.parametrize("name", ["DOWNLOAD_HANDLERS", "TWISTED_DNS_RESOLVER", "REMOTE_CONTROL_ENABLED"])
def test_scrapy_crawl_asks_nobody_then(name, web, article, record, tmp_path):
    record(web.page("/story", article()))
    shutil.copy(Path(__file__).parents[2] / "scrapy.cfg", tmp_path)
    words = ["crawl", "refresh", "-a", "paths=articles", "-s", f"{name}={BYPASSES[name]}", "-s"]
    command = [sys.executable, "-m", "scrapy", *words, "RECRAWL_ALLOW_PRIVATE=127.0.0.0/8"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert "does not run without its guards" in done.stderr
    assert web.asked == []
