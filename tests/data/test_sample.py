"""The sample data is whole: records have their web, the archive is what the script makes, the real one is intact."""

import gzip
import hashlib
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import imagesize
import pytest
import yaml
from warcio.archiveiterator import ArchiveIterator

DATA = Path(__file__).resolve().parents[2] / "data"
RECORDS = sorted((DATA / "articles").iterdir())
RESPONSES = yaml.safe_load((DATA / "web.yml").read_text("utf-8"))["responses"]
RESERVED = re.compile(r"(?:^|\.)(?:example|example\.(?:com|net|org))$")
REAL_SITES = {
    "www.al.com",
    "cloudfront-us-east-1.images.arcpublishing.com",
    "www-ledgerwire-example.cdn.ampproject.org",
}


@pytest.fixture(scope="module")
def web() -> dict[str, bytes]:
    with (DATA / "web.warc.gz").open("rb") as file:
        responses = (record for record in ArchiveIterator(file) if record.rec_type == "response")
        return {
            record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read() for record in responses
        }


def front_matter(path: Path) -> dict[str, Any]:
    text = path.read_bytes().decode()
    fields = yaml.safe_load(text if path.suffix == ".yml" else text.split("---", 2)[1])
    assert isinstance(fields, dict)
    return fields


def test_the_archive_is_what_the_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "web.warc.gz"
    subprocess.run([sys.executable, DATA / "make_web.py", made], check=True, timeout=60)
    # Unpacked: how the same bytes are packed depends on the zlib that Python was built with.
    assert gzip.decompress(made.read_bytes()) == gzip.decompress((DATA / "web.warc.gz").read_bytes())


def test_each_response_can_be_read_alone() -> None:
    packed = (DATA / "web.warc.gz").read_bytes()
    with (DATA / "web.warc.gz").open("rb") as file:
        records = ArchiveIterator(file)
        offsets = [records.get_record_offset() for _ in records]
    assert len(offsets) == len(RESPONSES) + 1
    assert {packed[offset : offset + 2] for offset in offsets} == {b"\x1f\x8b"}


def test_the_real_record_is_byte_for_byte() -> None:
    real = (DATA / "articles/2020-10-20-birmingham-buys-police-software.md").read_bytes()
    assert hashlib.sha256(real).hexdigest() == "da5a306be6df9735ae751c15b3ded79a2f10cebb8b39f051f20e92b9d0022724"


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_every_address_of_a_record_answers(path: Path, web: dict[str, bytes]) -> None:
    fields = front_matter(path)
    names = ("originalUrl", "webUrl", "ampWebUrl", "canonical_url", "canonicalURL")
    addresses = [fields[name] for name in names if name in fields]
    pictures = [picture["url"] for picture in fields.get("images") or ()]
    assert addresses
    assert not {*addresses, *pictures} - web.keys()


@pytest.mark.parametrize("response", [r for r in RESPONSES if "picture" in r], ids=lambda response: response["url"])
def test_a_picture_has_the_size_it_is_given(response: dict[str, Any], web: dict[str, bytes]) -> None:
    width, height = imagesize.get(BytesIO(web[response["url"]]))
    assert f"{width}x{height}" == response["picture"]


def test_every_page_is_served() -> None:
    pages = {path.relative_to(DATA / "pages").as_posix() for path in (DATA / "pages").rglob("*") if path.is_file()}
    assert pages == {response["page"] for response in RESPONSES if "page" in response}


def test_the_sites_are_fictional() -> None:
    hosts = {urlsplit(response["url"]).hostname or "" for response in RESPONSES}
    assert {host for host in hosts if not RESERVED.search(host)} == REAL_SITES


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_the_readme_tells_what_a_record_shows(path: Path) -> None:
    rows = re.findall(r"(?m)^\| `(\S+?)…(\S*)` \|", (DATA / "README.md").read_text("utf-8"))
    assert sum(path.name.startswith(start) and path.name.endswith(end) for start, end in rows) == 1


def test_the_folder_is_small() -> None:
    files = [path for path in DATA.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 400_000
