"""Papers: a contract of fifteen pages, a receipt, five hundred receipts, beside typst and WeasyPrint.

The peers set the same words in the same fonts on the same sheet, from a process that has loaded its fonts; every
round is another contract. They are no dependency of the program: `pip install typst weasyprint` beside it, or name
the folder they are installed in with SALESCENTER_PEERS; where one is missing the table says so.
"""

from __future__ import annotations

import html
import importlib
import logging
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from bench.figure import Figure
from bench.timing import MS, in_turns, ratio
from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.deal import Buyer, DueLine, Estate, Home, Payment, Price, Seller, Terms
from salescenter.domain.papers.fields import field_values
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper
from salescenter.domain.templates import fill, read_template
from salescenter.print.contract import contract_pdf
from salescenter.print.receipt import receipt_pdf, receipts_pdf

NAME = "papers"
ROUNDS = {"small": 3, "full": 11}
RECEIPTS = {"small": 50, "full": 500}
PLACES = "亿仟佰拾万仟佰拾元角分"
ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
MADE = datetime(2026, 2, 24, 15, 42)  # noqa: DTZ001  papers carry local time

Work = Callable[[], object]


def measure(size: str) -> list[Figure]:
    """Measure in turns with every peer there is; a missing one is named in the figure."""
    rounds, many = ROUNDS.get(size, ROUNDS["full"]), RECEIPTS.get(size, RECEIPTS["full"])
    turn = count()
    typst, weasy = _typst(), _weasyprint()
    figures = list(_beside("contract of 15 pages, warm", lambda: contract_pdf(_contract(next(turn))), {
        "typst": (typst and (lambda: typst(_contract_markup(next(turn)))), 1.5, rounds),
        "WeasyPrint": (weasy and (lambda: weasy(_contract_page(next(turn)))), 0.2, min(rounds, 3)),
    }))  # fmt: skip
    figures += _beside("a receipt, warm", lambda: receipt_pdf(_receipt(next(turn))), {
        "typst": (typst and (lambda: typst(_receipts_markup([_receipt(next(turn))]))), None, rounds),
    })  # fmt: skip
    batch = [_receipt(at) for at in range(many)]
    figures += _beside(f"{many} receipts in one job", lambda: receipts_pdf(batch), {
        "typst": (typst and (lambda: typst(_receipts_markup(batch))), 0.8, min(rounds, 5)),
    })  # fmt: skip
    figures.append(Figure(f"{many} receipts in one job, MB", len(receipts_pdf(batch)) / 1e6, limit=1.0))
    return figures


def _beside(what: str, ours: Work, peers: dict[str, tuple[Work | None, float | None, int]]) -> Iterator[Figure]:
    for name, (peer, limit, rounds) in peers.items():
        if peer is None:
            alone = in_turns({"ours": ours}, rounds)["ours"]
            yield Figure(f"{what}, ms ({name}: peer missing)", min(alone) * MS)
            continue
        taken = in_turns({"ours": ours, "peer": peer}, rounds)
        yield Figure(f"{what}, ms ({name})", min(taken["ours"]) * MS, min(taken["peer"]) * MS,
                     ratio(taken["ours"], taken["peer"]), limit)  # fmt: skip


# --- what is printed


def _contract(turn: int) -> ContractPaper:
    price, deposit = Money.yuan(2_340_482 + turn), Money.yuan(20_000)
    loan = Money.yuan(1_630_000)
    down = price - loan
    schedule = (
        DueLine("定金", deposit, date(2026, 2, 24)), DueLine("首付余款", down - deposit, date(2026, 3, 3)),
        DueLine("商业贷款", loan, None, "银行放款"),
    )  # fmt: skip
    terms = Terms(
        Seller("云栖置业有限公司", "临江市青禾区云栖路88号", "310000", "91330100MA2XXXXX0X", "浙房开字第1234号"),
        Estate("云栖花园", "云栖花园一期住宅项目", "出让", "临江市青禾区云栖路以北", presale_permit="临房预许字第018"),
        Home(f"3号楼1单元{turn}", "3号楼", "1单元", "12", str(turn), "三室两厅", "南北", "住宅", "剪力墙",
             gross=Decimal("107.62"), inner=Decimal("85.77"), shared=Decimal("21.85")),
        (Buyer(f"欧阳䶮{turn}", id_number="33010119900307663X"), Buyer("𬭚小明", id_number="330101199211216642")),
        Price(price, in_words(price), Money.yuan("21747.65"), deposit=deposit, deposit_words=in_words(deposit)),
        Payment("贷款", schedule, down, in_words(down), date(2026, 3, 3), "30.36", loan, in_words(loan), "商业贷款"),
        handover=date(2027, 6, 30),
    )  # fmt: skip
    text = (ROOT / "resources" / "templates" / "contract_presale.txt").read_text("utf-8")
    return ContractPaper(f"HT2026-{turn:04d}", terms, text, MADE)


def _receipt(turn: int) -> ReceiptPaper:
    total = Money.yuan(20_000) + Money(turn * 137)
    return ReceiptPaper(
        number=f"SJ2026{turn:06d}", day=date(2026, 2, 24), house="云栖置业有限公司",
        payer=f"欧阳䶮{turn}",
        lines=(ReceiptLine("定金", total, "认购定金"),), total=total, words=in_words(total),
        boxes=digit_boxes(total, PLACES), made=MADE, project="云栖花园", room=f"3号楼1单元{turn % 3000}", area="107.62",
        phone="138****5521", deal=f"RG2026-{turn:04d}", method="转账", remark="银行回单",
        cashier="李娜", check="7K3QX9AB",
    )  # fmt: skip


def _contract_lines(turn: int) -> tuple[ContractPaper, list[str]]:
    paper = _contract(turn)
    said = fill(read_template(paper.template), field_values(paper.terms, paper.number))
    return paper, [line.block or line.text.strip() for line in said if line.block or line.text.strip()]


def _receipt_rows(paper: ReceiptPaper) -> list[str]:
    (line,) = paper.lines
    return [
        "交款人", paper.payer, "电话", paper.phone, "房号", paper.room, "建筑面积", f"{paper.area} ㎡",
        "协议编号", paper.deal, "付款方式", paper.method, "款项", line.name, "摘要", line.note,
        "金额", str(line.amount), "大写", f"人民币{paper.words}", "数位", " ".join(paper.boxes), "备注", paper.remark,
    ]  # fmt: skip


def _is_heading(line: str) -> bool:
    return line[0] in "第#附" and len(line) < 40


# --- typst


def _typst() -> Callable[[str], object] | None:
    module = _peer("typst")
    if module is None:
        return None
    fonts = module.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return lambda markup: module.compile(markup.encode(), font_paths=fonts)


def _contract_markup(turn: int) -> str:
    paper, lines = _contract_lines(turn)
    out = [(
        f'#set page(paper:"a4",margin:(left:28mm,right:26mm,top:27mm,bottom:25mm),header:[合同编号：{paper.number}],'
        'numbering:(..n)=>[第 #n.pos().first() 页　共 #n.pos().last() 页])\n'
        '#set text(font:"Noto Serif SC",size:10.5pt,lang:"zh")\n'
        "#set par(first-line-indent:(amount:2em,all:true),leading:8pt,spacing:8pt,justify:true)\n"
    )]
    for line in lines:
        if line == "付款计划":
            cells = [cell for due in paper.terms.payment.schedule for cell in (due.name, str(due.amount), str(due.due))]
            out.append(f"#table(columns:3,{','.join(f'[{_typst_text(cell)}]' for cell in cells)})\n")
        elif line == "换页":
            out.append("#pagebreak()\n")
        else:
            out.append(f"*{_typst_text(line)}*\n" if _is_heading(line) else f"{_typst_text(line)}\n")
    return "\n".join(out)


def _typst_text(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "#$*_`<>@\\[]=-+/~" else letter for letter in text)


def _receipts_markup(papers: list[ReceiptPaper]) -> str:
    head = ('#set page(width:241mm,height:140mm,margin:(x:15mm,y:9mm))\n#set text(font:"Noto Serif SC",size:10.5pt)\n'
            '#set table(columns:(12%,1fr,13%,1fr),inset:6pt)\n')  # fmt: skip
    sheets = [
        f"#align(center,text(20pt,weight:700)[收 款 收 据])\n{paper.house} 日期：2026年2月24日 {paper.number}\n#table("
        + ",".join(f"[{_typst_text(cell)}]" for cell in _receipt_rows(paper))
        + f")\n收款单位（盖章）： 收款员：{paper.cashier}\n"
        for paper in papers
    ]
    return head + "#pagebreak()\n".join(sheets)


# --- WeasyPrint


def _weasyprint() -> Callable[[str], object] | None:
    module = _peer("weasyprint")
    if module is None:
        return None
    for name in ("fontTools", "weasyprint"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return lambda page: module.HTML(string=page).write_pdf()


def _contract_page(turn: int) -> str:
    paper, lines = _contract_lines(turn)
    font = (FONTS / "serif-r-gbk+tgh.ttf").as_uri()
    bold = (FONTS / "serif-b-tgh.ttf").as_uri()
    out = [(
        f"<style>@font-face{{font-family:S;src:url({font})}}@font-face{{font-family:S;font-weight:700;src:url({bold})}}"
        f"@page{{size:A4;margin:27mm 26mm 25mm 28mm;@top-right{{content:'合同编号：{paper.number}'}}"
        "@bottom-center{content:'第 ' counter(page) ' 页　共 ' counter(pages) ' 页'}}"
        "body{font:10.5pt/18.5pt S;text-align:justify}p{text-indent:2em;margin:0}td{border:.5pt solid}</style>"
    )]
    for line in lines:
        if line == "付款计划":
            rows = (f"<tr><td>{due.name}<td>{due.amount}<td>{due.due}" for due in paper.terms.payment.schedule)
            out.append(f"<table>{''.join(rows)}</table>")
        elif line == "换页":
            out.append("<div style='break-after:page'></div>")
        else:
            text = html.escape(line)
            out.append(f"<p><b>{text}</b></p>" if _is_heading(line) else f"<p>{text}</p>")
    return "".join(out)


def _peer(name: str) -> Any:
    """Import a peer from here or from SALESCENTER_PEERS; None where it is not installed or cannot start."""
    folder = os.environ.get("SALESCENTER_PEERS")
    if folder and folder not in sys.path:
        sys.path.append(folder)
    try:
        return importlib.import_module(name)
    except (ImportError, OSError):  # OSError: WeasyPrint without its system libraries
        return None
