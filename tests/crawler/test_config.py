import dataclasses
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.config import NAME, Config, Pins, SitePolicy, find, load
from crawler.errors import ConfigError
from crawler.layout import SMARTABLE, Key
from crawler.presets import PRESETS


@pytest.fixture
def written(tmp_path):
    def write(text):
        file = tmp_path / NAME
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write


def refusal(file):
    with pytest.raises(ConfigError) as caught:
        load(file)
    return str(caught.value).replace(f"{file.parent}/", "")


def test_an_empty_file_asks_for_nothing(written):
    file = written("# nothing yet\n")
    assert load(file) == Config(state=file.parent / ".recrawl")


def test_every_key_reaches_the_configuration(written):
    file = written(
        """
contact: https://example.org/bot
delay: 5
per_site: 2
concurrency: 8
timeout: 12.5
max_size: 1000000
allow_private: [127.0.0.1/8, "fd00::/8"]
preset: hugo
fields:
  url: canonical_url
  image: [cover.image, 'og["x.y"]']
pin:
  fields: [title, provider.name]
  files: ["*.draft.md", archive/**]
sites:
  al.com: {delay: 9, per_site: 1}
  example.co.uk: {skip: true}
write: [title, site]
related: true
state: ../state
"""
    )
    folder = file.parent
    config = load(file)
    assert config.user_agent.endswith(" (+https://example.org/bot)")
    assert dataclasses.replace(config, user_agent="") == Config(
        user_agent="",
        delay=5.0,
        per_site=2,
        concurrency=8,
        timeout=12.5,
        max_size=1_000_000,
        allow_private=("127.0.0.0/8", "fd00::/8"),
        preset="hugo",
        fields={Key.URL: (("canonical_url",),), Key.IMAGE: (("cover", "image"), ("og", "x.y"))},
        pin=Pins((Key.TITLE, ("provider", "name")), ("*.draft.md", f"{folder}/archive/**")),
        sites={"al.com": {"delay": 9.0, "per_site": 1}, "example.co.uk": {"skip": True}},
        write=frozenset({Key.TITLE, Key.SITE, Key.DOMAIN}),
        related=True,
        state=folder / "../state",
    )


def test_one_value_stands_for_a_list_of_one(written):
    config = load(written("allow_private: 10.0.0.0/8\nwrite: updated\npin: {fields: title, files: a.md}\n"))
    assert config.allow_private == ("10.0.0.0/8",)
    assert config.write == {Key.UPDATED}
    assert config.pin == Pins((Key.TITLE,), ("a.md",))


def test_a_user_agent_of_ones_own_stands_as_it_is(written):
    assert load(written('user_agent: "newsbot/2"\ncontact: me@example.org\n')).user_agent == "newsbot/2"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("delay: fast", 'delay: must be a number of seconds, 0 or more (is "fast")'),
        ("delay: -1", "delay: must be a number of seconds, 0 or more (is -1)"),
        ("delay: true", "delay: must be a number of seconds, 0 or more (is true)"),
        ('delay: "2"', 'delay: must be a number of seconds, 0 or more (is "2")'),
        ("delay: .inf", "delay: must be a number of seconds, 0 or more (is Infinity)"),
        ("delay:", "delay: must be a number of seconds, 0 or more (is empty)"),
        ("timeout: 0", "timeout: must be a number of seconds, more than 0 (is 0)"),
        ("per_site: 1.5", "per_site: must be a whole number, 1 or more (is 1.5)"),
        ("concurrency: 0", "concurrency: must be a whole number, 1 or more (is 0)"),
        ("max_size: 5 MB", 'max_size: must be a number of bytes, 1 or more (is "5 MB")'),
        ("related: maybe", 'related: must be true or false (is "maybe")'),
        ("contact: 2020-10-20", 'contact: must be an http(s) or mail address, in ASCII (is "2020-10-20")'),
        ("contact: nobody", 'contact: must be an http(s) or mail address, in ASCII (is "nobody")'),
        ("user_agent: böt", 'user_agent: must be one line of ASCII (is "böt")'),
        ('user_agent: "a\\r\\nX-Evil: 1"', r'user_agent: must be one line of ASCII (is "a\r\nX-Evil: 1")'),
        ("allow_private: [10.0.0.0/33]", "allow_private[0]: must be a network such as 10.0.0.0/8, or a list of them"),
        ("preset: hugoo", 'must be one of smartable, astro, eleventy, hugo, decap, obsidian, jekyll (is "hugoo", did'),
        ("preset: hugoo", 'did you mean "hugo"?'),
        ("fields: {publised: date}", 'fields.publised: unknown key, did you mean "published"?'),
        ("fields: {image: a..b}", "fields.image: must be a key path such as cover.image, or a list of them"),
        ("fields: {image: []}", "fields.image: must be a key path such as cover.image, or a list of them (is a list)"),
        ("fields: [url]", "fields: must be a mapping of keys to values (is a list)"),
        ("pin: title", 'pin: must be a mapping of keys to values (is "title")'),
        ("pin: {field: title}", 'pin.field: unknown key, did you mean "fields"?'),
        (
            "sites: {www.al.com: {}}",
            'must be a registered domain such as al.com (is "www.al.com", did you mean "al.com"',
        ),
        ("sites: {al.com: {delya: 1}}", 'sites["al.com"].delya: unknown key, did you mean "delay"?'),
        ("sites: {al.com: 3}", 'sites["al.com"]: must be a mapping of keys to values (is 3)'),
        ("write: [titel]", 'write[0]: must be one of title, updated, site (is "titel", did you mean "title"?)'),
        ("state: ''", 'state: must be a folder (is "")'),
        ("dealy: 1", 'dealy: unknown key, did you mean "delay"?'),
        ("zzz: 1", "zzz: unknown key; known are contact, user_agent, delay,"),
        ("[1]", "must be a mapping of keys to values (is a list)"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_key(written, line, said):
    assert refusal(written(f"\n# a comment\n{line}\n")).startswith(f"{NAME}:{1 if line == '[1]' else 3}: ")
    assert said in refusal(written(f"\n# a comment\n{line}\n"))


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_file(written):
    text = "related: 1\nfields:\n  title: name\n  ulr: link\ndelay: slow\n\nsites:\n  al.com:\n    skip: 1\n"
    lines = refusal(written(text)).splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{NAME}:{line}" for line in (1, 4, 5, 9)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("delay: 1\n delay2: [\n", ":2: it is not valid YAML"),
        ("delay: 1\ndelay: 2\n", ":2: delay is given twice, first in line 1"),
        ("a: 1\nb: &x 1\nc: *x\n", ":2: aliases (*), anchors (&) and tags (!) are not read here"),
        (
            "delay: !!python/object/apply:os.system [true]\n",
            ":1: aliases (*), anchors (&) and tags (!) are not read here",
        ),
        ("? [a, b]\n: 1\n", ":1: a key must be a word"),
        ("delay: 1\n---\ndelay: 2\n", "more than one YAML document"),
        ("a: " + "[" * 100_000, ":1: it is nested more than 64 levels deep"),
        ("# " + "x" * 2**20, "it is larger than 1,048,576 bytes"),
        (b"delay: 1\nstate: caf\xe9\n", ":2: it is not UTF-8"),
        ("delay: 1\nstate: \x07\n", ":2: YAML does not allow U+0007"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(written, text, said):
    assert said in refusal(written(text))


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(written):
    file = written(b"\xef\xbb\xbfdelay: 3\r\nper_site: 2\r\n")
    assert (load(file).delay, load(file).per_site) == (3.0, 2)
    assert ":2: per_site" in refusal(written(b"\xef\xbb\xbfdelay: 3\r\nper_site: x\r\n"))


@pytest.mark.parametrize(
    "line",
    [
        "contact: https://me:hunter2@example.org/",
        "contact: https://example.org/?a=1&api_key=hunter2",
        "contact: {url: 'https://me:hunter2@example.org/'}",
        "token: hunter2",
        "password: hunter2",
        "proxy: http://me:hunter2@proxy.example.org",
        "http_proxy: hunter2",
        "headers: {Authorization: hunter2}",
    ],
)
def test_secrets_are_refused_and_not_repeated(written, line):
    said = refusal(written(line))
    assert "secrets are read from the environment only" in said
    assert "hunter2" not in said


def test_the_file_is_found_at_the_first_path_and_above_up_to_the_repository(tmp_path):
    posts = tmp_path / "repository" / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "a.md").touch()
    (tmp_path / NAME).write_text("delay: 7\n")
    paths = [posts / "a.md", posts, posts / "2020-*.md", posts / "**" / "x.md"]
    assert [find([path]).delay for path in paths] == [7] * 4
    (tmp_path / "repository" / ".git").mkdir()
    assert [find([path]).delay for path in paths] == [Config.delay] * 4
    (tmp_path / "repository" / NAME).write_text("delay: 8\n")
    assert [find([path]).delay for path in paths] == [8] * 4
    (posts / NAME).write_text("delay: 9\n")
    assert [find([path]).delay for path in paths] == [9] * 4
    assert find([posts], tmp_path / NAME).delay == 7


def test_the_state_is_kept_beside_the_configuration_else_at_the_first_path(tmp_path, monkeypatch):
    posts = tmp_path / "posts"
    posts.mkdir()
    (posts / "a.md").touch()
    (tmp_path / ".git").mkdir()
    assert find([posts / "a.md"]).state == posts / ".recrawl"
    assert find([posts / "*.md"]).state == posts / ".recrawl"
    (tmp_path / NAME).write_text("delay: 7\n")
    assert find([posts / "a.md"]).state == tmp_path / ".recrawl"
    monkeypatch.chdir(posts)
    assert find([Path("a.md")]).state.resolve() == tmp_path / ".recrawl"
    (tmp_path / NAME).write_text("state: ~/kept\n")
    assert find([posts]).state == Path.home() / "kept"


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        find([tmp_path], tmp_path / "other.yml")


def test_a_message_names_the_file_as_seen_from_here(written, monkeypatch):
    file = written("delay: x\n")
    monkeypatch.chdir(file.parent)
    with pytest.raises(ConfigError, match=rf"^{re.escape(NAME)}:1: delay"):
        find([Path()])


def test_a_site_is_asked_by_its_own_rules_where_it_has_some():
    config = Config(delay=2, sites={"al.com": {"delay": 9.0}, "example.co.uk": {"skip": True}})
    assert config.policy("https://www.al.com/x") == SitePolicy(9.0, 1)
    assert config.policy("https://blog.example.co.uk/") == SitePolicy(2, 1, skip=True)
    assert config.policy("https://other.org/") == SitePolicy(2, 1)


def test_a_records_layout_is_the_preset_or_the_detected_one_with_the_names_of_the_file():
    fields = {"pubDate": "2024-01-02", "link": "https://a.org/1", "cover": {"image": "https://a.org/1.jpg"}}
    assert Config().layout(fields) == PRESETS["astro"]
    assert Config(preset="jekyll").layout(fields) == PRESETS["jekyll"]
    own = Config(fields={Key.IMAGE: (("cover", "image"),)}).layout(fields)
    assert own.name == "astro"
    assert own.place(Key.IMAGE, fields) == ("cover", "image")
    assert own.place(Key.IMAGE, {}) == ("cover", "image")


@pytest.mark.parametrize(
    ("path", "is_pinned"),
    [
        ("posts/2020-draft.md", True),
        ("archive/a.md", True),
        ("archive/deep/a.md", True),
        ("posts/archive/a.md", False),
        ("posts/a.md", False),
        ("posts/index.md", True),
        ("index.md", True),
    ],
)
def test_files_are_pinned_by_name_or_by_path(written, path, is_pinned):
    file = written('pin: {files: ["*-draft.md", index.md, "archive/*"]}\n')
    assert load(file).pin.has_file(file.parent / path) is is_pinned


def test_a_folder_with_the_marks_of_a_pattern_is_meant_as_it_is_written(tmp_path):
    folder = tmp_path / "[2020]"
    folder.mkdir()
    (folder / NAME).write_text("pin: {files: posts/*.md}\n")
    assert load(folder / NAME).pin.has_file(folder / "posts" / "a.md")


@pytest.mark.parametrize(
    ("pin", "place", "is_pinned"),
    [
        (Key.TITLE, ("title",), True),
        (Key.TITLE, ("excerpt",), False),
        (Key.TITLE, ("related", 2, "title"), True),
        (Key.IMAGE, ("images", 0, "width"), True),
        (Key.IMAGE, ("images",), True),
        (Key.IMAGE, ("images", 1), True),
        (Key.PUBLISHED, ("publishedDateTime",), True),
        (Key.RELATED, ("related", 0, "images", 0, "url"), True),
        (("provider",), ("provider", "name"), True),
        (("provider", "name"), ("provider",), True),
        (("provider", "name"), ("provider", "domain"), False),
        (("related", 1), ("related", 0, "title"), False),
    ],
)
def test_a_pinned_field_is_pinned_with_all_that_holds_it_and_stands_in_it(pin, place, is_pinned):
    assert Pins((pin,)).has_field(place, SMARTABLE) is is_pinned


def test_importing_the_configuration_does_not_import_what_reads_it():
    code = "import sys, crawler.config; sys.exit('pydantic' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ})


def test_the_manual_explains_every_key(request):
    manual = (request.config.rootpath / "docs" / "configuration.md").read_text()
    for key in ("contact", *(field.name for field in dataclasses.fields(Config)), *Key, *PRESETS):
        assert f"`{key}`" in manual, key
