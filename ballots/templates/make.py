#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes 项目表.xlsx and 住户名单.xlsx, the tables that a committee fills in.

usage: make.py [--check]    (--check: writes nothing, fails where a file differs)

Columns that take room numbers and names are text, so that no program makes a date
of 1-2 or drops the zero of 0101. Nothing is compressed: the bytes follow from this
file alone.
"""

import io
import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
NS = "http://schemas.openxmlformats.org"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT, NUMBER, NAMES, TITLE, NOTE = 1, 0, 2, 3, 4  # styles

# A column: its name, its width, and how its cells are.
PROJECTS = [("项目名称*", 34, TEXT), ("金额*", 14, NUMBER), ("说明", 44, TEXT), ("地点", 18, TEXT), ("提出人", 16, TEXT),
            ("类别", 12, TEXT), ("受益人群", 16, TEXT), ("联系人", 14, TEXT), ("网址", 24, TEXT), ("图片", 18, TEXT),
            ("英文名", 28, TEXT), ("英文说明", 36, TEXT), ("备注", 18, TEXT)]
HOUSEHOLDS = [("楼栋", 12, TEXT), ("单元", 12, TEXT), ("房号*", 12, TEXT), ("户主", 16, TEXT), ("备注", 30, TEXT)]

TABLES = {
    "项目表": ("项目表：一行一个项目，从第 3 行填起；带 * 的必填，其余的可以空着", PROJECTS, [
        "金额照平常的写法：128000、128,000、36800元、8.6万、30万元都行。要一个确定的数，不写“约”，不写范围。",
        "一列都用同一个单位时，也可以把列名改成“金额（万元）”。",
        "金额下面可以有一行“合计”，会和各个项目核对。",
        "说明写给住户看：做什么，做多少。",
        "图片写文件名，如 路灯.jpg；图片文件和这个表放在同一个文件夹里。",
        "英文名和英文说明有就填，英文网页上用。",
        "备注不给住户看；写“已撤回”的项目，会问要不要表决。",
        "每个项目的名称要不一样。项目的编号按这个表里的顺序，从 1 起。",
        "可以再加别的列（如电话），不会读。不要合并单元格。",
    ]),
    "住户名单": ("住户名单：一行一户，一户一封信，从第 3 行填起；按上门走的顺序", HOUSEHOLDS, [
        "楼栋、单元、房号合起来是信上的地址，如 3栋-1单元-101；没有楼栋或单元的，那一列空着。",
        "房号照门牌写，0101 前面的 0 会留住。",
        "户主印在信上，可以空着。",
        "备注写“空置”“商铺”的，会问参不参加表决。",
        "可以加一列“参加”，写 是 或 否；也可以加一列“合户”，写同样内容的几行是一户。",
        "可以再加别的列（如电话、面积），不会读。",
    ]),
}


def column(c):
    return chr(ord("A") + c)


def cell(c, row, style, text):
    return f'<c r="{column(c)}{row}" s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def table_sheet(title, columns):
    last = column(len(columns) - 1)
    widths = "".join(f'<col min="{i}" max="{i}" width="{w}" style="{s}" customWidth="1"/>'
                     for i, (_, w, s) in enumerate(columns, 1))
    names = "".join(cell(c, 2, NAMES, name) for c, (name, _, _) in enumerate(columns))
    return (f'{HEAD}<worksheet xmlns="{NS}/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f'<cols>{widths}</cols><sheetData><row r="1">{cell(0, 1, TITLE, title)}</row><row r="2">{names}</row>'
            f'</sheetData><mergeCells count="1"><mergeCell ref="A1:{last}1"/></mergeCells></worksheet>')


def notes_sheet(notes):
    rows = "".join(f'<row r="{i}">{cell(0, i, NOTE, note)}</row>' for i, note in enumerate(notes, 1))
    return (f'{HEAD}<worksheet xmlns="{NS}/spreadsheetml/2006/main"><cols><col min="1" max="1" width="100" '
            f'customWidth="1"/></cols><sheetData>{rows}</sheetData></worksheet>')


def styles():
    xf = '<xf numFmtId="{}" fontId="{}" fillId="{}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" ' \
         'applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    cells = "".join(xf.format(*x) for x in ((0, 0, 0), (49, 0, 0), (49, 1, 2), (49, 1, 0), (49, 0, 0)))
    font = '<font>{}<sz val="11"/><name val="宋体"/></font>'
    return (f'{HEAD}<styleSheet xmlns="{NS}/spreadsheetml/2006/main"><fonts count="2">{font.format("")}'
            f'{font.format("<b/>")}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor '
            'rgb="FFE8EEF7"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs '
            'count="1"><xf/></cellStyleXfs>'
            f'<cellXfs count="5">{cells}</cellXfs></styleSheet>')


def workbook(name, title, columns, notes):
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml":
            f'{HEAD}<Types xmlns="{NS}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            f'PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/><Override PartName="/xl/styles.xml" '
            f'ContentType="{main}.styles+xml"/>' +
            "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{main}.worksheet+xml"/>'
                    for i in (1, 2)) + "</Types>",
        "_rels/.rels":
            f'{HEAD}<Relationships xmlns="{NS}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml":
            f'{HEAD}<workbook xmlns="{NS}/spreadsheetml/2006/main" '
            f'xmlns:r="{NS}/officeDocument/2006/relationships"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/>'
            '<sheet name="怎么填" sheetId="2" r:id="rId2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'{HEAD}<Relationships xmlns="{NS}/package/2006/relationships">' +
            "".join(f'<Relationship Id="rId{i}" Type="{NS}/officeDocument/2006/relationships/{kind}" '
                    f'Target="{target}"/>' for i, kind, target in (
                        (1, "worksheet", "worksheets/sheet1.xml"), (2, "worksheet", "worksheets/sheet2.xml"),
                        (3, "styles", "styles.xml"))) + "</Relationships>",
        "xl/styles.xml": styles(),
        "xl/worksheets/sheet1.xml": table_sheet(title, columns),
        "xl/worksheets/sheet2.xml": notes_sheet(notes),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:
        for path, text in parts.items():
            info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            z.writestr(info, text.encode())
    return out.getvalue()


def main():
    differs = []
    for name, (title, columns, notes) in TABLES.items():
        path, made = HERE / f"{name}.xlsx", workbook(name, title, columns, notes)
        if "--check" not in sys.argv[1:]:
            path.write_bytes(made)
        elif not path.exists() or path.read_bytes() != made:
            differs.append(path.name)
    for name in differs:
        print(f"{name} is not what make.py makes; run ballots/templates/make.py")
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
