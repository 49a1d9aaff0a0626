"""How well a link check tells pages from answers to nothing, where servers say 200 to everything (soft 404s).

Hosts are made up, each with its own words, layout and addresses, and one of five ways to answer where nothing is: it
repeats the address, shows advertisements that change with every look, shows what its search finds, or a list of its
stories; or all of it is a shell that scripts fill, the same at every address, of which nothing can be told. None of
these says in any words that nothing was found. Half of the links of a host are stories that are there.

    python benchmarks/soft404.py [--hosts 200] [--links 50] [--seed 1]

prints precision and recall of what is called dead, by way, and the requests that were made beside those for the links.
All traffic is on loopback.
"""

import argparse
import asyncio
import multiprocessing
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path
from random import Random

from aiohttp import web

WAYS = ("echo", "ads", "search", "listing", "shell")
SYLLABLES = re.findall("..", "baceediifoguhajekilomunapeqirosutavewixoyuza")


@dataclass(frozen=True)
class Host:
    """One made-up site; all that it shows comes from its number and the seed."""

    number: int
    seed: int

    @property
    def address(self) -> str:
        """Where it is."""
        return f"127.{20 + self.number // 250}.0.{1 + self.number % 250}"

    @property
    def way(self) -> str:
        """How it answers where nothing is."""
        return WAYS[self.number % len(WAYS)]

    def random(self, *of: object) -> Random:
        """Return what decides on one thing, the same whenever it is asked."""
        return Random(f"{self.seed}/{self.number}/{of}")

    def word(self, *of: object) -> str:
        """Return a word of its language."""
        random = self.random("word", *of)
        return "".join(random.choices(SYLLABLES, k=random.randint(2, 4)))

    def words(self, count: int, *of: object) -> list[str]:
        """Return words of its language."""
        random = self.random("words", *of)
        return [self.word(random.randrange(900)) for _ in range(count)]

    def sentences(self, count: int, *of: object) -> str:
        """Return sentences of them."""
        lengths = self.random("lengths", *of)
        made = (" ".join(self.words(lengths.randint(6, 18), *of, number)) for number in range(count))
        return " ".join(f"{one.capitalize()}." for one in made)

    def title(self, story: int) -> str:
        """Return the headline of a story."""
        return " ".join(self.words(self.random("title", story).randint(4, 8), "title", story)).capitalize()

    def path(self, story: int) -> str:
        """Return the address of a story, in the notation of this host."""
        random = self.random("path", story)
        slug = "-".join(self.title(story).lower().split()[:7])
        day = f"{random.randint(2015, 2024)}/{random.randint(1, 12):02}/{random.randint(1, 28):02}"
        notations = (f"/{day}/{slug}", f"/news/{slug}.html", f"/story/{slug}-{random.randint(10_000, 99_999)}",
                     f"/article/{random.randint(10_000, 99_999)}", f"/?p={random.randint(1000, 99_999)}")  # fmt: skip
        return notations[self.random("notation").randrange(len(notations))]

    def page(self, name: str, body: str) -> str:
        """Return a page in its layout."""
        random = self.random("layout")
        site = self.word("site").capitalize()
        forms = (f"{name} | {site}", f"{site} - {name}", name, f"{site}: news of {self.word('town')}")
        title = forms[random.randrange(len(forms))] if name else site
        links = "".join(f"<a href='/{word}'>{word}</a> " for word in self.words(random.randint(5, 30), "nav"))
        foot = self.sentences(random.randint(1, 6), "foot")
        heading = f"<h1>{name}</h1>" if name and random.random() < 0.9 else ""
        return (
            f"<!doctype html><html><head><title>{title}</title><script src='/s.js'></script></head><body>"
            f"<nav>{links}</nav><main>{heading}{body}</main><footer>{foot}</footer></body></html>"
        )

    def story(self, story: int) -> str:
        """Return the page of a story."""
        count = self.random("size", story).choice((3, 8, 20, 60))
        paragraphs = (f"<p>{self.sentences(3, 'story', story, number)}</p>" for number in range(count))
        return self.page(self.title(story), "".join(paragraphs))

    def teasers(self, count: int, random: Random) -> str:
        """Return what leads to some stories."""
        stories = [random.randrange(10_000) for _ in range(count)]
        return "".join(f"<h3>{self.title(one)}</h3><p>{self.sentences(1, 'tease', one)}</p>" for one in stories)

    def nothing(self, asked: str) -> str:
        """Return what it says where nothing is."""
        random = Random()
        if self.way == "echo":
            return self.page("", f"<p>{self.sentences(2, 'echo')}</p><p>{asked}</p><p>{self.sentences(1, 'more')}</p>")
        if self.way == "ads":
            offers = (
                f"<div>{' '.join(self.words(6, random.random()))} {random.randrange(99)}</div>" for _ in range(12)
            )
            return self.page("", f"<p>{self.sentences(2, 'ads')}</p>{''.join(offers)}")
        if self.way == "search":
            known = {self.word(number): number for number in range(900)}
            found = sorted(known[word] for word in set(re.findall(r"[a-z]+", asked)) if known.get(word, 1) % 2 == 0)
            stories = "".join(f"<h3>{self.title(one)}</h3><p>{self.sentences(2, 'tease', one)}</p>" for one in found)
            return self.page(f"{self.word('search')} {asked}", stories)
        return self.page(self.word("list").capitalize(), self.teasers(15, self.random("listing")))

    def shell(self) -> str:
        """Return what scripts are to fill."""
        site = self.word("site").capitalize()
        return f"<!doctype html><title>{site}</title><div id='app'></div><script src='/{self.word('js')}.js'></script>"

    def answer(self, asked: str, stories: dict[str, int]) -> str:
        """Return what it says at an address."""
        if self.way == "shell":
            return self.shell()
        if asked == "/":
            return self.page(f"{self.word('front')} {self.word('page')}", self.teasers(20, self.random("front")))
        return self.story(stories[asked]) if asked in stories else self.nothing(asked)


def serve(hosts: list[Host], links: int, port: "Queue[int]", asked: "Queue[str]") -> None:
    """Answer for all hosts, and tell what was asked."""
    by_address = {host.address: host for host in hosts}
    stories = {host.address: {host.path(story): story for story in range(0, links, 2)} for host in hosts}

    async def answer(request: web.Request) -> web.Response:
        address = request.host.partition(":")[0]
        if request.path == "/robots.txt":
            return web.Response(status=404)
        asked.put(f"{address}{request.raw_path}")
        body = by_address[address].answer(request.raw_path, stories[address])
        return web.Response(text=body, content_type="text/html")

    async def run() -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "0.0.0.0", 0, backlog=1024)  # all of 127.0.0.0/8
        await site.start()
        port.put(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


def check(urls: list[str]) -> dict[str, tuple[str, str]]:
    """Return state and verdict of each URL."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "urls.txt").write_text("\n".join(urls))
        options = "--format tsv --strikes 1 --allow-private 127.0.0.0/8 --delay 0 --per-site 5 --quiet"
        command = [sys.executable, "-m", "crawler", "check", "--urls", "urls.txt", *options.split()]
        out = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, check=False).stdout
    rows = (line.split("\t") for line in out.splitlines())
    return {url: (state, verdict) for state, verdict, url, *_ in rows}


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--links", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", action="store_true", help="Name what was told wrongly.")
    options = parser.parse_args()
    hosts = [Host(number, options.seed) for number in range(options.hosts)]
    port: Queue[int] = multiprocessing.Queue()
    asked: Queue[str] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(hosts, options.links, port, asked), daemon=True)
    server.start()
    at = port.get(timeout=60)
    truth = {
        f"http://{host.address}:{at}{host.path(story)}": (host.way, story % 2 == 0)
        for host in hosts
        for story in range(options.links)
    }
    found = check(list(truth))
    requests = Counter(asked.get() for _ in range(asked.qsize()))
    server.terminate()
    report(truth, found, options.wrong)
    links = {url.partition("://")[2].replace(f":{at}", "") for url in truth}
    extra = sum(requests.values()) - len(links)
    print(f"{len(truth)} links, {extra} requests beside those for them: {extra / len(truth):.3f} for each")


def report(truth: dict[str, tuple[str, bool]], found: dict[str, tuple[str, str]], wrong: bool) -> None:
    """Print what was found, by way."""
    tally: dict[str, Counter[tuple[bool, str]]] = defaultdict(Counter)
    for url, (way, is_there) in truth.items():
        state, verdict = found.get(url, ("", "missing"))
        tally[way][is_there, verdict] += 1
        if wrong and way != "shell" and (verdict == "dead") is is_there:
            print(f"{way}: {url} is {verdict} ({state})")
    print("| way | there: alive, unsure, dead | not there: dead, unsure, alive | precision | recall |")
    print("|---|---|---|--:|--:|")
    soft = Counter[tuple[bool, str]]()
    for way in WAYS:
        if way != "shell":
            soft.update(tally[way])
        print(line(way, tally[way]))
    print(line("all but shell", soft))


def line(way: str, tally: Counter[tuple[bool, str]]) -> str:
    """Return one row of the table."""
    there = ", ".join(str(tally[True, verdict]) for verdict in ("alive", "unsure", "dead"))
    missing = ", ".join(str(tally[False, verdict]) for verdict in ("dead", "unsure", "alive"))
    right, called = tally[False, "dead"], tally[False, "dead"] + tally[True, "dead"]
    of = sum(count for (is_there, _), count in tally.items() if not is_there)
    precision = f"{right / called:.4f}" if called else "-"
    return f"| {way} | {there} | {missing} | {precision} | {right / of:.4f} |"


if __name__ == "__main__":
    main()
