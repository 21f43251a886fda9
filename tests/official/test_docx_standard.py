"""GB/T 9704-2012 as it stands in the docx: measures, faces, rules, page numbers, imprint."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from guatu.core.official.docx import to_docx
from guatu.core.official.model import Document, Heading, PageBreak, SignatureLines, paragraph
from tests.official import sample
from tests.official.reading import SPACES, W, paragraph_with, part, run_with, text_of, value


@pytest.fixture(scope="module")
def numbered():
    return to_docx(sample.numbered_document())


@pytest.fixture(scope="module")
def body(numbered):
    return part(numbered)


def test_page_is_a4_with_margins_37_35_28_26_and_a_grid_of_22_lines(body):
    section = body.findall(".//w:sectPr", SPACES)[0]
    size, margins = section.find("w:pgSz", SPACES), section.find("w:pgMar", SPACES)
    assert (value(size, "w"), value(size, "h")) == ("11906", "16838")
    millimetres = {
        name: round(int(value(margins, name)) / 1440 * 25.4, 1) for name in ("top", "bottom", "left", "right")
    }
    assert millimetres == {"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0}
    grid = section.find("w:docGrid", SPACES)
    assert (value(grid, "type"), value(grid, "linePitch")) == ("lines", "579")
    assert 22 * 579 <= 225 / 25.4 * 1440 < 23 * 579


def test_28_characters_fit_a_line(body):
    spacing = run_with(body, "省重点项目9个").find("w:rPr/w:spacing", SPACES)
    assert 28 * (16 * 20 + int(value(spacing))) <= 156 / 25.4 * 1440 < 29 * (16 * 20 + int(value(spacing)))


def test_every_run_names_its_east_asian_font(numbered):
    for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        runs = [run for run in part(numbered, name).iter(f"{W}r") if run.find("w:t", SPACES) is not None]
        assert runs
        assert all(value(run.find("w:rPr/w:rFonts", SPACES), "eastAsia") for run in runs)


@pytest.mark.parametrize(
    ("text", "font", "half_points"),
    [
        ("省重点项目9个", "仿宋_GB2312", 32),
        ("一、总体完成情况", "黑体", 32),
        ("（一）投资完成情况", "楷体_GB2312", 32),
        ("1.完成较好的单位。", "仿宋_GB2312", 32),
        ("（1）倒排工期。", "仿宋_GB2312", 32),
        ("重点项目建设进展情况的通报", "方正小标宋简体", 44),
        ("内部", "黑体", 32),
        ("附件1", "黑体", 32),
        ("抄送：", "仿宋_GB2312", 28),
        ("区住房和城乡建设局", "仿宋_GB2312", 21),
        ("完成率（%）", "黑体", 21),
    ],
)
def test_faces_and_sizes(body, text, font, half_points):
    run = run_with(body, text)
    assert value(run.find("w:rPr/w:rFonts", SPACES), "eastAsia") == font
    assert int(value(run.find("w:rPr/w:sz", SPACES))) == half_points


def test_what_is_typed_into_the_document_has_the_body_face(numbered):
    styles = part(numbered, "word/styles.xml")
    normal = next(style for style in styles.findall("w:style", SPACES) if value(style, "styleId") == "Normal")
    assert value(normal.find("w:rPr/w:rFonts", SPACES), "eastAsia") == "仿宋_GB2312"
    assert value(normal.find("w:rPr/w:sz", SPACES)) == "32"
    defaults = styles.find("w:docDefaults//w:rFonts", SPACES)
    assert not [name for name in defaults.attrib if "Theme" in name]


def test_masthead_and_rule_are_red_and_the_rule_is_as_wide_as_the_text(body):
    masthead = run_with(body, "某某区人民政府办公室文件")
    assert value(masthead.find("w:rPr/w:color", SPACES)) == "FF0000"
    assert value(masthead.find("w:rPr/w:rFonts", SPACES), "eastAsia") == "方正小标宋简体"
    rule = next(p for p in body.iter(f"{W}p") if p.find("w:pPr/w:pBdr", SPACES) is not None)
    border = rule.find("w:pPr/w:pBdr/w:bottom", SPACES)
    assert value(border, "color") == "FF0000"
    assert rule.find("w:pPr/w:ind", SPACES) is None
    assert int(value(rule.find("w:pPr/w:spacing", SPACES), "line")) == round(4 / 25.4 * 1440)


def test_body_paragraph_is_two_characters_in_and_an_addressee_is_not(body):
    indent = paragraph_with(body, "省重点项目9个").find("w:pPr/w:ind", SPACES)
    assert value(indent, "firstLineChars") == "200"
    assert value(paragraph_with(body, "各街道办事处").find("w:pPr/w:ind", SPACES), "firstLineChars") is None


def test_page_number_is_a_field_between_dashes_outside_right_on_odd_and_left_on_even_pages(numbered):
    with ZipFile(BytesIO(numbered)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    assert value(part(numbered, "word/settings.xml").find("w:evenAndOddHeaders", SPACES)) in (None, "1", "true")
    assert part(numbered, "word/settings.xml").find("w:evenAndOddHeaders", SPACES) is not None
    section = part(numbered).findall(".//w:sectPr", SPACES)[-1]
    sides = {}
    for reference in section.findall("w:footerReference", SPACES):
        key = reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        name = relations.split(f'Id="{key}"')[0].rpartition("<")[2] + relations.split(f'Id="{key}"')[1].split("/>")[0]
        footer = part(numbered, "word/" + name.split('Target="')[1].split('"')[0])
        assert text_of(footer) == "— 1 —"
        assert [each.text for each in footer.iter(f"{W}instrText")] == [" PAGE "]
        assert value(footer.find(".//w:rFonts", SPACES), "eastAsia") == "宋体"
        assert value(footer.find(".//w:sz", SPACES)) == "28"
        sides[value(reference, "type")] = value(footer.find(".//w:jc", SPACES))
        assert value(footer.find(".//w:ind", SPACES), sides[value(reference, "type")]) == "280"
    assert sides == {"default": "right", "even": "left"}


def test_page_numbers_can_be_left_out():
    data = to_docx(replace(sample.bulletin(), page_numbers=False))
    assert text_of(part(data, "word/footer1.xml")) == ""


def test_table_head_is_repeated_merged_and_rows_do_not_split(body):
    table = body.findall(".//w:tbl", SPACES)[0]
    rows = table.findall("w:tr", SPACES)
    assert [row.find("w:trPr/w:tblHeader", SPACES) is not None for row in rows[:3]] == [True, True, False]
    assert all(row.find("w:trPr/w:cantSplit", SPACES) is not None for row in rows)
    assert [value(cell.find("w:tcPr/w:gridSpan", SPACES)) for cell in rows[0].findall("w:tc", SPACES)] == [
        *(None, None, None, "3", None)
    ]
    merged = [cell.find("w:tcPr/w:vMerge", SPACES) is not None for cell in rows[1].findall("w:tc", SPACES)]
    assert merged == [True, True, True, False, False, False, True]
    heads = [run.find("w:rPr/w:rFonts", SPACES) for row in rows[:3] for run in row.iter(f"{W}r") if text_of(run)]
    assert {value(fonts, "eastAsia") for fonts in heads} == {"黑体"}
    widths = [int(value(each, "w")) for each in table.findall("w:tblGrid/w:gridCol", SPACES)]
    assert abs(sum(widths) - 156 / 25.4 * 1440) < 10


def test_imprint_floats_on_the_foot_of_the_text_with_thick_outer_rules(body):
    table = body.findall(".//w:tbl", SPACES)[-1]
    place = table.find("w:tblPr/w:tblpPr", SPACES)
    assert (value(place, "vertAnchor"), value(place, "tblpYSpec")) == ("margin", "bottom")
    sizes = {name: int(value(table.find(f"w:tblPr/w:tblBorders/w:{name}", SPACES), "sz")) for name in ("top", "bottom")}
    assert sizes == {"top": 8, "bottom": 8}
    assert int(value(table.find("w:tblPr/w:tblBorders/w:insideH", SPACES), "sz")) == 6
    assert text_of(table).startswith("抄送：区委办公室，区人大常委会办公室，")
    assert text_of(table).endswith("领导小组成员单位。某某区人民政府办公室2019年3月11日印发")


def test_attachment_begins_a_page_and_a_wide_table_lies_across(body):
    assert paragraph_with(body, "附件1").find("w:pPr/w:pageBreakBefore", SPACES) is not None
    turned = [value(each.find("w:pgSz", SPACES), "orient") for each in body.findall(".//w:sectPr", SPACES)]
    assert turned == [None, "landscape"]
    assert paragraph_with(body, "附件2").find("w:pPr/w:pageBreakBefore", SPACES) is None


def test_text_after_a_landscape_table_is_upright_again():
    wide = sample.numbered_document().attachments[1].blocks[0]
    document = Document(title="表", blocks=(paragraph("前"), wide, paragraph("后"), PageBreak(), paragraph("末")))
    data = part(to_docx(document))
    turned = [value(each.find("w:pgSz", SPACES), "orient") for each in data.findall(".//w:sectPr", SPACES)]
    assert turned == [None, "landscape", None]
    assert [value(each, "type") for each in data.iter(f"{W}br")] == ["page"]


def test_draft_stands_on_every_page_until_issued():
    draft, issued = to_docx(sample.bulletin(draft=True)), to_docx(sample.bulletin())
    for name in ("word/header1.xml", "word/header2.xml"):
        assert text_of(part(draft, name)) == "未签发"
        assert text_of(part(issued, name)) == ""


def test_seal_moves_the_signature():
    sealed = sample.numbered_document()
    dates = []
    for document in (sealed, replace(sealed, sealed=False)):
        data = part(to_docx(document))
        unit, day = [p for p in data.iter(f"{W}p") if text_of(p) in ("某某区人民政府办公室", "2019年3月11日")]
        dates.append(tuple(int(value(p.find("w:pPr/w:ind", SPACES), "right")) for p in (unit, day)))
    character = (16 - 0.25) * 20
    # The unit is 10 characters wide, the day 6.5. Under a seal the unit is centred over the day, 4 in; without one the
    # unit stands 2 in and the day begins 2 further right than the unit.
    assert dates[0] == (round(2.25 * character), round(4 * character))
    assert dates[1] == (round(2 * character), round(3.5 * character))


def test_signature_is_never_alone_on_a_page(body):
    texts = list(body.iter(f"{W}p"))
    place = next(i for i, p in enumerate(texts) if text_of(p) == "某某区人民政府办公室")
    held = [p.find("w:pPr/w:keepNext", SPACES) is not None for p in texts[place - 6 : place + 1]]
    assert held == [True] * 7
    assert "专班推进" in text_of(texts[place - 6])


def test_signature_lines_leave_room_after_each_label():
    data = part(to_docx(Document(title="表", blocks=(SignatureLines(("填报人：", "审核人：", "负责人：")),))))
    text = text_of(paragraph_with(data, "填报人："))
    assert text == "填报人：" + "　" * 5 + "审核人：" + "　" * 5 + "负责人："


def test_headings_count_anew_under_each_higher_one_and_past_ten():
    blocks = [
        Heading(1, "甲"),
        Heading(2, "乙"),
        Heading(3, "丙"),
        Heading(3, "丙"),
        Heading(2, "乙"),
        Heading(3, "丙"),
    ]
    blocks += [Heading(1, f"第{n}") for n in range(2, 24)]
    texts = [text_of(p) for p in part(to_docx(Document(title="题", blocks=tuple(blocks)))).iter(f"{W}p")]
    assert [t for t in texts if t][1:7] == ["一、甲", "（一）乙", "1.丙", "2.丙", "（二）乙", "1.丙"]
    assert {"十、第10", "十一、第11", "二十、第20", "二十三、第23"} <= set(texts)


def test_same_document_gives_the_same_bytes_and_no_clock_goes_in(numbered):
    assert to_docx(sample.numbered_document()) == numbered
    with ZipFile(BytesIO(numbered)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert core.count("2019-03-11T00:00:00Z") == 2
    assert "python-docx" not in core
