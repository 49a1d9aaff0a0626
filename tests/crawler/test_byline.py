import pytest

from crawler.byline import has_role, is_nobody, looks_like_person, name_as_stated, names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Bob O'Hara", ["Ann Lee", "Bob O'Hara"]),
        ("Von Claudia Riedler 19. Oktober 2019 00:04 Uhr", ["Claudia Riedler"]),
        ("Par Jean-Luc d'Or, avec Zoë Étienne", ["Jean-Luc d'Or", "Zoë Étienne"]),
        ("Posted on September 21, 2020 by Adi Tzlil", ["Adi Tzlil"]),
        ("Zeige alle Beiträge von Petra Ruland", ["Petra Ruland"]),
        ("View all posts by Ann Lee →", ["Ann Lee"]),
        ("Ann Lee, PhD", ["Ann Lee"]),
        ("Dr. Ann Lee; Prof. Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee, Chief Political Correspondent", ["Ann Lee"]),
        ("Ann Lee Nov 29, 2016, 10:00am EST", ["Ann Lee"]),
        ("Heiko Sauer Do 9 Apr 2020", ["Heiko Sauer"]),
        ("Interview: Julia Lauter", ["Julia Lauter"]),
        ("Ann Lee | ann@example.org", ["Ann Lee"]),
        ("Ann Lee @annlee", ["Ann Lee"]),
        ("© Ann Lee Ann Lee", ["Ann Lee"]),
        ("Ludwig van der Rohe y Sofía de la Cruz", ["Ludwig van der Rohe", "Sofía de la Cruz"]),
        ("AuthorAnn Lee", ["Ann Lee"]),
        ("Autor: Ann Lee Tags: pier, harbour", ["Ann Lee"]),
        ("By Ann Lee BBC Asian Network", ["Ann Lee"]),
        ("Ann Olivia LEE", ["Ann Olivia LEE"]),
        ("View Staff Page", []),
        ("r23", ["r23"]),
        ("山田太郎", ["山田太郎"]),
        ("by", []),
        ("admin", []),
        ("No Author", []),
        ("wrote this long sentence about nothing at all and more", []),
        ("", []),
    ],
)
def test_names(text, found):
    assert [*names(text)] == found


def test_a_name_as_it_was_stated():
    assert name_as_stated(" The Associated Press ") == ("The Associated Press",)
    assert name_as_stated("Contributors to Wikimedia projects") == ("Contributors to Wikimedia projects",)
    for text in ("Redaktion", "12", "", "One two three four five six", "Bradley Kuhn (http://example.org)"):
        assert name_as_stated(text) == ()


@pytest.mark.parametrize("name", ["Ann Lee", "Ludwig van der Rohe", "C. J. Ng", "ANN LEE", "Ann McDonald"])
def test_people(name):
    assert looks_like_person(name)


@pytest.mark.parametrize(
    "name", ["annlee", "Ann", "Breaking news", "Ann LeeBob Ray", "Area 51 Team", "One Two Three Four Five Six"]
)
def test_no_people(name):
    assert not looks_like_person(name)


def test_roles_and_desks():
    assert has_role("Assistant Sports Editor")
    assert not has_role("Ann Lee")
    assert is_nobody("Redaktion")
    assert not is_nobody("Ann")
