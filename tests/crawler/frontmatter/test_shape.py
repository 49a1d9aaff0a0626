from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.frontmatter import Shape, Stamp, moment

MOMENT = datetime(2021, 3, 4, 5, 6, 7, 891234, UTC)

SHAPES = {
    "2020-10-20": "2021-03-04",
    "2020-10-20T17:40:00Z": "2021-03-04T05:06:07Z",
    "2020-10-20t17:40:00z": "2021-03-04t05:06:07z",
    "2020-10-20T17:40:00": "2021-03-04T05:06:07",
    "2020-10-20T17:40Z": "2021-03-04T05:06Z",
    "2020-10-20 17:40:00": "2021-03-04 05:06:07",
    "2020-10-20T17:40:00.000Z": "2021-03-04T05:06:07.891Z",
    "2020-10-20T17:40:00,0Z": "2021-03-04T05:06:07,8Z",
    "2020-10-20T17:40:00.123456789Z": "2021-03-04T05:06:07.891234000Z",
    "2020-10-20T17:40:00+02:00": "2021-03-04T07:06:07+02:00",
    "2020-10-20 17:40:00 +0200": "2021-03-04 07:06:07 +0200",
    "2020-10-20 17:40:00 -0930": "2021-03-03 19:36:07 -0930",
    "2020-10-20T17:40:00+02": "2021-03-04T07:06:07+02",
    "2020-10-20 17:40:00 UTC": "2021-03-04 05:06:07 UTC",
}


@pytest.mark.parametrize(("like", "written"), SHAPES.items())
def test_a_moment_is_written_in_the_shape_and_zone_of_another(like, written):
    assert Shape.of(like).format(MOMENT) == written


def test_the_moment_is_the_same_in_every_zone():
    west = MOMENT.astimezone(timezone(timedelta(hours=-7)))
    assert Shape.of("2020-10-20T17:40:00Z").format(west) == "2021-03-04T05:06:07Z"


@pytest.mark.parametrize("like", SHAPES)
def test_a_date_in_its_own_shape_is_itself(like):
    text = like.replace("123456789", "123456000")
    iso = text.replace(" UTC", "Z").replace(",", ".").replace("456000", "456").upper()
    moment = datetime.fromisoformat(iso.replace(" +", "+").replace(" -", "-"))
    assert Shape.of(like).format(moment) == text


def test_a_day_is_the_datetimes_own():
    late = datetime(2021, 3, 4, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert Shape.of("2020-10-20").format(late) == "2021-03-04"


def test_a_bare_day_is_midnight_where_a_time_is_written():
    assert Shape.of("2020-10-20T17:40:00+02:00").format(date(2021, 3, 4)) == "2021-03-04T00:00:00+02:00"


def test_a_moment_without_zone_is_in_utc_as_yaml_has_it():
    assert Shape.of("2020-10-20T17:40:00+02:00").format(MOMENT.replace(tzinfo=None)) == "2021-03-04T07:06:07+02:00"


@pytest.mark.parametrize(
    "text",
    [
        "git Last Modified",
        "Created",
        "15 Oct 2023",
        "10/20/2020",
        "2020",
        "2020-1-2",
        "20201020",
        "2020-10-20T7:40:00Z",
        "2020-10-20T17:40:00+99:00",
        "2020-10-20T17:40:00 CEST",
        "2020-10-20\n",
        "٢٠٢٠-10-20",
        "",
    ],
)
def test_what_could_not_be_written_again_has_no_shape(text):
    assert Shape.of(text) is None


def test_years_beyond_the_calendar_overflow():
    with pytest.raises(OverflowError):
        Shape.of("2020-10-20T17:40:00+02:00").format(datetime.max.replace(tzinfo=UTC))


def test_a_stamp_needs_a_sample_with_a_shape():
    assert Stamp(MOMENT, "2020-10-20").shape.format(MOMENT) == "2021-03-04"
    with pytest.raises(ValueError, match="sample"):
        Stamp(MOMENT, "yesterday")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2020-10-20", date(2020, 10, 20)),
        ("2020-10-20T17:40:00Z", datetime(2020, 10, 20, 17, 40, tzinfo=UTC)),
        ("2020-10-20 17:40:00 +0200", datetime(2020, 10, 20, 17, 40, tzinfo=timezone(timedelta(hours=2)))),
        ("2020-10-20 17:40", datetime(2020, 10, 20, 17, 40)),  # noqa: DTZ001 - none is written
        ("2020-13-45", None),
        ("20 Oct 2020", None),
        ("git Last Modified", None),
        ("", None),
    ],
)
def test_a_text_that_has_the_shape_of_a_date_is_read_as_one(text, meant):
    found = moment(text)
    assert found == meant
    assert type(found) is type(meant)
