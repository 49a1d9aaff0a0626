"""`recrawl init`: what is found in folders of every kind, what is written, and that what is written works."""

import json
import os
import re
import shlex
import subprocess
from importlib.resources import files
from itertools import islice
from shutil import which

import jsonschema
import pytest
import yaml
from cronsim import CronSim

from crawler import config, corpus
from crawler.cli import status
from crawler.exit import Exit
from crawler.layout import Key

URL = "https://www.example.com/2021/05/story-{}"
LAYOUTS = {
    "smartable": 'title: A\nexcerpt: B\noriginalUrl: "{url}"\npublishedDateTime: 2021-05-01T10:00:00Z\n',
    "hugo": "title: A\ndraft: false\ndate: 2021-05-01\ncanonicalURL: {url}\n",
    "jekyll": "layout: post\ntitle: A\ncanonical_url: {url}\ndate: 2021-05-01 10:00:00 +0000\n",
    "astro": "title: A\npubDate: 2021-05-01\nheroImage: https://www.example.com/a.jpg\ncanonicalURL: {url}\n",
    "decap": "templateKey: link\ntitle: A\nlink: {url}\n",
    "obsidian": "cssclasses: [clip]\ntitle: A\nsource: {url}\n",
    "eleventy": "eleventyNavigation: {{key: a}}\ntitle: A\nlink: {url}\n",
}
"""Front matter of each kind that can be told."""


@pytest.fixture
def folder(tmp_path):
    """A folder in a repository."""
    (tmp_path / "site/.git").mkdir(parents=True)
    found = tmp_path / "site/content"
    found.mkdir()
    return found


@pytest.fixture
def fill():
    def fill(folder, text, number=3):
        for name in range(number):
            (folder / f"{name}.md").write_text(f"---\n{text.format(url=URL.format(name))}---\nText.\n")
        return folder

    return fill


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_kind_of_records_is_told(name, folder, fill, capsys):
    fill(folder, LAYOUTS[name])
    assert status(["init", str(folder)]) == Exit.WELL
    made = config.load(folder / "recrawl.yml")
    assert made.preset == name
    assert [corpus.read(folder / f"{n}.md", made).url for n in range(3)] == [URL.format(n) for n in range(3)]
    said = capsys.readouterr().out
    assert f"3 are records of articles ({name} 3)" in said
    assert re.search(r"title +title +3 of 3", said)
    assert f"recrawl run --dry-run {folder}" in said


def test_where_records_differ_no_kind_is_settled(folder, fill):
    fill(folder, LAYOUTS["jekyll"], 4)
    (folder / "x.md").write_text(f"---\n{LAYOUTS['astro'].format(url=URL)}---\n")
    assert status(["init", str(folder)]) == Exit.WELL
    assert config.load(folder / "recrawl.yml").preset is None


@pytest.mark.parametrize("name", LAYOUTS)
def test_all_that_is_commented_out_is_valid_too_and_names_what_was_found(name, folder, fill):
    fill(folder, LAYOUTS[name] + 'seo: {{"og:image": https://www.example.com/p.jpg}}\n')
    status(["init", "--contact", "https://example.org/bot", str(folder)])
    file = folder / "recrawl.yml"
    file.write_text(re.sub(r"^# ( *[a-z_.]+:.*)$", r"\1", file.read_text(), flags=re.MULTILINE))
    made = config.load(file)
    assert made.user_agent.endswith("(+https://example.org/bot)")
    assert made.fields[Key.TITLE] == (("title",),)
    assert corpus.read(folder / "0.md", made).url == URL.format(0)
    assert made.sites["example.com"] == {"skip": True}


def test_a_name_that_no_layout_knows_is_found_by_what_it_holds(folder, fill, capsys):
    fill(folder, "headline: A\narticle_link: {url}\n")
    assert status(["init", str(folder)]) == Exit.WELL
    assert config.load(folder / "recrawl.yml").fields[Key.URL] == (("article_link",),)
    assert "`article_link` has the addresses" in capsys.readouterr().out
    assert status(["run", "--dry-run", str(folder)]) == Exit.WELL
    assert "3 records, 3 due" in capsys.readouterr().out


def test_a_known_name_without_a_mark_of_its_kind_settles_the_kind(folder, fill):
    fill(folder, "title: A\nexternal_url: {url}\n")
    status(["init", str(folder)])
    made = config.load(folder / "recrawl.yml")
    assert made.preset
    assert corpus.read(folder / "1.md", made).url == URL.format(1)


@pytest.mark.parametrize("text", ["", "title: no address\n"])
def test_where_there_is_no_record_it_is_said_what_to_do(text, folder, fill, capsys):
    fill(folder, text, 2 if text else 0)
    assert status(["init", str(folder)]) == Exit.WELL
    config.load(folder / "recrawl.yml")
    said = capsys.readouterr().out
    assert ("2 files, all looked at" if text else "no file that could hold a record") in said
    assert "name under `fields: url:` in recrawl.yml the key" in said


def test_files_that_cannot_be_read_are_named(folder, fill, capsys):
    fill(folder, LAYOUTS["hugo"])
    (folder / "broken.md").write_text("---\ntitle: [\n---\n")
    assert status(["init", str(folder)]) == Exit.WELL
    assert "broken.md:" in capsys.readouterr().out


def test_a_large_folder_is_judged_by_a_sample(folder, fill, capsys):
    fill(folder, LAYOUTS["hugo"], 900)
    assert status(["init", str(folder)]) == Exit.WELL
    assert "900 files, 400 of them looked at" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["recrawl.yml", "recrawl.cron"])
def test_nothing_is_overwritten_unless_it_is_asked_for(name, folder, fill, capsys):
    fill(folder, LAYOUTS["hugo"])
    (folder / name).write_text("delay: 7\n")
    before = {path.name for path in folder.iterdir()}
    words = ["init", str(folder), *(["--with", "cron"] if name.endswith("cron") else [])]
    assert status(words) == Exit.USAGE
    assert "--force" in capsys.readouterr().err
    assert {path.name for path in folder.iterdir()} == before
    assert (folder / name).read_text() == "delay: 7\n"
    assert status([*words, "--force"]) == Exit.WELL
    assert "delay: 7" not in (folder / name).read_text()


def test_a_configuration_above_holds_and_is_kept_where_only_a_schedule_is_asked_for(folder, fill, capsys):
    fill(folder, LAYOUTS["hugo"])
    above = folder.parent / "recrawl.yml"
    above.write_text("state: kept\n")
    assert status(["init", str(folder)]) == Exit.USAGE
    assert f"{above} is there already" in capsys.readouterr().err
    assert status(["init", str(folder), "--with", "github"]) == Exit.WELL
    assert not (folder / "recrawl.yml").exists()
    assert workflow(folder)["env"]["STATE"] == "kept"


@pytest.mark.parametrize("words", [["--contact", "nobody"], ["--with", "windows"], ["nowhere"]])
def test_a_wrong_call_writes_nothing(words, folder):
    assert status(["init", *words] if words == ["nowhere"] else ["init", str(folder), *words]) == Exit.USAGE
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(recrawl):
    result = recrawl("init", "/proc/self")
    assert result.status == Exit.FAILED
    assert "/proc/self/recrawl.yml: it cannot be written" in result.err


ODD = ["plain", "with space", "50% & 'quoted' \"twice\"", "$HOME\\n", "Æther;#"]
"""Names of folders that shells, crontabs and unit files have a meaning of their own for."""


@pytest.mark.parametrize("name", ODD)
def test_the_crontab_line_is_called_by_cron_as_it_is_meant(name, folder):
    odd = folder / name
    odd.mkdir()
    assert status(["init", str(odd), "--with", "cron"]) == Exit.WELL
    (line,) = [line for line in (odd / "recrawl.cron").read_text().splitlines() if not line.startswith("#")]
    *fields, called = line.split(maxsplit=5)
    assert list(islice(CronSim(" ".join(fields), corpus_time()), 2))
    # What cron makes of it before sh gets it: an unescaped % ends the command (crontab(5)).
    assert not re.search(r"(?<!\\)%", called)
    done = subprocess.run(["sh", "-c", called.replace("\\%", "%")], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (odd / ".recrawl/state.sqlite3").is_file()


def corpus_time():
    from crawler.job import utc_now

    return utc_now()


@pytest.mark.parametrize("name", ODD)
def test_the_timer_that_is_to_be_enabled_is_the_one_that_was_written(name, folder, capsys):
    odd = folder / name
    odd.mkdir()
    assert status(["init", str(odd), "--with", "systemd"]) == Exit.WELL
    (timer,) = odd.glob("*.timer")
    assert f"systemctl --user enable --now {timer.name}\n" in capsys.readouterr().out


@pytest.mark.skipif(which("systemd-analyze") is None, reason="there is no systemd-analyze")
@pytest.mark.parametrize("name", ODD)
def test_systemd_takes_the_units(name, folder, tmp_path):
    odd = folder / name
    odd.mkdir()
    assert status(["init", str(odd), "--with", "systemd"]) == Exit.WELL
    units = sorted(odd.glob("recrawl-*"))
    assert [unit.suffix for unit in units] == [".service", ".timer"]
    words = ["systemd-analyze", "verify", "--user", "--man=no", *map(str, units)]
    done = subprocess.run(words, capture_output=True, text=True, env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, "")
    (command,) = re.findall(r"^ExecStart=(.*)$", units[0].read_text(), flags=re.MULTILINE)
    # systemd.service(5): quotes and backslashes as in C, %% and $$ for themselves.
    assert shlex.split(command.replace("%%", "%").replace("$$", "$"))[-1] == str(odd)


def workflow(folder):
    text = (folder.parent / ".github/workflows/recrawl.yml").read_text()
    return yaml.load(text, yaml.BaseLoader)  # `on` is a word there, as GitHub reads it


@pytest.mark.parametrize("name", ["content", "my 'odd' %name"])
def test_github_takes_the_workflow(name, tmp_path):
    (tmp_path / ".git").mkdir()
    folder = tmp_path / name
    folder.mkdir()
    assert status(["init", str(folder), "--with", "github"]) == Exit.WELL
    found = workflow(folder)
    schema = json.loads((files("check_jsonschema") / "builtin_schemas/vendor/github-workflows.json").read_text())
    typed = yaml.safe_load((tmp_path / ".github/workflows/recrawl.yml").read_text())
    typed["on"] = typed.pop(True)
    jsonschema.validate(typed, schema)
    assert found["env"]["RECORDS"] == name
    assert list(islice(CronSim(found["on"]["schedule"][0]["cron"], corpus_time()), 2))


class Repository:
    """A repository on this machine with a workflow, of which the steps of git are run as a runner does."""

    def __init__(self, folder):
        self.folder, self.origin = folder, folder / "origin.git"
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.origin), cwd=folder)
        self.mine = self.clone("mine")
        (self.mine / "content").mkdir()

    def git(self, *words, cwd=None):
        named = ("-c", "user.name=Me", "-c", "user.email=me@example.org")
        done = subprocess.run(["git", *named, *words], cwd=cwd or self.mine, capture_output=True, text=True, check=True)
        return done.stdout

    def clone(self, name):
        self.git("clone", "--quiet", str(self.origin), name, cwd=self.folder)
        return self.folder / name

    def push(self, text):
        """Have a person write a record on the default branch."""
        (self.mine / "content/a.md").write_text(text)
        self.git("add", ".")
        self.git("commit", "--quiet", "--message=mine")
        self.git("push", "--quiet", "origin", "HEAD:main")

    def run(self, number, write):
        """Have the workflow run, and ``write`` stand in for what recrawl would do; return the record before that."""
        found = workflow(self.mine / "content")
        checkout = self.clone(f"runner-{number}")
        steps = {step["name"]: step["run"] for step in found["jobs"]["refresh"]["steps"] if "name" in step}
        environment = os.environ | found["env"] | {"GITHUB_REF_NAME": "main"}
        for name in ("Go on with the branch", "Commit what has changed"):
            if name.startswith("Commit"):
                before = (checkout / "content/a.md").read_text()
                write(checkout / "content/a.md")
            words = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", steps[name]]
            subprocess.run(words, cwd=checkout, env=environment, check=True, capture_output=True)
        return before

    def show(self, branch):
        return self.git("--git-dir", str(self.origin), "show", f"{branch}:content/a.md")


def test_the_workflow_commits_to_its_branch_and_goes_on_with_it(tmp_path):
    repository = Repository(tmp_path)
    assert status(["init", str(repository.mine / "content"), "--with", "github"]) == Exit.WELL
    lines = "".join(f"line {number}\n" for number in range(20))
    repository.push(f"excerpt: cut\n{lines}title: A\n")
    assert "excerpt: cut" in repository.run(1, lambda path: path.write_text(f"excerpt: whole\n{lines}title: A\n"))
    assert repository.show("recrawl") == f"excerpt: whole\n{lines}title: A\n"
    assert repository.show("main") == f"excerpt: cut\n{lines}title: A\n"
    # A person changes another line, then the same one: both are in what the next runs begin with.
    repository.push(f"excerpt: cut\n{lines}title: B\n")
    assert repository.run(2, lambda path: None) == f"excerpt: whole\n{lines}title: B\n"
    repository.push(f"excerpt: mine\n{lines}title: B\n")
    assert repository.run(3, lambda path: None) == f"excerpt: mine\n{lines}title: B\n"
    assert repository.show("recrawl") == f"excerpt: mine\n{lines}title: B\n"
