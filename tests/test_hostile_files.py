"""Files that Hypothesis makes up; the long run is `make hostile`."""

from tests.hostile_files import run


def test_no_hostile_file_crashes_a_reader() -> None:
    tally = run(60)
    assert tally.n["files"] == 60
    assert tally.n["problems"] > 10
