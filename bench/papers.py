"""Papers: a contract of fifteen pages, a receipt, five hundred receipts, 200 letters, beside typst and WeasyPrint.

The peers set the same words in the same fonts on the same sheet, from a process that has loaded its fonts; every
round is another contract, other receipts, other letters. They draw neither codes nor lines under what was filled in.
They are no dependency of the program: `pip install typst weasyprint` beside it, or name
the folder they are installed in with SALESCENTER_PEERS; where one is missing the table says so.
"""

from __future__ import annotations

import html
import importlib
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

from bench.figure import Figure
from bench.letter_values import letter
from bench.paper_values import MADE, contract, receipt
from bench.timing import MS, in_turns, ratio, timed
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.fields import field_values, written
from salescenter.domain.papers.letter import LetterPaper
from salescenter.domain.papers.receipt import ReceiptPaper
from salescenter.domain.templates import fill, read_template
from salescenter.print.batch import batch_pdf
from salescenter.print.contract import contract_pdf
from salescenter.print.receipt import receipt_pdf, receipts_pdf

NAME = "papers"
ROUNDS = {"small": 3, "full": 11}
RECEIPTS = {"small": 50, "full": 500}
LETTERS = {"small": 20, "full": 200}
ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
HOUSE = "云栖置业有限公司"
ALONE = """
from bench.letter_values import letter
from bench.paper_values import MADE, contract, receipt
from bench.papers import highest_mb
from salescenter.print.batch import batch_pdf
from salescenter.print.contract import contract_pdf
from salescenter.print.receipt import receipts_pdf
for turn in range(3):
    contract_pdf(contract(turn))
receipts_pdf([receipt(at) for at in range(500)])
batch_pdf([letter(at) for at in range(200)], "letters", "house", MADE)
print(highest_mb())
"""
"""A process that prints and does nothing else: three contracts, 500 receipts, 200 letters."""

Work = Callable[[], object]
Paper = TypeVar("Paper")


def measure(size: str) -> list[Figure]:
    """Measure in turns with every peer there is; a missing one is named in the figure."""
    rounds, many, letters = (sizes.get(size, sizes["full"]) for sizes in (ROUNDS, RECEIPTS, LETTERS))
    turn = count()
    typst, weasy = _typst(), _weasyprint()
    set_typst = _made(typst, lambda: _contract_markup(next(turn)))
    set_weasy = _made(weasy, lambda: _contract_page(next(turn)))

    def ours() -> object:
        return contract_pdf(contract(next(turn)))

    figures = list(_first({"ours": ours, "typst": set_typst, "WeasyPrint": set_weasy}))
    figures += _beside("contract of 15 pages, warm, ms", ours, {
        "typst": (set_typst, 1.0, rounds), "WeasyPrint": (set_weasy, 0.1, min(rounds, 3)),
    })  # fmt: skip
    figures += _beside("a receipt, warm, ms", lambda: receipt_pdf(receipt(next(turn))), {
        "typst": (_made(typst, lambda: _receipts_markup([receipt(next(turn))])), 1.0, rounds),
    })  # fmt: skip
    figures += _receipts(many, typst, min(rounds, 5))
    figures += _letters(letters, typst, min(rounds, 5))
    return [*figures, _memory()]


def _receipts(many: int, typst: Callable[[str], object] | None, rounds: int) -> Iterator[Figure]:
    jobs = _jobs(receipt, many, rounds)
    ours, theirs = iter(jobs), iter(jobs)
    yield from _beside(f"{many} receipts in one job, ms", lambda: receipts_pdf(next(ours)), {
        "typst": (_made(typst, lambda: _receipts_markup(next(theirs))), 0.8, rounds),
    })  # fmt: skip
    yield Figure(f"{many} receipts in one job, MB", len(receipts_pdf(jobs[0])) / 1e6, limit=1.0)


def _letters(many: int, typst: Callable[[str], object] | None, rounds: int) -> Iterator[Figure]:
    """Also counted by the processor: typst sets pages on all there are at once, we on one, beside the window."""
    ways = (
        ("ms", "words alone", _letters_in_lines, 1.0, perf_counter),
        ("ms of the processor", "words alone", _letters_in_lines, 1.0, process_time),
        ("ms", "tables drawn", _letters_as_drawn, None, perf_counter),
    )
    for unit, name, markup, limit, clock in ways:
        jobs = _jobs(letter, many, rounds)
        ours = partial(_next_letters, iter(jobs))
        peer = _made(typst, partial(_next_markup, markup, iter(jobs)))
        what = f"{many} letters in one job, {unit}"
        yield from _beside(what, ours, {f"typst, {name}": (peer, limit, rounds)}, clock)


def _next_letters(jobs: Iterator[list[LetterPaper]]) -> bytes:
    return batch_pdf(next(jobs), "催款函", HOUSE, MADE)


def _next_markup(markup: Callable[[list[LetterPaper]], str], jobs: Iterator[list[LetterPaper]]) -> str:
    return markup(next(jobs))


def _jobs(make: Callable[[int], Paper], many: int, rounds: int) -> list[list[Paper]]:
    """A job for each round and for the one before they count; no paper comes twice, as in a house none does."""
    return [[make(turn * many + at) for at in range(many)] for turn in range(rounds + 1)]


def _memory() -> Figure:
    alone = subprocess.run([sys.executable, "-c", ALONE], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return Figure("memory of a process that only prints, MB", float(alone.stdout), limit=120)


def _made(peer: Callable[[str], object] | None, words: Callable[[], str]) -> Work | None:
    """Return the peer's work on these words; None without the peer."""
    return None if peer is None else lambda: peer(words())


def _first(works: dict[str, Work | None]) -> Iterator[Figure]:
    """The first contract of a process, its fonts read on the way."""
    for name, work in works.items():
        if work is not None:
            yield Figure(f"contract of 15 pages, first, ms ({name})", timed(work) * MS)


def highest_mb() -> float:
    """The most memory this process has held, in MB of a million bytes; 0 where the system does not say."""
    status = Path("/proc/self/status")
    said = status.read_text("ascii").partition("VmHWM:")[2].split() if status.exists() else ["0"]
    return int(said[0]) * 1024 / 1e6


def _beside(
    what: str, ours: Work, peers: dict[str, tuple[Work | None, float | None, int]],
    clock: Callable[[], float] = perf_counter,
) -> Iterator[Figure]:
    for name, (peer, limit, rounds) in peers.items():
        if peer is None:
            alone = in_turns({"ours": ours}, rounds, clock=clock)["ours"]
            yield Figure(f"{what} ({name}: peer missing)", min(alone) * MS)
            continue
        taken = in_turns({"ours": ours, "peer": peer}, rounds, clock=clock)
        yield Figure(f"{what} ({name})", min(taken["ours"]) * MS, min(taken["peer"]) * MS,
                     ratio(taken["ours"], taken["peer"]), limit)  # fmt: skip


# --- the same words for the peers


def _contract_lines(turn: int) -> tuple[ContractPaper, list[str]]:
    paper = contract(turn)
    said = fill(read_template(paper.template), field_values(paper.terms, paper.number))
    return paper, [line.block or line.text.strip() for line in said if line.block or line.text.strip()]


def _receipt_rows(paper: ReceiptPaper) -> list[str]:
    (line,) = paper.lines
    return [
        "交款人", paper.payer, "电话", paper.phone, "房号", paper.room, "建筑面积", f"{paper.area} ㎡",
        "协议编号", paper.deal, "付款方式", paper.method, "款项", line.name, "摘要", line.note,
        "金额", str(line.amount), "大写", f"人民币{paper.words}", "数位", " ".join(paper.boxes), "备注", paper.remark,
    ]  # fmt: skip


def _letter_lines(paper: LetterPaper, blocks: Mapping[str, str]) -> Iterator[str]:
    for line in fill(read_template(paper.template), paper.values()):
        if line.block:
            yield blocks[line.block]
        elif said := line.text.strip():
            yield _typst_text(said)


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


_LETTER = ('#set page(paper:"a4",margin:(x:25mm,top:22mm,bottom:28mm))\n'
           '#set text(font:"Noto Serif SC",size:10.5pt,lang:"zh")\n'
           "#set par(first-line-indent:(amount:2em,all:true),leading:7pt,spacing:8pt,justify:true)\n")


def _letters_in_lines(papers: list[LetterPaper]) -> str:
    """The words alone, which is quickest: each row of a table a line, what stands at a sheet's edges two lines more."""
    sheets = []
    for paper in papers:
        table, close = "\n\n".join(map("　".join, _rows(paper))), "\n\n".join(_closing(paper))
        lines = [*_edges(paper), *_letter_lines(paper, {"欠款明细": table, "落款": close})]
        sheets.append("\n\n".join(lines))
    return _LETTER + "\n#pagebreak()\n".join(sheets)


def _letters_as_drawn(papers: list[LetterPaper]) -> str:
    """Tables as tables, the edges' words at the edges, as on our sheets."""
    sheets = []
    for paper in papers:
        cells = [f"[{_typst_text(cell)}]" for row in _rows(paper) for cell in row]
        table = f"#table(columns:{len(_rows(paper)[0])},{','.join(cells)})"
        close = "".join(f"#align(right)[{line}]\n" for line in _closing(paper))
        head, foot = _edges(paper)
        sheets.append("\n\n".join([f"#set page(header:[{head}],footer:[{foot}])",
                                   *_letter_lines(paper, {"欠款明细": table, "落款": close})]))  # fmt: skip
    return _LETTER + "\n".join(sheets)


def _edges(paper: LetterPaper) -> tuple[str, str]:
    head = paper.head
    return f"{head.house}　{head.project}#h(1fr)№ {head.number}", f"{head.check}#h(1fr)第 1 页　共 1 页"


def _closing(paper: LetterPaper) -> tuple[str, str]:
    return f"{paper.head.house}（盖章）", written(paper.head.day)


def _rows(paper: LetterPaper) -> list[Sequence[str]]:
    (table,) = paper.tables.values()
    return [[column.name for column in table.columns], *(row.cells for row in table.rows), *table.totals]


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
