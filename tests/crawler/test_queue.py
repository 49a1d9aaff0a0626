"""Whose turn it is: a large site does not keep the small ones waiting."""


def test_sites_with_few_records_are_not_kept_waiting_by_one_with_many(web, article, record, recrawl, tmp_path):
    for number in range(30):
        record(web.page(f"/large/{number}", article()), f"a-{number:02}.md")
    for number in range(5):
        record(web.page(f"/small/{number}", article(), host=f"127.0.0.{number + 2}"), f"b-{number}.md")
    options = ("--allow-private", "127.0.0.0/8", "--concurrency", "4", "--delay", "0.1")
    recrawl("refresh", tmp_path / "articles", *options)
    paths = web.paths()
    assert len(paths) == 35
    before_the_last_small_one = paths[: max(paths.index(f"/small/{number}") for number in range(5))]
    assert sum(path.startswith("/large") for path in before_the_last_small_one) < 10
