"""The grammar of identities: what is a paper, which one, and what only looks like one."""

from __future__ import annotations

import json
import re
import sysconfig
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vault import papers
from vault.papers.arxiv import ARCHIVES
from vault.records import PaperId


def key(paper: PaperId | None) -> str:
    """``arxiv:2106.09685v2`` in one string, so that a table shows what it means."""
    return paper.key + (f"v{paper.version}" if paper.version else "") if paper else ""


# ---- arXiv, as a header field may say it ---------------------------------------------------------

ARXIV_FORMS = [
    ("2106.09685", "2106.09685"),
    ("2106.09685v2", "2106.09685v2"),
    (" 2106.09685 ", "2106.09685"),
    ("'2106.09685'", "2106.09685"),
    ("`2106.09685`", "2106.09685"),
    ("\u00a02106.09685", "2106.09685"),
    ("0704.0001", "0704.0001"),
    ("1412.9999", "1412.9999"),
    ("1501.00001", "1501.00001"),
    ("9912.99999v12", "9912.99999v12"),
    ("arXiv:2106.09685", "2106.09685"),
    ("ARXIV:2106.09685V3", "2106.09685v3"),
    ("arxiv: 2106.09685", "2106.09685"),
    ("arXiv 2512.08931", "2512.08931"),
    ("arXiv：2106.09685", "2106.09685"),
    ("arXiv preprint arXiv:1706.03762", "1706.03762"),
    ("arXiv:2106.09685v2 [cs.CL]", "2106.09685v2"),
    ("arXiv.2106.09685", "2106.09685"),
    ("[2304.14318] What a paper is called", "2304.14318"),
    ("[2304.14318](https://arxiv.org/abs/2304.14318)", "2304.14318"),
    ("[A title](https://arxiv.org/abs/2304.14318v4)", "2304.14318v4"),
    ("<https://arxiv.org/abs/2304.14318>", "2304.14318"),
    ("2304.14318 What a paper is called", "2304.14318"),
    ("2304.14318, read twice", "2304.14318"),
    ("2304.14318.pdf", "2304.14318"),
    ("abs/2304.14318", "2304.14318"),
    ("pdf/2003.05580v3:PDF", "2003.05580v3"),
    ("physics/0303098", "physics/0303098"),
    ("physics/0303098/static/icon.png", "physics/0303098"),
    ("hep-th/9901001v1", "hep-th/9901001v1"),
    ("math.NA/9901123", "math/9901123"),
    ("math-ph/0001001", "math-ph/0001001"),
    ("astro-ph.CO/0703001", "astro-ph/0703001"),
    ("cond-mat.mes-hall/0205001", "cond-mat/0205001"),
    ("arXiv:cs/0306050v1", "cs/0306050v1"),
    ("cmp-lg/9404001", "cmp-lg/9404001"),
    ("10.48550/arXiv.1905.07512", "1905.07512"),
    ("10.48550/ARXIV.1905.07512v3", "1905.07512v3"),
    ("doi:10.48550/arXiv.hep-th/9901001", "hep-th/9901001"),
    ("https://doi.org/10.48550/arXiv.1905.07512", "1905.07512"),
    ("arxiv.org/abs/2106.09685", "2106.09685"),
    ("https://arxiv.org/abs/2106.09685 (v1 was longer)", "2106.09685"),
]

ARXIV_ADDRESSES = [
    ("http://arxiv.org/abs/2605.13741", "2605.13741"),
    ("https://www.arxiv.org/abs/2508.21148", "2508.21148"),
    ("https://export.arxiv.org/abs/2211.16882v1", "2211.16882v1"),
    ("https://browse.arxiv.org/pdf/2211.16882", "2211.16882"),
    ("http://cn.arxiv.org/pdf/2211.16882.pdf", "2211.16882"),
    ("https://arxiv.org/pdf/1702.05068.pdf?", "1702.05068"),
    ("https://arxiv.org/pdf/1802.03426.pdf#page44", "1802.03426"),
    ("https://arxiv.org/pdf/math/0510024v2.pdf", "math/0510024v2"),
    ("https://arxiv.org/pdf/quant-ph/0101012.pdf", "quant-ph/0101012"),
    ("https://arxiv.org/abs/adap-org/9306005", "adap-org/9306005"),
    ("https://arxiv.org/abs/cs.CL/0306050", "cs/0306050"),
    ("https://arxiv.org/html/2405.12345v1#S3.F2", "2405.12345v1"),
    ("https://arxiv.org/html/2405.12345v1/x3.png", "2405.12345v1"),
    ("https://arxiv.org/format/2405.12345", "2405.12345"),
    ("https://arxiv.org/e-print/2405.12345", "2405.12345"),
    ("https://arxiv.org/ps/hep-th/9901001", "hep-th/9901001"),
    ("https://arxiv.org/ftp/arxiv/papers/1706/1706.03762.pdf", "1706.03762"),
    ("https://arxiv.org/abs/2106.09685?context=cs.AI", "2106.09685"),
    ("https://arxiv.org/abs/2106.09685/", "2106.09685"),
    ("https://arxiv.org//abs//2106.09685", "2106.09685"),
    ("https://arxiv.org/abs/hep-th%2F9901001", "hep-th/9901001"),
    ("https://arxiv.org/abs/2106.09685%20", "2106.09685"),
    ("https://arxiv.org/abs/2106.09685).", "2106.09685"),
    ("https://arxiv.org/abs/arXiv:2106.09685", "2106.09685"),
    ("https://arxiv.org/2106.09685", "2106.09685"),
    ("HTTPS://ARXIV.ORG/ABS/2106.09685", "2106.09685"),
    ("http://export.arxiv.org/api/query?id_list=2106.09685v2", "2106.09685v2"),
    ("//arxiv.org/abs/2106.09685", "2106.09685"),
    ("https://ar5iv.org/abs/2106.09685", "2106.09685"),
    ("https://ar5iv.labs.arxiv.org/html/2106.09685", "2106.09685"),
    ("https://www.alphaxiv.org/overview/2106.09685v2", "2106.09685v2"),
    ("https://alphaxiv.org/abs/2106.09685", "2106.09685"),
    ("https://huggingface.co/papers/2506.03278", "2506.03278"),
    ("https://hf.co/papers/2506.03278", "2506.03278"),
    ("https://scirate.com/arxiv/2106.09685", "2106.09685"),
    ("https://www.arxiv-vanity.com/papers/1706.03762/", "1706.03762"),
    ("https://ui.adsabs.harvard.edu/abs/arXiv:1706.03762/abstract", "1706.03762"),
    ("https://www.semanticscholar.org/arxiv/1706.03762", "1706.03762"),
    ("https://www.google.com/url?q=https://arxiv.org/abs/2106.09685&sa=D", "2106.09685"),
    ("https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Farxiv.org%2Fabs%2F2106.09685", "2106.09685"),
    ("https://scholar.google.de/scholar_url?url=http://arxiv.org/pdf/1706.03762.pdf&hl=en", "1706.03762"),
    ("https://web.archive.org/web/2020010100id_/https://arxiv.org/abs/1706.03762", "1706.03762"),
    ("https://scholar.archive.org/work/abc/access/wayback/http://arxiv.org/pdf/1706.03762v5", "1706.03762v5"),
    ("https://link.zhihu.com/?target=https%3A//arxiv.org/abs/1706.03762", "1706.03762"),
]


@pytest.mark.parametrize(("text", "expected"), ARXIV_FORMS + ARXIV_ADDRESSES)
def test_every_way_to_write_an_arxiv_id_names_the_same_paper(text: str, expected: str) -> None:
    assert key(papers.identify(text)) == f"arxiv:{expected}"
    assert papers.malformed(text) == ""
    assert not papers.lenient(text)


@pytest.mark.parametrize(("url", "expected"), ARXIV_ADDRESSES)
def test_every_address_of_arxiv_and_its_mirrors_is_read(url: str, expected: str) -> None:
    assert key(papers.identify_url(url)) == f"arxiv:{expected}"


LENIENT = [
    ("hep-ph/1203.12345v12", "1203.12345v12"),
    ("1203.12345v12", "1203.12345v12"),
    ("arXiv:0704.00010", "0704.00010"),
]


@pytest.mark.parametrize(("text", "expected"), LENIENT)
def test_five_digits_before_1501_are_read_with_a_warning(text: str, expected: str) -> None:
    assert key(papers.identify(text)) == f"arxiv:{expected}"
    assert papers.lenient(text)
    assert papers.malformed(text) == ""


MALFORMED = [
    ("abs/2023.10.11453", "2310.11453"),
    ("abs/2013.12.6120", "1312.6120"),
    ("abs/2504.07491v1v1", "2504.07491v1"),
    ("abs/2507.21035f", "2507.21035"),
    ("abd/2412.04463", "2412.04463"),
    ("abs/2506.XXXXX", ""),
    ("https://arxiv.org/abs/", ""),
    ("https://arxiv.org/pdf", ""),
    ("[2412.1]([https://arxiv.org/abs/..](https://arxiv.org/abs/..))", ""),
    ("https://arxiv.org/abs/2023.10.11453", "2310.11453"),
    ("https://arxiv.org/abs/2504.07491v1v1", "2504.07491v1"),
    ("https://arxiv.org/abd/2412.04463", "2412.04463"),
    ("http://www.arxiv.org/pdf/2507.21035f.pdf", "2507.21035"),
    ("https://arxiv.org/abs/210609685", "2106.09685"),
    ("https://arxiv.org/abs/2106,09685", "2106.09685"),
    ("https://arxiv.org/abs/2106.09685v0", "2106.09685"),
    ("arXiv:2106.0968", "2106.09680"),
    ("704.0001", "0704.0001"),
    ("2106.0968", "2106.09680"),
    ("arXiv:2113.09685", ""),
    ("arXiv:2106.096855", ""),
    ("arXiv:2106.00000", ""),
    ("arXiv:hep-th/9913001", ""),
    ("arXiv:0801.12", ""),
    ("10.48550/arXiv.2113.09685", ""),
    ("https://doi.org/10.48550/arXiv.2106.0968", "2106.09680"),
    ("https://huggingface.co/papers/../arxiv.org/abs/2106", ""),
]


@pytest.mark.parametrize(("text", "guess"), MALFORMED)
def test_what_tries_to_be_an_arxiv_id_and_is_not_is_told_and_never_a_paper(text: str, guess: str) -> None:
    assert papers.identify(text) is None
    assert papers.identify_url(text) is None
    assert papers.find(text) == []
    assert papers.malformed(text)
    assert papers.likely(text) == guess
    assert guess in papers.malformed(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://arxiv.org/abs/", "the id is missing"),
        ("arXiv:2113.09685", "there is no month 13"),
        ("arXiv:2106.096855", "there are too many digits"),
        ("arXiv:0801.12", "digits are missing"),
        ("arXiv:2106.00000", "no id has this number"),
    ],
)
def test_a_malformed_id_without_a_guess_says_what_is_wrong(text: str, reason: str) -> None:
    assert papers.malformed(text) == reason


NO_ARXIV = [
    "https://arxiv.org/search/?searchtype=all&query=%22Autonomous+Agents%22",
    "pubs.arxiv.org/doi/abs/10.1021/acs.jchemed.6b00559",
    "https://arxiv.org/",
    "https://arxiv.org/list/cs.CL/recent",
    "https://arxiv.org/a/someone_a_1",
    "https://info.arxiv.org/help/index.html",
    "https://example.org/abs/2106.09685",
    "https://huggingface.co/datasets/someone/2106.09685",
    "https://notarxiv.org/abs/2106.09685",
    "Attention to detail",
    "3.14159",
    "12",
    "",
    "none",
    "2024-01-15",
    "version 1203.1234",
]


@pytest.mark.parametrize("text", NO_ARXIV)
def test_what_does_not_try_to_be_a_paper_is_none_and_no_mistake(text: str) -> None:
    assert papers.identify(text) is None
    assert papers.malformed(text) == ""


# ---- everything else that is a paper --------------------------------------------------------------

OTHERS = [
    ("10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("DOI: 10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("doi.org/10.1109/5.771073", "doi:10.1109/5.771073"),
    ("https://doi.org/10.1109/5.771073", "doi:10.1109/5.771073"),
    ("http://dx.doi.org/10.1016/S0140-6736(05)67889-9", "doi:10.1016/s0140-6736(05)67889-9"),
    ("https://doi.org/10.1002/%28SICI%291097-4571%28199806%2949:8", "doi:10.1002/(sici)1097-4571(199806)49:8"),
    ("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", "doi:10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"),
    ("http://doi.acm.org/10.1145/3292500", "doi:10.1145/3292500"),
    ("https://dl.acm.org/doi/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
    ("https://www.science.org/doi/full/10.1126/science.aaa8685", "doi:10.1126/science.aaa8685"),
    ("https://link.springer.com/article/10.1007/s11263-015-0816-y", "doi:10.1007/s11263-015-0816-y"),
    ("https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf", "doi:10.1007/s11263-015-0816-y"),
    ("https://www.frontiersin.org/articles/10.3389/fnins.2018.00331/full", "doi:10.3389/fnins.2018.00331"),
    ("https://iopscience.iop.org/article/10.1088/1361-6420/aabbcc/pdf", "doi:10.1088/1361-6420/aabbcc"),
    ("https://journals.aps.org/prl/abstract/10.1103/PhysRevLett.1.1", "doi:10.1103/physrevlett.1.1"),
    ("https://www.nature.com/articles/s41586-021-03819-2", "doi:10.1038/s41586-021-03819-2"),
    ("https://www.nature.com/articles/nature14539.pdf", "doi:10.1038/nature14539"),
    ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0001", "doi:10.1371/journal.pone.0001"),
    ("https://openreview.net/forum?id=HyxY6JHKwr", "openreview:HyxY6JHKwr"),
    ("https://openreview.net/pdf?id=HyxY6JHKwr", "openreview:HyxY6JHKwr"),
    ("https://openreview.net/forum?id=HyxY6JHKwr&noteId=abc", "openreview:HyxY6JHKwr"),
    ("https://aclanthology.org/2020.acl-main.740/", "acl:2020.acl-main.740"),
    ("https://aclanthology.org/2020.acl-main.740.pdf", "acl:2020.acl-main.740"),
    ("https://aclanthology.org/P19-1412v2.pdf", "acl:P19-1412v2"),
    ("https://www.aclweb.org/anthology/P19-1412/", "acl:P19-1412"),
    ("https://aclweb.org/anthology/papers/P/P19/P19-1412.pdf", "acl:P19-1412"),
    ("10.18653/v1/P19-1412", "acl:P19-1412"),
    ("https://doi.org/10.18653/v1/2020.acl-main.740", "acl:2020.acl-main.740"),
    ("http://proceedings.mlr.press/v97/houlsby19a.html", "pmlr:v97/houlsby19a"),
    ("https://proceedings.mlr.press/v97/houlsby19a/houlsby19a.pdf", "pmlr:v97/houlsby19a"),
    ("https://openaccess.thecvf.com/content/CVPR2021/html/Doe_A_Title_CVPR_2021_paper.html", "cvf:content/CVPR2021/Doe_A_Title_CVPR_2021_paper"),
    ("http://openaccess.thecvf.com/content_CVPR_2019/papers/Doe_B_CVPR_2019_paper.pdf", "cvf:content_CVPR_2019/Doe_B_CVPR_2019_paper"),
    ("https://proceedings.neurips.cc/paper/2017/hash/3f5ee243547dee91fbd053c1c4a845aa-Abstract.html", "neurips:2017/3f5ee243547dee91fbd053c1c4a845aa"),
    ("https://papers.nips.cc/paper_files/paper/2017/file/3f5ee243547dee91fbd053c1c4a845aa-Paper.pdf", "neurips:2017/3f5ee243547dee91fbd053c1c4a845aa"),
    ("https://proceedings.neurips.cc/paper_files/paper/2023/hash/3f5ee243547dee91fbd053c1c4a845aa-Abstract-Conference.html", "neurips:2023/3f5ee243547dee91fbd053c1c4a845aa"),
    ("https://papers.nips.cc/paper/8396-scene-representation.pdf", "neurips:8396-scene-representation"),
    ("http://papers.nips.cc/paper/8396-scene-representation", "neurips:8396-scene-representation"),
    ("https://www.biorxiv.org/content/10.1101/2023.07.05.547496v3", "biorxiv:10.1101/2023.07.05.547496v3"),
    ("https://www.biorxiv.org/content/10.1101/2023.12.12.571311v3.full.pdf", "biorxiv:10.1101/2023.12.12.571311v3"),
    ("https://www.medrxiv.org/content/10.1101/2020.03.24.20042937v1.full", "biorxiv:10.1101/2020.03.24.20042937v1"),
    ("https://doi.org/10.1101/2023.07.05.547496", "biorxiv:10.1101/2023.07.05.547496"),
    ("https://www.biorxiv.org/content/early/2018/01/02/242107", "biorxiv:10.1101/242107"),
    ("10.1101/gr.12345", "doi:10.1101/gr.12345"),
    ("https://www.semanticscholar.org/paper/A-Title-Doe/204e3073870fae3d05bcbc2f6a8e263d9b72e776", "s2:204e3073870fae3d05bcbc2f6a8e263d9b72e776"),
    ("https://www.semanticscholar.org/reader/204e3073870fae3d05bcbc2f6a8e263d9b72e776", "s2:204e3073870fae3d05bcbc2f6a8e263d9b72e776"),
    ("https://api.semanticscholar.org/CorpusID:13756489", "s2:CorpusID:13756489"),
    ("https://example.org/papers/a-title.pdf", "url:https://example.org/papers/a-title.pdf"),
    ("http://Example.org:80/A.PDF?utm_source=x#page=2", "url:https://example.org/A.PDF"),
    ("https://openreview.net/pdf/0123456789abcdef.pdf", "url:https://openreview.net/pdf/0123456789abcdef.pdf"),
    ("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa.pdf&usg=b", "url:https://example.org/a.pdf"),
    ("[A title](https://doi.org/10.1016/S0140-6736(05)67889-9)", "doi:10.1016/s0140-6736(05)67889-9"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_papers_outside_arxiv_have_one_identity_each(text: str, expected: str) -> None:
    assert key(papers.identify(text)) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/someone/thing",
        "https://openreview.net/group?id=ICLR.cc/2024/Conference",
        "https://aclanthology.org/volumes/P19-1/",
        "https://proceedings.mlr.press/v97/",
        "https://www.semanticscholar.org/author/1234",
        "https://doi.org/",
        "https://doi.org/10.1109",
        "http://[::1",
        "https://example.org:99999/a.pdf",
        "ftp://example.org/a.pdf",
        "javascript:alert(1)//a.pdf",
        "paper.pdf",
        "../papers/a.pdf",
        "https:///a.pdf",
        "https://example.org/" + "a" * 5000 + ".pdf",
    ],
)
def test_an_address_that_shows_no_paper_is_none(url: str) -> None:
    assert papers.identify_url(url) is None


def test_the_same_work_reached_in_different_ways_has_one_key() -> None:
    ways = ["10.18653/v1/P19-1412", "https://aclanthology.org/P19-1412v2.pdf", "ACL:p19-1412"]
    assert {paper.key for way in ways if (paper := papers.identify(way))} == {"acl:P19-1412"}


# ---- canonical addresses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://Example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org/a/?utm_source=x&id=3&fbclid=1", "https://example.org/a?id=3"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("https://example.org:8080/a", "https://example.org:8080/a"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://www.google.com/url?q=https://example.org/a&sa=t", "https://example.org/a"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ],
)  # fmt: skip
def test_a_web_identity_is_the_canonical_address(url: str, expected: str) -> None:
    paper = papers.web_identity(url)
    assert paper == PaperId("url", expected)
    assert papers.web_identity(expected) == paper


@pytest.mark.parametrize(
    "url", ["", "x", "/a", "mailto:a@b.c", "ftp://a.b/c", "http://", "http://[", "http://a:b/"]
)
def test_what_is_no_web_address_has_no_web_identity(url: str) -> None:
    assert papers.web_identity(url) is None


@given(st.text(max_size=60), st.sampled_from(["http://", "https://", "https://example.org/", "//", ""]))
def test_web_identities_are_idempotent_and_nothing_crashes(text: str, start: str) -> None:
    paper = papers.web_identity(start + text)
    if paper:
        assert papers.web_identity(paper.value) == paper
        assert paper.value.startswith("https://")


# ---- names -----------------------------------------------------------------------------------------


def test_labels_leave_the_version_out_and_addresses_keep_it() -> None:
    paper = PaperId("arxiv", "2106.09685", 2)
    assert papers.label(paper) == "arXiv:2106.09685"
    assert papers.short(paper) == "2106.09685"
    assert papers.written(paper) == "arXiv:2106.09685v2"
    assert papers.abs_url(paper) == "https://arxiv.org/abs/2106.09685v2"
    assert papers.pdf_url(paper) == "https://arxiv.org/pdf/2106.09685v2"


def test_a_web_page_is_called_by_its_address_without_the_scheme() -> None:
    paper = PaperId("url", "https://www.example.org/a")
    assert papers.label(paper) == papers.short(paper) == "example.org/a"
    assert papers.abs_url(paper) == "https://www.example.org/a"
    assert papers.pdf_url(paper) == ""


NEW_IDS = st.builds(
    lambda year, month, number, version: PaperId(
        "arxiv", f"{year:02}{month:02}.{number:05}" if year >= 15 else f"{year:02}{month:02}.{number % 9999 + 1:04}", version
    ),
    st.integers(8, 99), st.integers(1, 12), st.integers(1, 99999), st.integers(0, 999),
)  # fmt: skip
OLD_IDS = st.builds(
    lambda archive, year, month, number, version: PaperId(
        "arxiv", f"{archive}/{year:02}{month:02}{number:03}", version
    ),
    st.sampled_from(ARCHIVES),
    st.sampled_from([*range(91, 100), *range(7)]),
    st.integers(1, 12),
    st.integers(1, 999),
    st.integers(0, 999),
)
WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=6, max_size=12)
DOIS = st.builds(
    lambda prefix, suffix: PaperId("doi", f"10.{prefix}/{suffix}"),
    st.integers(2000, 9999999),
    st.from_regex(r"[a-z0-9]+([._/;()-][a-z0-9]+){0,4}", fullmatch=True).filter(
        lambda s: s.count("(") == s.count(")") == 0
    ),
)
OTHER_IDS = st.one_of(
    WORD.map(lambda w: PaperId("openreview", w)),
    st.builds(lambda n, v: PaperId("acl", f"P19-{n:04}", v), st.integers(1, 9999), st.integers(0, 9)),
    st.builds(lambda n: PaperId("acl", f"2020.acl-main.{n}"), st.integers(1, 9999)),
    st.builds(lambda n, w: PaperId("pmlr", f"v{n}/{w}"), st.integers(1, 300), WORD),
    st.builds(lambda w: PaperId("cvf", f"content/CVPR2021/{w}_CVPR_2021_paper"), WORD),
    st.builds(
        lambda h: PaperId("neurips", f"2019/{h}"), st.text("0123456789abcdef", min_size=32, max_size=32)
    ),
    st.builds(lambda n, w: PaperId("neurips", f"{n}-{w}"), st.integers(1, 9999), WORD),
    st.builds(lambda h: PaperId("s2", h), st.text("0123456789abcdef", min_size=40, max_size=40)),
    st.builds(lambda n: PaperId("s2", f"CorpusID:{n}"), st.integers(1, 10**9)),
    st.builds(
        lambda n, v: PaperId("biorxiv", f"10.1101/2023.07.05.{n:06}", v),
        st.integers(1, 999999),
        st.integers(0, 9),
    ),
    WORD.map(lambda w: PaperId("url", f"https://example.org/{w}.pdf")),
)
ANY_ID = st.one_of(NEW_IDS, OLD_IDS, DOIS, OTHER_IDS)


@given(ANY_ID)
@example(PaperId("arxiv", "0704.0001", 1))
@example(PaperId("arxiv", "math-ph/0001001"))
def test_identify_reads_back_what_written_writes(paper: PaperId) -> None:
    assert papers.identify(papers.written(paper)) == paper


@given(ANY_ID)
def test_the_page_of_a_paper_is_the_address_of_that_paper(paper: PaperId) -> None:
    found = papers.identify_url(papers.abs_url(paper))
    assert found is not None
    assert found.key == paper.key
    pdf = papers.pdf_url(paper)
    if pdf:
        assert (papers.identify_url(pdf) or paper).key == paper.key


def identities() -> list[tuple[str, str]]:
    """The forms of tests/data/identities.txt, each with the paper it names."""
    lines = (Path(__file__).parent / "data/identities.txt").read_text(encoding="utf-8").split("\n")
    rows = [line.rpartition(" => ") for line in lines if line and not line.startswith("# ")]
    return [(text, "" if named == "-" else named) for text, _, named in rows]


@pytest.mark.parametrize(("text", "expected"), identities())
def test_each_form_that_was_checked_by_hand_names_its_paper(text: str, expected: str) -> None:
    assert key(papers.identify(text)) == expected


def test_two_hundred_forms_were_checked_by_hand() -> None:
    assert len(identities()) >= 200 and len(dict(identities())) == len(identities())


AROUND = ["{}", "[a title]({})", "<{}>", '"{}"', "`{}`", " {} ", "{}.", "{} (a remark)"]
FIELDS = [
    "{}",
    "arXiv:{}",
    "arxiv: {}",
    "arXiv {}",
    "ARXIV:{}",
    "[{}] A title",
    "abs/{}",
    "10.48550/arXiv.{}",
]
HOSTS = [
    "arxiv.org/abs/{}", "www.arxiv.org/pdf/{}", "arxiv.org/pdf/{}.pdf", "export.arxiv.org/abs/{}", "arxiv.org/html/{}",
    "ar5iv.org/abs/{}", "ar5iv.labs.arxiv.org/html/{}", "alphaxiv.org/abs/{}", "huggingface.co/papers/{}", "doi.org/10.48550/arXiv.{}",
]  # fmt: skip
ENDS = ["", "/", "?context=cs.AI", "#S2.F1", "?a=b#c"]
WRAPS = ["{}", "https://www.google.com/url?q={}&sa=D", "https://web.archive.org/web/2020/{}"]
ADDRESSES = st.builds(
    lambda scheme, host, end, wrap: wrap.format(scheme + host + end),
    st.sampled_from(["https://", "http://"]),
    st.sampled_from(HOSTS),
    st.sampled_from(ENDS),
    st.sampled_from(WRAPS),
)


@given(
    st.one_of(NEW_IDS, OLD_IDS),
    st.one_of(
        st.sampled_from(FIELDS),
        st.tuples(st.sampled_from(AROUND), ADDRESSES).map(lambda t: t[0].format(t[1])),
    ),
)
def test_every_arxiv_id_is_read_in_every_form_and_written_canonically(paper: PaperId, form: str) -> None:
    text = form.format(papers.written(paper).removeprefix("arXiv:"))
    assert papers.identify(text) == paper
    again = papers.written(paper)
    assert papers.written(papers.identify(again) or PaperId("url", "")) == again


@given(st.text(max_size=80))
@example("10.1/")
@example("10.1145/a\ud800b")
@example("https://example.org/\ud800?\ud800.pdf")
@example("[x](")
@example("arxiv.org/abs/" + "²" * 4)
def test_no_text_crashes_the_grammar(text: str) -> None:
    for found in (papers.identify(text), papers.identify_url(text), papers.web_identity(text)):
        assert found is None or (found.value and papers.abs_url(found))
    if papers.malformed(text):
        assert papers.identify(text) is None
    assert all(text[spot.start : spot.end].strip() for spot in papers.find(text))


# ---- prose -----------------------------------------------------------------------------------------


def spots(text: str) -> list[tuple[str, str, bool]]:
    return [(text[spot.start : spot.end], key(spot.paper), spot.naked) for spot in papers.find(text)]


PROSE = [
    ("as in arXiv:2106.09685.", [("arXiv:2106.09685", "arxiv:2106.09685", False)]),
    ("as in arXiv 2106.09685v2, they", [("arXiv 2106.09685v2", "arxiv:2106.09685v2", False)]),
    ("arXiv preprint arXiv:1706.03762", [("arXiv:1706.03762", "arxiv:1706.03762", False)]),
    ("arXiv preprint 1706.03762", [("arXiv preprint 1706.03762", "arxiv:1706.03762", False)]),
    ("arXiv\u00a02106.09685", [("arXiv\u00a02106.09685", "arxiv:2106.09685", False)]),
    ("(arXiv:2106.09685)", [("arXiv:2106.09685", "arxiv:2106.09685", False)]),
    ("CoRR, abs/1706.03762", [("abs/1706.03762", "arxiv:1706.03762", False)]),
    ("see [2106.09685] for it", [("2106.09685", "arxiv:2106.09685", False)]),
    ("array[2106.09685] of code", [("2106.09685", "arxiv:2106.09685", True)]),
    ("see 2106.09685 for it", [("2106.09685", "arxiv:2106.09685", True)]),
    ("2106.09685 and 2305.14314v2.", [("2106.09685", "arxiv:2106.09685", True), ("2305.14314v2", "arxiv:2305.14314v2", True)]),
    ("参见2106.09685。", [("2106.09685", "arxiv:2106.09685", True)]),
    ("in hep-th/9901001 they", [("hep-th/9901001", "arxiv:hep-th/9901001", False)]),
    ("arXiv:math.GT/0309136v1", [("arXiv:math.GT/0309136v1", "arxiv:math/0309136v1", False)]),
    ("doi:10.1145/3292500.3330701, which", [("doi:10.1145/3292500.3330701", "doi:10.1145/3292500.3330701", False)]),
    ("DOI 10.1109/5.771073.", [("DOI 10.1109/5.771073", "doi:10.1109/5.771073", False)]),
    ("(10.1016/S0140-6736(05)67889-9)", [("10.1016/S0140-6736(05)67889-9", "doi:10.1016/s0140-6736(05)67889-9", False)]),
    ("at https://arxiv.org/abs/2106.09685, and", [("https://arxiv.org/abs/2106.09685", "arxiv:2106.09685", False)]),
    ("(https://arxiv.org/abs/2106.09685)", [("https://arxiv.org/abs/2106.09685", "arxiv:2106.09685", False)]),
    ("at www.arxiv.org/abs/2106.09685.", [("www.arxiv.org/abs/2106.09685", "arxiv:2106.09685", False)]),
    ("at openreview.net/forum?id=HyxY6JHKwr.", [("openreview.net/forum?id=HyxY6JHKwr", "openreview:HyxY6JHKwr", False)]),
    ("[2106.09685](http://arxiv.org/abs/2106.09685v1)|**", [("2106.09685", "arxiv:2106.09685", False), ("http://arxiv.org/abs/2106.09685v1", "arxiv:2106.09685v1", False)]),
    ("10.48550/arXiv.1905.07512", [("10.48550/arXiv.1905.07512", "arxiv:1905.07512", False)]),
    ("arXiv 1203.12345 was", [("arXiv 1203.12345", "arxiv:1203.12345", False)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_prose_names_papers(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert spots(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "pi is 3.1415, version 3.1415.9265 of it",
        "released 2024.01.15, again 2024.10.01",
        "the host 1203.12345678 or 192.168.0.1",
        "it costs $1203.1234 or €2106.09685",
        "a share of 1203.1234%, 2106.09685 %",
        "call +49 0704.123.4567 or 555-1203.1234",
        "x=1203.1234 y+1203.1234 -1203.1234 ~1203.1234",
        "between 1203.1234-1305.5678 and 1,203.1234",
        "build 12106.09685 of a2106.09685 and v2106.09685",
        "month 2113.09685, number 2106.00000, four digits 2106.0968",
        "too many digits 2106.096855, too early 0703.1234",
        "a five-digit number before its time: 1203.12345",
        "the file 2106.09685.pdf and src/2106.09685/x",
        "twice versioned 2106.09685v1v1 or 2106.09685f",
        "src/cs/0306050.txt and data/math/0309136",
        "the ratio 10.5000/3 and 10.1234/5.6 of it",
        "10.1234/ and 10.12/abc",
        "WebArXiv:2106.0968 and arXiv 2024",
        "https://example.org/2106.09685/x and https://example.org/abs/2106.09685",
        "me@arxiv.org/abs/2106.09685",
        "2023.10.11453 is none",
        "1203.1234e5 and 0x1203.1234",
        "at 12:1203.1234 sharp",
    ],
)
def test_numbers_that_are_no_ids_are_left_alone(text: str) -> None:
    assert spots(text) == []


@given(
    st.lists(st.from_regex(r"[$v]?[0-9]{1,5}([.,:/-][0-9]{1,3}){0,3}[%a-z]?", fullmatch=True), max_size=12)
)
def test_ordinary_numbers_are_never_papers_for_sure(words: list[str]) -> None:
    assert papers.find(" ".join(words)) == []


@given(st.text("0123456789.v,:/-[]()$% \n", max_size=80))
def test_digits_and_signs_alone_give_no_paper_but_naked_and_bracketed_ones(text: str) -> None:
    for spot in papers.find(text):
        surrounded = text[spot.start - 1 : spot.start] == "[" and text[spot.end : spot.end + 1] == "]"
        assert spot.naked or surrounded or spot.paper.scheme in ("doi", "biorxiv")
        assert not text[spot.end : spot.end + 1].isdigit()
        assert not text[: spot.start][-1:].isdigit()


@given(st.lists(ANY_ID, max_size=4), st.sampled_from([" ", ", ", " and ", "; see ", "\n"]))
def test_papers_written_into_prose_are_found_in_order(ids: list[PaperId], glue: str) -> None:
    ids = [paper for paper in ids if paper.scheme in ("arxiv", "doi")]
    text = glue.join(papers.written(paper) for paper in ids)
    assert [spot.paper for spot in papers.find(text)] == ids
    ends = [0, *(spot.end for spot in papers.find(text))]
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    "unit",
    [
        "2106.09685 ", "arXiv:", "arXiv preprint ", "http://a(", "http://a)", "https://", "[2106.09685", "10.1145/", "10.1145/(",
        "cs/", "cs.aa/", "a.arxiv.org/", "doi.org/", "hep-th/9901001", "1203.1234v", "((((", "arxiv.org/abs/2106.09685)",
    ],
)  # fmt: skip
def test_finding_takes_time_linear_in_the_text(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    papers.find(text)
    assert time.process_time() - start < 5, "quadratic work on this text would take minutes"


@pytest.mark.parametrize("unit", ["[", "](", "arxiv", "v1", "/full", "http://", "%2", "10.1/"])
def test_identifying_takes_time_linear_in_the_text(unit: str) -> None:
    text = unit * 50_000
    start = time.process_time()
    for start_with in ("", "https://arxiv.org/abs/", "https://doi.org/10.1145/", "arXiv:", "[x]("):
        papers.identify(start_with + text)
        papers.identify_url(start_with + text)
        papers.malformed(start_with + text)
        papers.web_identity(start_with + text)
    assert time.process_time() - start < 5


# ---- ordinary text ---------------------------------------------------------------------------------


def test_no_paper_in_five_megabytes_of_ordinary_code_and_prose() -> None:
    """The standard library, its docstrings and tests: whatever is found there names itself a DOI or is a PDF."""
    size = 0
    for path in sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py")):
        if "site-packages" in path.parts or size > 5_000_000:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        size += len(text)
        for spot in papers.find(text):
            written = text[spot.start : spot.end]
            assert spot.paper.scheme in ("doi", "url") and written.startswith(("http", "doi:")), (
                path,
                written,
            )
    assert size > 5_000_000


# ---- public material -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cases(corpora: Path) -> dict[str, list[list[str]]]:
    return json.loads((corpora / "arxiv-id-cases.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_the_collected_forms_all_parse(cases: dict[str, list[list[str]]]) -> None:
    for text, expected in cases["must_parse"] + cases["real_forms"]:
        paper = papers.identify(text)
        assert (text, paper and paper.value, papers.malformed(text)) == (text, expected, "")


def test_the_collected_lenient_forms_parse_with_a_warning(cases: dict[str, list[list[str]]]) -> None:
    for text, expected in cases["lenient_with_warning"]:
        paper = papers.identify(text)
        assert (text, paper and paper.value, papers.lenient(text)) == (text, expected, True)


def test_the_collected_malformed_forms_are_told_and_never_identified(cases: dict[str, list[str]]) -> None:
    for text in cases["real_malformed_seen"]:
        assert papers.malformed(text), text
        assert (papers.identify(text), papers.identify_url(text), papers.find(text)) == (None, None, []), text


def test_the_collected_addresses_that_are_not_papers_are_none(cases: dict[str, list[str]]) -> None:
    for text in cases["not_arxiv"]:
        assert (papers.identify(text), papers.identify_url(text), papers.malformed(text)) == (
            None,
            None,
            "",
        ), text


def ids_by_hand(text: str) -> set[str]:
    """Ids in arXiv addresses, read without the product's grammar: what stands after the last slash."""
    found = set()
    for piece in text.split("arxiv.org/")[1:]:
        folder, _, rest = piece.partition("/")
        word = re.split(r"[^0-9A-Za-z.]", rest, maxsplit=1)[0].removesuffix(".pdf").rstrip(".")
        number, _, version = word.partition("v")
        if (
            folder in ("abs", "pdf")
            and re.fullmatch(r"\d{4}\.\d{4,5}", number)
            and version.isdigit() | (version == "")
        ):
            found.add(number)
    return found


@pytest.mark.parametrize(
    ("folder", "count"), [("log-autonomous-agents", 5405), ("tables-cv-arxiv-daily", 8563)]
)
def test_public_logs_and_tables_give_every_id_in_an_arxiv_address(
    corpora: Path, folder: str, count: int
) -> None:
    read, found, by_hand = set(), set(), set()
    for path in sorted((corpora / folder).rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        by_hand |= ids_by_hand(text)
        for url in re.findall(r"https?://[^\s)\]|<>\"]*arxiv\.org/[^\s)\]|<>\"]*", text):
            paper = papers.identify_url(url)
            read |= {paper.value} if paper else set()
        for line in text.splitlines():
            found |= {s.paper.value for s in papers.find(line) if s.paper.scheme == "arxiv" and not s.naked}
    assert len(by_hand) == count
    assert read == by_hand
    assert found >= by_hand
    assert len(found - by_hand) <= 1, "one paper of the log stands there by another site's address"
