"""Points as text: every good row is read, every bad cell is named, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core import line_cell
from gradviz.core.line_cell import SENTENCES
from gradviz.core.line_data import FARTHEST, MOST_POINTS, LineData, LineDataError, line_data_of
from gradviz.core.line_data_text import (
    LARGEST_FILE,
    MOST_ROWS,
    points_text,
    read_pasted_points,
    read_points,
    read_points_file,
)

coordinates = st.floats(-FARTHEST, FARTHEST)
some_data = st.lists(st.tuples(coordinates, coordinates), max_size=30).map(line_data_of)


def bits(data: LineData) -> list[str]:
    return [number.hex() for number in (*data.x, *data.y)]


# each stands for y in the second of three rows of tab-separated numbers with points
BAD_CELLS = {
    "": "y is empty",
    "abc": "«abc» is no number",
    "nan": "«nan» stands for no value",
    "-NaN": "stands for no value",
    "N/A": "stands for no value",
    "n/a": "stands for no value",
    "#N/A": "stands for no value",
    "null": "stands for no value",
    "None": "stands for no value",
    "-": "stands for no value",
    "—": "stands for no value",
    "?": "stands for no value",
    "inf": "«inf» is not finite",
    "-Infinity": "is not finite",
    "∞": "is not finite",
    "1e400": "does not lie between -1e+09 and 1e+09",
    "-1e400": "does not lie between",
    "1000000001": "does not lie between",
    "9" * 5000: "…» does not lie between",
    "1,5": "«1,5» has a comma where other numbers have a point",
    "1.234,5": "«1.234,5» has a point and a comma",
    "1,234.5": "has a point and a comma",
    "1.2.3": "is no number",
    "1..2": "is no number",
    "1 000": "is no number",
    "1'000": "is no number",
    "1_000": "is no number",
    "5%": "is more than a number; only «5» of it is one",
    "$5.25": "only «5.25» of it is one",
    "5 €": "only «5» of it is one",
    "(5)": "only «5» of it is one",
    "*7": "only «7» of it is one",
    "3 kg": "is no number",
    "1e": "is no number",
    "e5": "is no number",
    "--1": "is more than a number; only «-1» of it is one",
    "+-1": "only «-1» of it is one",
    "1-": "only «1» of it is one",
    ".": "is no number",
    "+": "is no number",
    "0x10": "is no number",
    "1j": "is no number",
    "1/2": "is no number",
    "=A1+1": "is no number",
    "#REF!": "is no number",
    "true": "is no number",
    "2024-01-01": "is no number",
    "12:30": "is no number",
    "１２": "«１２» has signs that only look like digits; write 12",
    "x²": "is no number",
    "٣": "is no number",
    "1\u200b2": "«1\\x200b2» is no number",
    "1\x002": "is no number",
    "1;2": "is no number",
}


@pytest.mark.parametrize("cell", BAD_CELLS, ids=lambda cell: ascii(cell)[:20])
def test_a_bad_cell_is_named_by_row_column_and_text_and_the_other_rows_are_kept(cell: str) -> None:
    read = read_points(f"1\t2.5\n3\t{cell}\n5\t6\n")
    assert read.data == line_data_of([(1, 2.5), (5, 6)])
    [problem] = read.problems
    assert (problem.row, problem.column, problem.text) == (2, "y", cell.replace("\x00", "␀"))
    assert BAD_CELLS[cell] in problem.sentence
    assert problem.sentence.startswith("row 2")
    assert len(problem.sentence) < 200
    assert problem.template in SENTENCES


def test_there_are_at_least_forty_kinds_of_bad_cells() -> None:
    assert len(BAD_CELLS) >= 40


def test_both_cells_of_a_row_are_named() -> None:
    read = read_points("a1b,?\n1,2")
    assert [(p.row, p.column, p.text) for p in read.problems] == [(1, "x", "a1b"), (1, "y", "?")]
    assert read.data == line_data_of([(1, 2)])


GOOD = {
    "commas": "1,2\n3.5,-4e1",
    "commas and spaces": " 1 , 2 \n3.5,  -4e1 ",
    "semicolons": "1;2\n3.5;-40",
    "semicolons and decimal commas": "1,0;2\n3,5;-40,0",
    "tabs": "1\t2\n3.5\t-40",
    "tabs and decimal commas": "1\t2,0\n3,5\t-40",
    "spaces": "1 2\n  3.5    -40",
    "spaces and decimal commas": "1,0 2,0\n3,5 -40",
    "a typeset minus": "1,2\n3.5,\N{MINUS SIGN}40",
    "a plus": "+1,+2\n+3.5,-40",
    "naked decimals": "1.,2\n3.5,-40.",
    "quotes": '"1","2"\n"3.5","-40"',
    "quoted decimal commas": '"1","2"\n"3,5","-40"',
    "a heading": "x,y\n1,2\n3.5,-40",
    "a heading of words": "hours;points\n1;2\n3,5;-40",
    "a Chinese heading": "时间,分数\n1,2\n3.5,-40",
    "comments": "# gradviz: 1\n#\n1,2\n# more, or less\n3.5,-40",
    "empty lines": "\n\n1,2\n   \n3.5,-40\n\n",
    "Windows": "1,2\r\n3.5,-40\r\n",
    "an old Macintosh": "1,2\r3.5,-40\r",
    "a byte order mark": "\ufeff1,2\n3.5,-40",
    "empty cells at the end": "1,2,,\n3.5,-40,",
    "columns found by name": "n,Y,note,X\n1,2,a b,1\n2,-40,,3.5",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_what_people_paste_is_read(text: str) -> None:
    read = read_points(text)
    assert read.data == line_data_of([(1, 2), (3.5, -40)])
    assert read.problems == ()


def test_the_names_of_the_columns_are_kept_also_of_those_that_are_not_read() -> None:
    read = read_points("hours,points,name\n1,2,Ann\n")
    assert (read.names, read.unread) == (("hours", "points"), ("name",))
    assert read_points("hours,points\n1,oops").problems[0].sentence == "row 2, points: «oops» is no number"


def test_words_for_no_value_are_no_heading() -> None:
    read = read_points("nan,inf\n1,2")
    assert read.names is None
    assert [problem.text for problem in read.problems] == ["nan", "inf"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,2\n3", "row 2: y is missing"),
        ("1 2\n3 4 5", "row 2: there are more than two columns; «5» is one too many"),
        ("1,5,2,5", "row 1: commas both between columns and in numbers: «1,5,2,5» can't be told apart; put"),
        ('1,2\n3,"4', ""),
    ],
)
def test_rows_of_another_shape_are_named(text: str, sentence: str) -> None:
    read = read_points(text)
    assert [problem.sentence for problem in read.problems if not problem.sentence.startswith(sentence)] == []
    assert bool(read.problems) == bool(sentence)  # a quote that nobody closes ends with its line


def test_an_open_quote_swallows_no_further_line() -> None:
    assert read_points('1,"2\n3,4\n').data == line_data_of([(1, 2), (3, 4)])


def test_a_line_that_csv_refuses_is_one_problem() -> None:
    read = read_points("1,2\n" + "9" * 200_000 + ",1\n3,4")
    assert [problem.template for problem in read.problems] == [line_cell.UNREADABLE]
    assert read.data == line_data_of([(1, 2), (3, 4)])


THOUSANDS = ["1,000\t2,000\n3,000\t4,500", "1,000;2", "-1,250 3,125", '"1,000","2,000"']


@pytest.mark.parametrize("text", THOUSANDS)
def test_commas_that_may_be_thousands_or_decimals_are_named_and_nothing_is_guessed(text: str) -> None:
    read = read_points(text)
    assert read.data == LineData()
    assert read.problems
    assert {problem.template for problem in read.problems} == {line_cell.THOUSANDS_OR_DECIMAL}
    assert "may be thousands or a decimal" in read.problems[0].sentence


@pytest.mark.parametrize(
    ("text", "point"),
    [("1,000\t2,5", (1, 2.5)), ("1,000;0,125", (1, 0.125)), ("1000,125;2", (1000.125, 2)), ("1,000;2,5000", (1, 2.5))],
)
def test_one_comma_that_can_only_be_a_decimal_tells_the_others(text: str, point: tuple[float, float]) -> None:
    read = read_points(text)
    assert read.data == line_data_of([point])
    assert read.problems == ()


def test_points_that_have_no_room_are_said_once_and_counted() -> None:
    read = read_points("1,2\n" * (MOST_POINTS + 5))
    assert read.data.count == MOST_POINTS
    assert read.bad_rows == 5
    assert [problem.sentence for problem in read.problems] == [
        "row 10001: from here on the rows have no room; at most 10000 points"
    ]


def test_of_a_text_without_end_some_rows_are_looked_at_and_all_are_counted() -> None:
    read = read_points("1,abc\n" * (MOST_ROWS + 7))
    assert read.data.count == 0
    assert read.bad_rows == MOST_ROWS + 7
    assert read.problems[-1].sentence == "row 20001: from here on the rows are not read; at most 20000 rows"


def test_a_pasted_text_may_be_as_long_as_a_file() -> None:
    assert read_pasted_points("1 2").data == line_data_of([(1, 2)])
    with pytest.raises(LineDataError, match="longer than 16 million letters"):
        read_pasted_points(" " * (LARGEST_FILE + 1))


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing", "x,y", "\ufeff"])
def test_a_text_without_rows_has_no_points_and_no_problems(text: str) -> None:
    read = read_points(text)
    assert (read.data, read.problems) == (LineData(), ())


@given(st.text())
def test_no_text_makes_it_raise_and_every_line_is_accounted_for(text: str) -> None:
    read = read_points(text)
    assert all(problem.template in SENTENCES and problem.sentence for problem in read.problems)
    assert all("\n" not in problem.sentence for problem in read.problems)


@given(some_data, st.sampled_from([",", ";", "\t"]))
def test_points_written_as_text_are_read_with_the_same_bits(data: LineData, separator: str) -> None:
    read = read_points(points_text(data, separator))
    assert bits(read.data) == bits(data)
    assert read.problems == ()


@given(some_data)
def test_decimal_commas_between_semicolons_are_read_with_the_same_bits(data: LineData) -> None:
    tells = "0,5;0,5\n"  # of three digits behind every comma nothing could be told
    read = read_points(tells + points_text(data, ";").replace(".", ","))
    data = line_data_of([(0.5, 0.5)]).followed_by(data)
    assert bits(read.data) == bits(data)


# -- files


def test_a_written_file_is_read_with_the_same_bits(tmp_path: Path) -> None:
    data = line_data_of([(0.1, -0.0), (1 / 3, 5e-324), (-FARTHEST, 2**-1022)])
    (tmp_path / "points.csv").write_text(points_text(data), encoding="utf-8")
    assert bits(read_points_file(tmp_path / "points.csv").data) == bits(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_files_of_spreadsheets_are_read_in_their_encodings(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_bytes("时间\t分数\n1\t2\n".encode(encoding))
    read = read_points_file(file)
    assert (read.names, read.data) == (("时间", "分数"), line_data_of([(1, 2)]))


def test_bytes_that_are_no_text_have_problems_and_raise_nothing(tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_bytes(b"1,2\n\xff\xff\x81,3\n4,5\n")
    read = read_points_file(file)
    assert read.data == line_data_of([(1, 2), (4, 5)])
    assert [problem.row for problem in read.problems] == [2]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    with file.open("wb") as opened:
        opened.truncate(LARGEST_FILE + 1)
    with pytest.raises(LineDataError, match="larger than 16 MB"):
        read_points_file(file)
    with pytest.raises(OSError, match=r"."):
        read_points_file(tmp_path / "none.csv")


def test_one_stray_semicolon_does_not_decide_for_all_rows() -> None:
    found = read_points("x,y\n1,2\n3;4\n5,6\n7,8\n")
    assert found.separator == ","
    assert found.data.x == (1.0, 5.0, 7.0)
    assert {problem.row for problem in found.problems} == {3}


def test_semicolons_between_decimal_commas_are_the_separator_all_the_same() -> None:
    found = read_points("1,5;2,5\n3,5;4,25\n")
    assert found.data == line_data_of([(1.5, 2.5), (3.5, 4.25)])


def test_a_file_that_is_no_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    with pytest.raises(LineDataError, match="it is not a text file"):
        read_points_file(path)
