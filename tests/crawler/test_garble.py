import pytest

from crawler.garble import has_lost, readings

TEXT = "Die Müllabfuhr in Köln fährt öfter – „endlich“, sagt die Bürgermeisterin."
RUSSIAN = "Договор подписан поздно вечером во вторник."


def kept(text, charset):
    """Read bytes as browsers do, which keep those that a charset leaves undefined."""
    return "".join(chr(byte) if byte in b"\x81\x8d\x8f\x90\x98\x9d" else bytes([byte]).decode(charset) for byte in text)


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        (TEXT, TEXT.encode().decode("latin-1")),
        (TEXT, kept(TEXT.encode(), "cp1252")),
        (TEXT, kept(kept(TEXT.encode(), "cp1252").encode(), "cp1252")),
        (TEXT, TEXT.replace("ü", "Ã¼")),
        (TEXT, TEXT.replace("ü", "&uuml;")),
        (TEXT, TEXT.replace("ü", "&amp;uuml;")),
        (TEXT, TEXT.replace("Köln", "<b>Köln</b>")),
        (RUSSIAN, kept(RUSSIAN.encode(), "cp1252")),
        (RUSSIAN, kept(RUSSIAN.encode(), "cp1251")),
        (RUSSIAN, RUSSIAN.encode("cp1251").decode("cp1252")),
    ],
)
def test_what_was_garbled_is_among_its_readings(text, garbled):
    assert text in readings(garbled)


@pytest.mark.parametrize("text", [TEXT, RUSSIAN, "It ends.", ""])
def test_what_is_in_order_has_no_other_reading(text):
    assert [reading for reading in readings(text) if reading in (TEXT, RUSSIAN)] == []


def test_what_has_lost_letters_is_known_by_the_rest():
    lost = TEXT.replace("ü", "\ufffd").replace("ö", "\ufffd\ufffd")
    assert has_lost(lost, TEXT)
    assert not has_lost(lost, TEXT.replace("endlich", "niemals"))
    assert not has_lost(TEXT, TEXT)
