"""Believable views of every page kind, rich enough to show every feature and every edge.

``pages()`` is what the tests render and what a designer looks at: output path -> view.
"""

from __future__ import annotations

from pathlib import Path

from vault.records import Html, Templates, changed
from vault.records.views import (
    AboutPage,
    Anchor,
    ArchivePage,
    Choice,
    Contents,
    Day,
    Fact,
    Feed,
    FeedEntry,
    FeedPage,
    Group,
    Head,
    HomePage,
    Mentioned,
    MissingPage,
    MonthCell,
    MonthPage,
    NotePage,
    Page,
    Pager,
    PaperPage,
    PaperRow,
    PapersPage,
    QueueGroup,
    QueuePage,
    QueueRow,
    Quote,
    RedirectPage,
    Reference,
    RelatedNote,
    Row,
    SearchPage,
    Shelf,
    Site,
    State,
    TagNode,
    TagPage,
    TagsPage,
    When,
    YearLine,
    YearPage,
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
STATES = {
    "to-read": State("to-read", "queued", "To read"),
    "reading": State("reading", "reading", "Reading"),
    "read": State("read", "read", "Read"),
    "skimmed": State("skimmed", "skimmed", "Skimmed"),
    "dropped": State("dropped", "dropped", "Dropped"),
}
BASE = "https://reader.example/notes"
CSS, SCRIPT = "assets/vault.css", "assets/vault.js"

ROOT = Path(__file__).parents[1] / "templates"


def theme() -> Templates:
    """The shipped theme, as the disk room reads it."""
    files = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*")) if path.is_file()}
    return Templates(
        theme={
            name: path.read_text("utf-8") for name, path in files.items() if path.suffix in (".html", ".xml")
        },
        overrides={},
        assets={name: path.read_bytes() for name, path in files.items() if name.startswith("assets/")},
        user_assets={},
        options={},
    )


# Small things


def when(iso: str) -> When:
    """A day, a month or a year as views print it."""
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return When(iso, year, year, year)
    name = MONTHS[int(month) - 1]
    if not day:
        return When(iso, name[:3], f"{name[:3]} {year}", f"{name} {year}")
    return When(iso, f"{int(day)} {name[:3]}", f"{int(day)} {name[:3]} {year}", f"{int(day)} {name} {year}")


def up(url: str) -> str:
    return "../" * (url.count("/") - 1) or "./"


def to(url: str, target: str) -> str:
    """A link in ``file`` form from one root-relative URL to another."""
    path, hash_, anchor = target.partition("#")
    return up(url) + path.lstrip("/") + ("index.html" if path.endswith("/") else "") + hash_ + anchor


def site(url: str, here: str = "") -> Site:
    sections = ("Papers", "Queue", "Tags", "Archive", "About")
    return Site(
        title="paper notes",
        author="A. Reader",
        description="Notes on machine-learning papers, written the day they are read.",
        lang="en",
        licence="CC BY 4.0",
        root=up(url),
        home=to(url, "/"),
        nav=tuple(Anchor(name, to(url, f"/{name.lower()}/")) for name in sections),
        here=here,
        css=up(url) + CSS,
        script=up(url) + SCRIPT,
        user_css="",
        footer=(
            Anchor("Atom", to(url, "/feed.xml")),
            Anchor("JSON Feed", to(url, "/feed.json")),
            Anchor("BibTeX of everything", to(url, "/papers.bib")),
            Anchor("About", to(url, "/about/")),
        ),
        search=to(url, "/search/"),
    )


def head(url: str, title: str, description: str = "", **more: object) -> Head:
    whole = f"{title} · paper notes" if title else "paper notes"
    return Head(
        title=whole,
        description=description,
        canonical=BASE + url,
        property=(("og:type", "website"), ("og:title", title or "paper notes"), ("og:url", BASE + url)),
        feeds=(Feed("paper notes (Atom)", up(url) + "feed.xml", "application/atom+xml"),),
        **more,  # type: ignore[arg-type]
    )


def frame(url: str, kind: str, title: str, here: str = "", description: str = "") -> dict[str, object]:
    """What every page record needs."""
    return {
        "template": f"pages/{kind}.html",
        "url": url,
        "head": head(url, title, description),
        "site": site(url, here),
        "title": Html(title),
    }


def tag(url: str, path: str, note: str = "") -> Anchor:
    return Anchor(path, to(url, f"/tags/{path.replace(' ', '-')}/"), note)


NOTES = {
    "lora": ("LoRA: Low-Rank Adaptation of Large Language Models", "2025-01-14", "read", "4 of 5", "Keep the big matrices as they are, learn two thin ones whose product is added, and fold them in when training ends.", "Hu, Shen and 6 more, ICLR 2022", ("efficiency/peft", "fine-tuning")),
    "qlora": ("QLoRA: Efficient Finetuning of Quantized LLMs", "2025-01-12", "read", "5 of 5", "Sixteen-bit adapters learn through a four-bit base, so that one large card is enough for a 65B model.", "Dettmers, Pagnoni and 2 more, NeurIPS 2023", ("efficiency/peft", "quantisation")),
    "forgets": ("LoRA Learns Less and Forgets Less", "2025-01-09", "read", "4 of 5", "The adapter lags behind on code and mathematics; in return it keeps what the model could do before.", "Biderman, Portes and 10 more, TMLR 2024", ("efficiency/peft", "evaluation")),
    "mirage": ("Are Emergent Abilities of Large Language Models a Mirage?", "2025-01-07", "skimmed", "", "Change the metric from all-or-nothing to partial credit and most of the sudden jumps are gone.", "Schaeffer, Miranda, Koyejo, NeurIPS 2023", ("scaling", "evaluation")),
    "flash": ("FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness", "2025-01-05", "read", "5 of 5", "Count the bytes moved instead of the operations, and the order of the loops follows.", "Dao, Fu and 3 more, NeurIPS 2022", ("systems/kernels", "attention")),
    "middle": ("Lost in the Middle: How Language Models Use Long Contexts", "2025-01-03", "read", "3 of 5", "A fact is found at either end of the prompt, and often overlooked between.", "Liu, Lin and 5 more, TACL 2024", ("long-context", "evaluation")),
    "hyena": ("Hyena Hierarchy: Towards Larger Convolutional Language Models", "2025-01-02", "dropped", "", "Put aside at the implicit filters until I know the state-space papers better.", "Poli, Massaroli and 7 more, ICML 2023", ("sequence-models/ssm",)),
    "grokking": ("Progress measures for grokking via mechanistic interpretability", "2024-12-29", "read", "4.5 of 5", "The network adds by rotating; the circuit grows long before the test loss falls.", "Nanda, Chan and 3 more, ICLR 2023", ("interpretability",)),
}  # fmt: skip


def row(url: str, name: str, **more: object) -> Row:
    title, day, state, rating, say, paper, tags = NOTES[name]
    made = Row(
        to(url, f"/{day[:4]}/{day[5:7]}/{name}/"), Html(title), when(day), STATES[state], rating, Html(say), paper,
        tuple(tag(url, path) for path in tags),
    )  # fmt: skip
    return changed(made, **more) if more else made


def rows(url: str, *names: str) -> tuple[Row, ...]:
    return tuple(row(url, name) for name in names)


# A note that shows everything

FORMULA = (
    '<math display="block"><semantics><mrow><mi>h</mi><mo>=</mo><msub><mi>W</mi><mn>0</mn></msub><mi>x</mi><mo>+</mo>'
    '<mfrac><mi>α</mi><mi>r</mi></mfrac><mi>B</mi><mi>A</mi><mi>x</mi><mo>,</mo><mspace width="1.2em"/><mi>A</mi><mo>∈</mo>'
    '<msup><mi>ℝ</mi><mrow><mi>r</mi><mo>×</mo><mi>k</mi></mrow></msup><mo>,</mo><mspace width=".5em"/><mi>B</mi><mo>∈</mo>'
    "<msup><mi>ℝ</mi><mrow><mi>d</mi><mo>×</mo><mi>r</mi></mrow></msup></mrow>"
    '<annotation encoding="application/x-tex">h = W_0x + \\frac{\\alpha}{r}BAx</annotation></semantics></math>'
)
LONG_FORMULA = (
    '<span class="im" tabindex="0"><math><mrow>'
    + "<mi>x</mi><mo>+</mo>" * 60
    + "<mi>y</mi></mrow></math></span>"
)
W0 = "<math><msub><mi>W</mi><mn>0</mn></msub></math>"


def heading(level: int, anchor: str, text: str) -> str:
    return f'<h{level} id="h-{anchor}"><a class="h-a" href="#h-{anchor}" aria-label="Link to {text}">#</a>{text}</h{level}>'


def ref(number: int) -> str:
    return f'<a id="fnref-{number}" class="ref" href="#fn-{number}" role="doc-noteref" style="--a: --r{number}">{number}</a>'


def sidenote(number: int, text: str, long: bool = False) -> str:
    before = f" --prev: --n{number - 1};" if number > 1 else ""
    return (
        f'<aside id="fn-{number}" class="sn{" long" if long else ""}" role="note" style="--a: --n{number}; --ref: --r{number};{before}">'
        f'<a href="#fnref-{number}" role="doc-backlink" aria-label="Note {number}, back to text">{number}</a>{text}</aside>'
    )


CODE = """<pre tabindex="0"><code class="language-python"><span class="k">class</span> <span class="nf">LoRALinear</span>(nn.Module):
    <span class="k">def</span> <span class="nf">__init__</span>(self, base: nn.Linear, r: int = <span class="m">4</span>, alpha: float = <span class="m">8</span>, name: str = <span class="s">"lora"</span>):
        super().__init__()
        self.base = base.requires_grad_(<span class="k">False</span>)
        self.A = nn.Parameter(torch.randn(r, base.in_features) / r)
        self.B = nn.Parameter(torch.zeros(base.out_features, r))  <span class="c"># zero: training starts at the base</span>

    <span class="k">def</span> <span class="nf">forward</span>(self, x):
        <span class="k">return</span> self.base(x) + self.scale * (x @ self.A.T @ self.B.T)</code></pre>"""

TABLE = """<div class="scroll" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th scope="col">Method</th><th scope="col" class="num">Trained</th><th scope="col" class="num">WikiSQL</th><th scope="col" class="num">MNLI-m</th><th scope="col" class="num">SAMSum R1</th></tr></thead>
<tbody><tr><td>Everything</td><td class="num">175,255 M</td><td class="num">73.8</td><td class="num">89.5</td><td class="num">52.0</td></tr>
<tr><td>Biases only</td><td class="num">14.2 M</td><td class="num">71.3</td><td class="num">91.0</td><td class="num">51.3</td></tr>
<tr><td>LoRA, rank 1</td><td class="num">4.7 M</td><td class="num">73.4</td><td class="num"><strong>91.7</strong></td><td class="num"><strong>53.8</strong></td></tr>
<tr><td>LoRA, rank 8</td><td class="num">37.7 M</td><td class="num"><strong>74.0</strong></td><td class="num">91.6</td><td class="num">53.4</td></tr></tbody></table></div>"""

WIDE_TABLE = (
    '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th scope="col">Seed</th>'
    + "".join(f'<th scope="col" class="num">Checkpoint{n}</th>' for n in range(1, 15))
    + "</tr></thead><tbody><tr><td>first</td>"
    + "".join(f'<td class="num">{70 + n / 7:.2f}</td>' for n in range(1, 15))
    + "</tr></tbody></table></div>"
)

FIGURE = """<figure><svg viewBox="0 0 608 220" width="608" height="220" role="img" aria-labelledby="f1t"><title id="f1t">Accuracy against rank for two choices of adapted matrices</title>
<line x1="30" x2="600" y1="190" y2="190" stroke="var(--c-border)"/><text x="0" y="194">68</text><line x1="30" x2="600" y1="112" y2="112" stroke="var(--c-border)"/><text x="0" y="116">71</text><line x1="30" x2="600" y1="34" y2="34" stroke="var(--c-border)"/><text x="0" y="38">74</text>
<polyline points="40,50 132,52 224,42 316,39 592,47" fill="none" stroke="var(--c-link)" stroke-width="2"/><polyline points="40,169 132,148 224,125 316,128 592,138" fill="none" stroke="var(--c-muted)" stroke-width="2" stroke-dasharray="5 4"/>
<text x="380" y="66">query and value</text><text x="380" y="152">query only</text><text x="40" y="212" text-anchor="middle">1</text><text x="316" y="212" text-anchor="middle">8</text><text x="592" y="212" text-anchor="middle">64</text></svg>
<figcaption>Figure 1. Accuracy (%) against rank; the axis is logarithmic.</figcaption></figure>"""

PLOT = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='320'%20height='120'%3E%3Cpath%20d='M8%20100Q80%2020%20150%2060T312%2016'%20fill='none'%20stroke='%23333'%20stroke-width='2'/%3E%3C/svg%3E"


def callout(kind: str, title: str, text: str) -> str:
    return f'<div class="callout {kind}" role="note"><p>{title}</p><p>{text}</p></div>'


def body(url: str) -> Html:
    """Everything a body can hold, as the rooms ``markdown`` and ``compose`` write it."""
    forgets = to(url, "/2025/01/forgets/")
    return Html("\n".join((
        heading(2, "method", "Method"),
        f'<p>Storing a full copy of a large model for every task is wasteful when the copies differ by little. An earlier paper had shown that tuning works inside a random subspace of a few hundred dimensions <a class="cite" id="cite-1-1" href="#ref-1" aria-label="Reference 1">[1]</a>, and that larger models need fewer.{ref(1)} So assume that the change itself has low rank, and write it that way from the first step.</p>',
        sidenote(1, "A random subspace is not a low rank. The step from one to the other is a hope, if a good one; see their table of dimensions for each task."),
        f"<p>For a frozen matrix {W0} the change is the product of two thin factors, with a scale that keeps the learning rate usable when the rank moves:</p>",
        f'<div class="eq" role="group" aria-label="Formula" tabindex="0">{FORMULA}<span>(1)</span></div>',
        f'<p>One factor starts at random, the other at zero, so that training begins at the model as it was.{ref(2)} Only two projections of each attention block are changed. After training the product is added to {W0} and nothing remains to be computed; bottleneck layers <a class="cite" id="cite-2-1" href="#ref-2" aria-label="Reference 2">[2]</a> stay in the path for ever. With my own note close by: <a class="card" href="{forgets}">LoRA Learns Less</a> <a class="ext" href="https://arxiv.org/abs/2405.09673" rel="external noopener" aria-label="arXiv 2405.09673">arXiv</a>, a <a href="https://example.org/a/rather/long/address/without/a/place/to/break/it/in/a/narrow/column" rel="external noopener">page elsewhere</a>, a <span class="missing" title="There is no note called “rsLoRA”">note that is missing</span>, a <a class="tag" href="{to(url, "/tags/theory/")}">#theory</a> and <mark>marked words</mark>.</p>',
        sidenote(2, f'Zero in both would not do: each gradient is multiplied by the other factor. <a class="card" href="{forgets}">Someone</a> later gives the two different learning rates.'),
        CODE,
        heading(2, "evidence", "Evidence"),
        '<p>Three tasks at full size. Prefix methods <a class="cite" id="cite-3-1" href="#ref-3" aria-label="Reference 3">[3]</a> get worse as they grow, and the text says so.</p>',
        TABLE,
        f'<p>The spread between seeds is half a point, so the honest reading is “no worse”. The saving in memory is the firmer result.{ref(3)} The optimiser keeps state for the thin factors alone.{ref(4)}</p>',
        sidenote(3, "The largest number in the abstract is a saving on disk, not in memory."),
        sidenote(4, "Two notes in one paragraph: the second stands below the first, however long that one is."),
        heading(3, "rank", "How small can <math><mi>r</mi></math> be?"),
        f"<p>Smaller than I thought. Rank one for two matrices beats rank eight for one.{ref(5)} Values near {W0} matter less than where they are put, press <kbd>Ctrl</kbd> to disagree, and <code>self.scale</code> is only a convenience; H<sub>2</sub>O and 10<sup>3</sup> stay on their line.</p>",
        sidenote(5, "A long aside stays in the text column, because in the margin it would push everything after it down the page. It is indented, small and muted, and it may run to more than eighty words without doing any harm, which is about where a note stops being a note and starts to be a paragraph that someone was too shy to write. This one keeps going in order to be long enough for its class to mean something when one looks at it.", long=True),
        FIGURE,
        f'<p>A picture beside the notes, drawn for a light page: <img src="{PLOT}" alt="A curve that falls and rises" width="320" height="120" loading="lazy" decoding="async"></p>',
        heading(2, "limits", "What it does not show"),
        callout("warn", "Read the claim narrowly", f'Each task here is near what the model could do already. <a class="card" href="{forgets}">Later work</a> finds a gap on code at every rank that saves memory.'),
        callout("tip", "Tip", "Adapt every linear layer, and keep <em>alpha</em> at twice the rank."),
        callout("note", "Note", "Several customers in one batch need unmerged weights."),
        callout("question", "Open", "Does the square root of the rank keep gradients steady, or only these gradients?"),
        callout("danger", "Do not", "Merge into a quantised base and expect the same numbers."),
        callout("quote", "Section 7", "The authors leave the choice of matrices to heuristics."),
        '<details class="callout note"><summary>Folded: the arithmetic of one layer</summary><p>Two factors of rank four for a square matrix of side 4,096 are 32,768 numbers; the matrix has 16.8 million.</p><ul><li>one</li><li>two</li></ul></details>',
        "<ul><li>No experiment changes the feed-forward layers.<ul><li>Most parameters live there.</li><li>Later work does.</li></ul></li><li>Latency is measured for one request at a time.</li></ul>",
        "<ol><li><p>A loose list has paragraphs.</p><p>Two of them here.</p></li><li><p>And a second item.</p></li></ol>",
        '<ul class="tasks"><li class="task"><input type="checkbox" disabled aria-label="open">read the appendix on ranks</li><li class="task"><input type="checkbox" disabled checked aria-label="done">copy table 4</li><li class="task"><span class="box" role="img" aria-label="open"></span>the same two, drawn</li><li class="task"><span class="box done" role="img" aria-label="done"></span>and done</li></ul>',
        "<blockquote><p>A quoted paragraph, indented and muted.</p><blockquote><p>And one inside it.</p></blockquote></blockquote>",
        "<dl><dt>Rank</dt><dd>The width of the thin factors.</dd><dt>Alpha</dt><dd><p>A scale, divided by the rank.</p></dd></dl>",
        "<hr>",
        f'<div class="embed">{heading(3, "e1-setup", "Setup")}<p>What another note says about the same runs: three seeds each, and the best of five learning rates.</p><p class="from"><a class="card" href="{forgets}">LoRA Learns Less and Forgets Less</a></p></div>',
        f'<ul class="query"><li><a class="card" href="{to(url, "/2025/01/qlora/")}">QLoRA: Efficient Finetuning of Quantized LLMs</a> <time datetime="2025-01-12">12 Jan 2025</time></li><li><a class="card" href="{forgets}">LoRA Learns Less and Forgets Less</a> <time datetime="2025-01-09">9 Jan 2025</time></li></ul><p class="none">No note answers this query.</p>',
        heading(2, "edges", "Edges"),
        WIDE_TABLE,
        f"<p>A formula wider than a phone, in running text: {LONG_FORMULA} and on it goes. One that cannot be set: <code class=\"math-error\" title=\"unknown command\">\\foo{{x}}</code>. Averyveryverylongwordwithoutanyplacetobreakit_{'x' * 60}.</p>",
        heading(3, "third", "A heading of the third level"),
        heading(4, "small", "A heading of the fourth level"),
        "<p>The last paragraph, which is short.</p>",
    )))  # fmt: skip


NAMES = (
    "Edward J. Hu",
    "Yelong Shen",
    "Phillip Wallis",
    "Zeyuan Allen-Zhu",
    "Yuanzhi Li",
    "Shean Wang",
    "Lu Wang",
    "Weizhu Chen",
)
AUTHORS = tuple(
    Anchor(name, "../../../authors/edward-j-hu/index.html" if name == NAMES[0] else "") for name in NAMES
)
CROWD = tuple(Anchor(f"{given} {family}", "") for given in ("Ada", "Bo", "Chidi", "Dilnoza", "Ewa") for family in ("Okonkwo", "Lindqvist", "García Márquez", "van der Berg", "Nguyễn", "Sørensen", "Petrović", "O’Neill"))  # fmt: skip

BIBTEX = """@inproceedings{hu2022lora,
  title     = {{LoRA}: Low-Rank Adaptation of Large Language Models},
  author    = {Hu, Edward J. and Shen, Yelong and Wallis, Phillip and Allen-Zhu, Zeyuan},
  booktitle = {ICLR},
  year      = {2022},
  eprint    = {2106.09685},
  archivePrefix = {arXiv}
}"""


def back(number: int, places: int = 1) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(f"Back to citation {p} of reference {number}", f"#cite-{number}-{p}")
        for p in range(1, places + 1)
    )


def references(url: str) -> tuple[Reference, ...]:
    return (
        Reference("ref-1", Html("A. Aghajanyan, L. Zettlemoyer, S. Gupta."), "https://arxiv.org/abs/2012.13255", True, back(1), Anchor("note", to(url, "/2025/01/qlora/")), Html("Intrinsic Dimensionality Explains the Effectiveness of Language Model Fine-Tuning"), Html(". ACL 2021.")),
        Reference("ref-2", Html("N. Houlsby et al."), "https://arxiv.org/abs/1902.00751", True, back(2), None, Html("Parameter-Efficient Transfer Learning for NLP"), Html(". ICML 2019.")),
        Reference("ref-3", Html("A note of mine without a paper"), to(url, "/notes/essay/"), False, back(3)),
    )  # fmt: skip


def note(url: str = "/2025/01/lora/", /, **more: object) -> NotePage:
    """The note of the mock, with everything on it."""
    fields: dict[str, object] = {
        **frame(url, "note", "LoRA", description="Freeze the model, learn a thin correction, fold it in."),
        "title": Html("LoRA: Low-Rank Adaptation of Large Language Models"),
        "state": STATES["read"],
        "rating": "4 of 5",
        "when": when("2025-01-14"),
        "minutes": 6,
        "subtitle": Html(""),
        "authors": AUTHORS,
        "facts": (
            Fact("Venue", "ICLR 2022"),
            Fact("Published", "", when=when("2021-06-17")),
            Fact("arXiv", "2106.09685", "https://arxiv.org/abs/2106.09685", True),
            Fact("Code", "microsoft/LoRA", "https://github.com/microsoft/LoRA", True),
            Fact("Updated", "", when=when("2025-01-18")),
            Fact("Kind", "method, with ablations"),
        ),
        "buttons": (
            Anchor("arXiv", "https://arxiv.org/abs/2106.09685"),
            Anchor("PDF", "https://arxiv.org/pdf/2106.09685"),
            Anchor("Code", "https://github.com/microsoft/LoRA"),
        ),
        "tags": tuple(
            tag(url, path) for path in ("efficiency/peft", "fine-tuning", "theory/linear algebra/low-rank")
        ),
        "banner": (),
        "tldr": Html(
            "Leave the weights alone and learn a thin product beside them. Quality holds, a checkpoint shrinks from 350 GB to 35 MB, and once the product is added in, serving costs what it cost before."
        ),
        "contents": (
            Contents(2, "Method", "#h-method"),
            Contents(2, "Evidence", "#h-evidence"),
            Contents(3, "How small can r be?", "#h-rank"),
            Contents(2, "What it does not show", "#h-limits"),
            Contents(2, "Edges", "#h-edges"),
        ),
        "body": body(url),
        "references": references(url),
        "backlinks": (
            Mentioned(
                to(url, "/2025/01/qlora/"),
                Html(NOTES["qlora"][0]),
                (
                    Quote(
                        "Everything is kept from ",
                        "LoRA",
                        ", but the base is stored in four bits and unpacked block by block.",
                        "under Method",
                    ),
                    Quote("", "", "", "shown there under Setup"),
                ),
            ),
            Mentioned(
                to(url, "/2025/01/forgets/"),
                Html(NOTES["forgets"][0]),
                (Quote("What people say of ", "LoRA", " as a regulariser is measured here for once."),),
            ),
        ),
        "related": (
            RelatedNote(to(url, "/2025/01/qlora/"), Html(NOTES["qlora"][0]), "linked, 2 shared tags"),
            RelatedNote(to(url, "/2025/01/flash/"), Html(NOTES["flash"][0]), "cites the same 2 papers"),
            RelatedNote(
                to(url, "/2024/12/grokking/"),
                Html(NOTES["grokking"][0]),
                "both on rank, spectrum and subspace",
            ),
        ),
        "other_notes": (),
        "entries": (),
        "in_log": None,
        "prev": Anchor("QLoRA", to(url, "/2025/01/qlora/"), "12 January 2025"),
        "next": Anchor("RoFormer", to(url, "/2025/01/mirage/"), "18 January 2025"),
        "created": when("2025-01-14"),
        "updated": when("2025-01-18"),
        "source": "",
        "edit": "https://git.example/notes/2025-01-14-lora.md",
        "bibtex": BIBTEX,
        "bibtex_href": "data:application/x-bibtex;charset=utf-8,%40inproceedings%7Bhu2022lora%7D",
        "math": True,
        "lang": "",
        "dir": "",
        "abstract": "",
        "draft": False,
    }
    return NotePage(**{**fields, **more})  # type: ignore[arg-type]


def bare(url: str, title: str, /, **more: object) -> NotePage:
    """A note with nothing but what is given."""
    nothing: dict[str, object] = {
        **frame(url, "note", title),
        **dict.fromkeys(("rating", "source", "edit", "bibtex", "bibtex_href", "lang", "dir", "abstract"), ""),
        **dict.fromkeys(("state", "when", "in_log", "prev", "next", "created", "updated")),
        **dict.fromkeys(("authors", "facts", "buttons", "tags", "banner", "contents", "references", "backlinks", "related", "other_notes", "entries"), ()),
        **dict.fromkeys(("subtitle", "tldr", "body"), Html("")),
        **{"minutes": 0, "math": False, "draft": False},
    }  # fmt: skip
    return note(url, **{**nothing, **more})


LONG_TITLE = "On the Unreasonable Length of Titles: A Large-Scale, Multi-Institution, Pre-Registered Study of How Many Words a Paper Can Carry Before Its Header Breaks, with Supercalifragilisticexpialidocious-Hyperparameter-Insensitive Baselines"
ARABIC = "التعلّم العميق: مقدمة قصيرة إلى الشبكات العصبية LoRA وما بعدها"
CHINESE = "大型语言模型的低秩适应：一种参数高效的微调方法，及其在长文本与多语言任务上的系统性评估"


def edge_notes() -> dict[str, NotePage]:
    """Notes at the edges: hardly anything, far too much, other scripts, mistakes, logs."""
    long, ar, zh, log = "/2025/01/long/", "/2025/01/rtl/", "/2025/01/cjk/", "/notes/log/"
    asides = "".join(sidenote(n, f"Aside number {n} of five for one paragraph.") for n in range(1, 6))
    return {
        "/notes/essay/": bare("/notes/essay/", "A thought without a paper", body=Html("<p>Only a body: no date, no state, no authors, no links.</p>")),
        "/notes/nothing/": bare("/notes/nothing/", "Nothing at all"),
        long: bare(
            long, LONG_TITLE, authors=CROWD, state=STATES["to-read"], when=when("2025-01"), created=when("2025-01"),
            facts=(Fact("Venue", "Transactions of the Association of Associations 2024"), Fact("DOI", "10.1145/3600006.3613165.a-very-long-suffix", "https://doi.org/10.1145/3600006.3613165", True), Fact("Why", "Recommended twice in one week by people who do not talk to each other"), Fact("url", "https://example.org/without/a/single/place/to/break/the/line", "https://example.org/", True)),
            buttons=(Anchor("DOI", "https://doi.org/10.1145/3600006.3613165"),),
            tags=tuple(tag(long, p) for p in ("a/very/deep/tag/with/many/levels/and a name that is long", "二", "evaluation", "scaling")),
            abstract="What it claims, in its own words: headers of pages break at titles of forty words, unless their lines are allowed to.",
        ),
        "/2025/01/draft/": note(
            "/2025/01/draft/", draft=True, references=(), related=(), backlinks=(), subtitle=Html("Second thoughts on <em>adapters</em>"),
            banner=("The header is not valid YAML; its fields were read line by line (line 3).", "The field “date” was given twice; the first counts."),
            body=Html(f"<p>Five asides in one paragraph:{''.join(map(ref, range(1, 6)))} none may cover another.</p>{asides}<p>And on.</p>"),
            contents=(), in_log=Anchor("Reading log 2025", to("/2025/01/draft/", log + "")), other_notes=rows("/2025/01/draft/", "lora", "qlora"),
        ),
        ar: bare(
            ar, ARABIC, lang="ar", dir="rtl", state=STATES["read"], when=when("2025-01-20"), authors=(Anchor("محمد بن موسى", ""), Anchor("Edward J. Hu", "")), tldr=Html("خلاصة قصيرة في سطر واحد، وفيها كلمة LoRA لاتينية."),
            tags=(tag(ar, "لغات"),), created=when("2025-01-20"),
            body=Html(heading(2, "first", "الفكرة") + f"<p>نص من اليمين إلى اليسار، وفيه حاشية.{ref(1)} ويستمر النص بعدها حتى يملأ السطر ويعود إلى بدايته من جديد.</p>" + sidenote(1, "حاشية جانبية بجوار النص.") + "<ul><li>بند أول</li><li>بند ثان</li></ul>" + callout("tip", "فكرة", "نص الإطار.")),
        ),
        zh: bare(
            zh, CHINESE, lang="zh", state=STATES["skimmed"], rating="3 of 5", when=when("2025-01-19"), authors=(Anchor("王小明", ""), Anchor("李华", "")), tldr=Html("冻结原有权重，只学习两个小矩阵的乘积；效果不降，存储大减。"), created=when("2025-01-19"),
            body=Html(heading(2, "first", "方法") + "<p>" + "在每个注意力层旁边加入两个低秩矩阵，训练结束后再并入原来的权重，因此推理时没有额外的开销。" * 4 + "</p>"),
        ),
        log: bare(
            log, "Reading log 2025", minutes=12, body=Html("<p>What I read, on the day I read it, in one file.</p>"),
            entries=(
                Group("day-1", "29 January 2025", "2 entries", (row(log, "lora"), row(log, "qlora"))),
                Group("day-2", "31 January 2025", "1 entry", (row(log, "mirage"),)),
                Group("day-3", "Without a date", "1 entry", (row(log, "hyena", say=Html(""), tags=()),)),
            ),
        ),
    }  # fmt: skip


# Papers


def paper(url: str = "/papers/2106.09685/", /, **more: object) -> PaperPage:
    fields: dict[str, object] = {
        **frame(url, "paper", "LoRA: Low-Rank Adaptation of Large Language Models", "papers"),
        "authors": AUTHORS,
        "facts": (
            Fact("Venue", "ICLR 2022"),
            Fact("arXiv", "2106.09685", "https://arxiv.org/abs/2106.09685", True),
        ),
        "buttons": (
            Anchor("arXiv", "https://arxiv.org/abs/2106.09685"),
            Anchor("PDF", "https://arxiv.org/pdf/2106.09685"),
        ),
        "tags": (tag(url, "efficiency/peft"),),
        "abstract": "The authors’ own summary, as a library file gives it.",
        "notes": rows(url, "lora", "qlora"),
        "backlinks": note(url).backlinks,
        "bibtex": BIBTEX,
        "bibtex_href": note(url).bibtex_href,
    }
    return PaperPage(**{**fields, **more})  # type: ignore[arg-type]


def paper_rows(url: str) -> tuple[PaperRow, ...]:
    listed = []
    for at, (name, (title, day, state, rating, _say, line, _tags)) in enumerate(NOTES.items()):
        authors, _, venue = line.rpartition(", ")
        name_, _, year = venue.rpartition(" ")
        listed.append(
            PaperRow(
                to(url, f"/{day[:4]}/{day[5:7]}/{name}/"),
                Html(title),
                authors,
                name_,
                year,
                STATES[state],
                rating,
                when(day),
                f"2{at}06.0968{at}",
                f"https://arxiv.org/abs/2{at}06.0968{at}",
            )
        )
    return (
        *listed,
        PaperRow("#", Html(LONG_TITLE), "Okonkwo, Lindqvist and 38 more", "Transactions of the Association of Associations", "2024", STATES["to-read"], "", None, "10.1145/3600006.3613165.a-very-long-suffix", "https://doi.org/10.1145/3600006.3613165"),
        PaperRow("#", Html(CHINESE), "王, 李", "", "2025", STATES["reading"], "", when("2025-01"), "", ""),
        PaperRow("#", Html(ARABIC), "", "", "", None, "", None, "OpenReview", "https://openreview.net/forum?id=x"),
    )  # fmt: skip


def papers(url: str = "/papers/", /, **more: object) -> PapersPage:
    fields: dict[str, object] = {
        **frame(url, "papers", "Papers", "papers"),
        "total": 399,
        "rows": paper_rows(url),
        "exports": (Anchor("BibTeX", to(url, "/papers.bib")), Anchor("JSON", to(url, "/papers.json"))),
        "years": (Anchor("2025", to(url, "/papers/2025/"), "17"), Anchor("2024", to(url, "/papers/2024/"), "131"), Anchor("2023", to(url, "/papers/2023/"), "180")),
        "pager": Pager("Page 2 of 4, papers 101–200 of 399", to(url, "/papers/"), to(url, "/papers/page/3/")),
        "filters": (Choice("status", "Status", (("to-read", "To read"), ("read", "Read"))), Choice("year", "Year", (("2025", "2025"), ("2022", "2022")))),
    }  # fmt: skip
    return PapersPage(**{**fields, **more})  # type: ignore[arg-type]


# Tags and time


def tree(url: str) -> tuple[TagNode, ...]:
    def node(path: str, own: int, total: int, *children: TagNode) -> TagNode:
        return TagNode(path.rpartition("/")[2], to(url, f"/tags/{path}/"), own, total, children)

    deep = node("systems/kernels/gpu/tensor-cores/sparsity", 1, 1)
    for path in ("systems/kernels/gpu/tensor-cores", "systems/kernels/gpu", "systems/kernels"):
        deep = node(path, 2, deep.total + 2, deep)
    lone = (
        "attention",
        "data",
        "diffusion",
        "evaluation",
        "fine-tuning",
        "generation",
        "interpretability",
        "long-context",
        "optimisation",
        "quantisation",
        "reasoning",
        "scaling",
        "speech",
        "vision",
        "音声",
    )
    return (
        *(node(name, n + 3, n + 3) for n, name in enumerate(lone[:4])),
        node("efficiency", 0, 48, node("efficiency/peft", 12, 23, node("efficiency/peft/adapters", 6, 6), node("efficiency/peft/low-rank", 5, 5)), node("efficiency/distillation", 9, 9), node("efficiency/a-name-that-is-rather-long-for-a-tag", 16, 16)),
        *(node(name, n + 3, n + 3) for n, name in enumerate(lone[4:10])),
        node("rl", 10, 29, node("rl/preferences", 11, 11), node("rl/reward", 8, 8)),
        node("systems", 5, deep.total + 5, deep),
        *(node(name, n + 3, n + 3) for n, name in enumerate(lone[10:])),
    )  # fmt: skip


def tags(url: str = "/tags/", /, **more: object) -> TagsPage:
    used = (
        ("efficiency", 48),
        ("evaluation", 41),
        ("sequence-models", 33),
        ("rl", 29),
        ("scaling", 27),
        ("fine-tuning", 23),
    )
    fields: dict[str, object] = {
        **frame(url, "tags", "Tags", "tags"),
        "total": 64,
        "tree": tree(url),
        "by_count": tuple(tag(url, name, str(count)) for name, count in used),
    }
    return TagsPage(**{**fields, **more})  # type: ignore[arg-type]


def tag_page(url: str = "/tags/efficiency/peft/", /, **more: object) -> TagPage:
    fields: dict[str, object] = {
        **frame(url, "tag", "peft", "tags"),
        "head": head(url, "peft: 23 notes"),
        "label": "efficiency/peft",
        "crumbs": (Anchor("Tags", to(url, "/tags/")), Anchor("efficiency", to(url, "/tags/efficiency/")), Anchor("peft", "")),
        "total": 23,
        "description": Html("<p>Changing what a large model does by training a very small part of it, or something small beside it.</p>"),
        "children": (tag(url, "adapters", "6"), tag(url, "low-rank", "11"), tag(url, "prompts", "6")),
        "together": (tag(url, "fine-tuning", "14"), tag(url, "quantisation", "7"), tag(url, "theory/low-rank", "4")),
        "groups": (Group("y2025", "2025", "3 notes", rows(url, "lora", "qlora", "forgets")), Group("y2024", "2024", "1 note", rows(url, "grokking"))),
        "feeds": (Anchor("Atom feed of peft", "feed.xml"), Anchor("JSON feed of peft", "feed.json")),
        "pager": Pager("Page 1 of 2, notes 1–100 of 123", "", "page/2/index.html"),
    }  # fmt: skip
    return TagPage(**{**fields, **more})  # type: ignore[arg-type]


def search(url: str = "/search/", /, **more: object) -> SearchPage:
    long = "Transformers are SSMs: Generalized Models and Efficient Algorithms Through Structured State Space Duality"
    fields: dict[str, object] = {
        **frame(url, "search", "Search", "search"),
        "total": 1204,
        "letters": (Anchor("0–9", "#digits"), Anchor("L", "#letter-l"), Anchor("T", "#letter-t"), Anchor("Other scripts", "page/3/index.html#others")),
        "shelves": (
            Shelf("0–9", "digits", (Anchor("8-bit optimizers", to(url, "/2025/01/lora/"), "2023"),)),
            Shelf("L", "letter-l", (Anchor("LoRA", to(url, "/2025/01/lora/"), "2025"), Anchor("Plans for spring", to(url, "/2025/01/lora/")))),
            Shelf("T", "letter-t", (Anchor(long, to(url, "/2025/01/lora/"), "2024"),)),
        ),
        "tags": (tag(url, "efficiency/peft", "23"), tag(url, "reinforcement learning", "1")),
        "authors": (Anchor("Edward J. Hu", to(url, "/2025/01/lora/"), "3"), Anchor("研究 者", to(url, "/2025/01/lora/"))),
        "tags_href": to(url, "/tags/"),
        "authors_href": to(url, "/authors/"),
        "unlisted_tags": 12,
        "unlisted_authors": 4000,
        "pager": Pager("Page 1 of 3, 1–500 of 1,204", "", "page/2/index.html"),
    }  # fmt: skip
    return SearchPage(**{**fields, **more})  # type: ignore[arg-type]


def archive(url: str = "/archive/", /, **more: object) -> ArchivePage:
    counts = {
        "2025": (13, *(0,) * 11),
        "2024": (8, 6, 12, 15, 6, 16, 19, 4, 4, 15, 16, 10),
        "2023": (0, 1, 0, 3, 9, 4, 0, 11, 7, 2, 0, 5),
    }

    def line(year: str, months: tuple[int, ...]) -> YearLine:
        cells = tuple(
            MonthCell(MONTHS[m][:3], to(url, f"/archive/{year}/{m + 1:02}/") if n else "", n)
            for m, n in enumerate(months)
        )
        return YearLine(year, to(url, f"/archive/{year}/"), sum(months), cells)

    fields: dict[str, object] = {
        **frame(url, "archive", "Archive", "archive"),
        "total": 189,
        "years": tuple(line(year, months) for year, months in counts.items()),
        "undated": (row(url, "middle", when=None), row(url, "hyena", when=None)),
    }  # fmt: skip
    return ArchivePage(**{**fields, **more})  # type: ignore[arg-type]


def year(url: str = "/archive/2025/") -> YearPage:
    return YearPage(
        **frame(url, "year", "2025", "archive"),  # type: ignore[arg-type]
        crumbs=(Anchor("Archive", to(url, "/archive/")), Anchor("2025", "")),
        total=14,
        months=(
            Group(
                "m01",
                "January",
                "13 notes",
                rows(url, "lora", "qlora", "forgets"),
                to(url, "/archive/2025/01/"),
            ),
        ),
        whole_year=(row(url, "middle", when=when("2025")),),
        prev=Anchor("2024", to(url, "/archive/2024/"), "131"),
        next=None,
    )


def month(url: str = "/archive/2025/01/") -> MonthPage:
    busy = {2: 1, 3: 1, 5: 1, 7: 1, 9: 1, 12: 1, 14: 2, 18: 3}
    cells = [Day(0, 0), Day(0, 0), *(Day(n, busy.get(n, 0)) for n in range(1, 32)), Day(0, 0), Day(0, 0)]
    return MonthPage(
        **frame(url, "month", "January 2025", "archive"),  # type: ignore[arg-type]
        crumbs=(Anchor("Archive", to(url, "/archive/")), Anchor("2025", to(url, "/archive/2025/")), Anchor("January", "")),
        total=13,
        best=rows(url, "qlora"),
        days=rows(url, "lora", "qlora", "forgets", "mirage", "flash", "middle", "hyena"),
        calendar=tuple(tuple(cells[n : n + 7]) for n in range(0, 35, 7)),
        counts=(("Read", 9), ("Skimmed", 4), ("Dropped", 1)),
        tags=(tag(url, "efficiency/peft", "5"), tag(url, "evaluation", "4")),
        added=(row(url, "flash"), row(url, "grokking", href="")),
        prev=Anchor("December 2024", to(url, "/archive/2024/12/"), "10"),
        next=Anchor("February 2025", to(url, "/archive/2025/02/"), "4"),
    )  # fmt: skip


# Queue, home, the rest


def waiting(url: str, title: str, age: str, day: str, why: str, **more: object) -> QueueRow:
    made = QueueRow(
        to(url, "/2025/01/dpo/"), Html(title), STATES["to-read"], when(day) if day else None, "", age, why, "", "", "Rafailov, Sharma and 4 more, NeurIPS 2023", (tag(url, "rl/preferences"),),
        (Anchor("PDF", "https://arxiv.org/pdf/2305.18290"), Anchor("2305.18290", "https://arxiv.org/abs/2305.18290")), 60,
    )  # fmt: skip
    return changed(made, **more)


def queue(url: str = "/queue/", /, **more: object) -> QueuePage:
    ssd = "Transformers are SSMs: Generalized Models and Efficient Algorithms Through Structured State Space Duality"
    mention = {
        "state": None,
        "href": "",
        "tags": (),
        "minutes": 0,
        "why_href": to(url, "/2025/01/lora/"),
        "via": "LoRA",
        "paper": "Houlsby et al., ICML 2019",
    }
    fields: dict[str, object] = {
        **frame(url, "queue", "Queue", "queue"),
        "filters": (
            Choice("tag", "Tag", (("rl", "rl (3)"), ("rl/preferences", "rl/preferences (3)"))),
            Choice("age", "Waiting", (("-31", "up to a month"), ("31", "over a month"))),
        ),
        "intro": "57 papers waiting, about 61 hours of reading. The oldest has waited 310 days.",
        "groups": (
            QueueGroup("reading", "Reading now", "1 paper", (waiting(url, ssd, "3 days", "2025-01-17", "Stopped at section 6, where attention and recurrence meet.", state=STATES["reading"], since="since", paper="Dao, Gu, ICML 2024"),)),
            QueueGroup("next", "Next", "priority 1, 2 papers", (
                waiting(url, "Let’s Verify Step by Step", "21 days", "2024-12-30", "Rewards for steps against rewards for answers; I need it for the GRPO note.", via="Ada"),
                waiting(url, "Direct Preference Optimization: Your Language Model is Secretly a Reward Model", "12 days", "2025-01-08", "I have only ever read its abstract."),
            )),
            QueueGroup("someday", "Someday", "priority 3, 34 papers", (
                waiting(url, LONG_TITLE, "310 days", "2024-03-16", "", minutes=0),
                waiting(url, CHINESE, "", "", "", href="", links=(), tags=(), minutes=0, paper=""),
            ), Anchor("All 34", to(url, "/queue/someday/"))),
            QueueGroup("dropped", "Dropped this month", "1 paper", (waiting(url, NOTES["hyena"][0], "", "2025-01-02", "", state=STATES["dropped"], links=(), minutes=0, tags=()),), tight=True),
            QueueGroup("mentioned", "Mentioned, not noted", "by two notes or more", (
                waiting(url, "Parameter-Efficient Transfer Learning for NLP", "4 notes", "", "Bottleneck layers stay in the path for ever.", **mention),
                waiting(url, "Measuring the Intrinsic Dimension of Objective Landscapes", "3 notes", "", "Tuning works inside a random subspace.", **mention),
            ), Anchor("All 91 mentions", to(url, "/queue/mentions/")), True),
        ),
    }  # fmt: skip
    return QueuePage(**{**fields, **more})  # type: ignore[arg-type]


def home(url: str = "/", /, **more: object) -> HomePage:
    fields: dict[str, object] = {
        **frame(url, "home", "paper notes", description="Notes on machine-learning papers."),
        "head": head(url, "", "Notes on machine-learning papers.", jsonld=Html('{"@context":"https://schema.org","@type":"WebSite","name":"paper notes"}')),
        "lede": "Notes on machine-learning papers, written the day they are read.",
        "intro": "342 notes since March 2021 by A. Reader: what each paper claims, whether I believe it, and what it changes.",
        "reading": (row(url, "flash", state=STATES["reading"], rating="", say=Html("")),),
        "latest": rows(url, *NOTES),
        "latest_more": Anchor("January 2025", to(url, "/archive/2025/01/")),
        "queue": (
            Anchor("Direct Preference Optimization", to(url, "/2025/01/dpo/"), "12 days"),
            Anchor("DoRA: Weight-Decomposed Low-Rank Adaptation", to(url, "/2025/01/dora/"), "8 days"),
            Anchor("Let’s Verify Step by Step", to(url, "/2025/01/verify/"), "21 days"),
        ),
        "queue_more": Anchor("all 57", to(url, "/queue/")),
        "tags": tuple(tag(url, name, str(n)) for name, n in (("efficiency", 48), ("evaluation", 41), ("sequence-models", 33), ("rl", 29), ("scaling", 27), ("interpretability", 24))),
        "tags_more": Anchor("all 64", to(url, "/tags/")),
        "weeks": (2, 3, 1, 4, 2, 0, 3, 5, 2, 1, 3, 2, 4, 4, 1, 0, 2, 3, 2, 5, 3, 1, 2, 4, 3, 4),
        "weeks_label": "Notes per week for 26 weeks, between none and five; four this week.",
        "month": Anchor("January 2025", to(url, "/archive/2025/01/")),
        "month_note": "Nine read, four skimmed.",
        "empty": False,
    }  # fmt: skip
    return HomePage(**{**fields, **more})  # type: ignore[arg-type]


def empty_home(url: str = "/") -> HomePage:
    return home(
        url, empty=True, lede="", intro="", reading=(), latest=(), latest_more=None, queue=(), queue_more=None, tags=(),
        tags_more=None, weeks=(0,) * 26, month=None, month_note="",
    )  # fmt: skip


def about(url: str = "/about/") -> AboutPage:
    meanings = (
        "waits in the queue",
        "begun and not finished",
        "read from the first page to the last",
        "read for its claim and its main figure",
        "put aside, with the reason",
    )
    return AboutPage(
        **frame(url, "about", "About", "about"),  # type: ignore[arg-type]
        body=Html("<p>I read a few papers a week and write down what each claims, on the day I read it.</p><p>Mistakes are mine; tell me at <a href=\"mailto:reader@example.org\">reader@example.org</a>.</p>"),
        states=tuple(zip((STATES[name] for name in ("to-read", "reading", "read", "skimmed", "dropped")), meanings, strict=True)),
        counts=(("Notes", "342"), ("Papers", "399"), ("Tags", "64")),
        logs=(Anchor("Reading log 2025", to(url, "/notes/log/"), "41"),),
    )  # fmt: skip


def missing(url: str = "/404.html") -> MissingPage:
    fields = frame(url, "404", "Not found")
    fields["head"] = Head("Not found · paper notes", "", robots="noindex")
    links = (
        Anchor("Archive", "archive/index.html", "by date"),
        Anchor("Tags", "tags/index.html", "by subject"),
    )
    return MissingPage(**fields, links=links)  # type: ignore[arg-type]


def redirect(url: str = "/papers/old/") -> RedirectPage:
    return RedirectPage(**frame(url, "redirect", "Moved"), href=to(url, "/2025/01/lora/"), text="LoRA")  # type: ignore[arg-type]


def feed(**more: object) -> FeedPage:
    entry = FeedEntry(
        f"tag:reader.example,2025:{BASE}", f"{BASE}/2025/01/lora/", "LoRA & “friends” <1>", "2025-01-14T00:00:00Z", "2025-01-18T00:00:00Z",
        "A thin correction.", "<p>Freeze &amp; learn.</p>", ("A. Reader",), ("efficiency/peft",), "https://arxiv.org/abs/2106.09685",
    )  # fmt: skip
    made = FeedPage(
        template="feeds/atom.xml", url="/feed.xml", id="tag:reader.example,2025:feed", title="paper notes", description="Notes.", home=f"{BASE}/",
        self=f"{BASE}/feed.xml", author="A. Reader", lang="en", updated="2025-01-18T00:00:00Z", entries=(entry, changed(entry, external="", tags=(), summary="")),
    )  # fmt: skip
    return changed(made, **more)


def pages() -> dict[str, Page]:
    """Output path -> view, each page kind full and, where it can be, empty."""
    from tests import sample_people

    listed: tuple[Page, ...] = (
        home(), note(), *edge_notes().values(), paper(), papers(), tags(), tag_page(), archive(), year(), month(), queue(), about(), redirect(),
        papers("/papers/empty/", rows=(), total=0, years=(), pager=None),
        paper("/papers/library/", notes=(), backlinks=(), abstract="", tags=(), authors=()),
        tags("/tags/empty/", tree=(), total=0, by_count=()),
        tag_page("/tags/efficiency/", total=0, groups=(), pager=None, description=Html(""), crumbs=(Anchor("Tags", "../index.html"), Anchor("efficiency", ""))),
        archive("/archive/empty/", years=(), undated=(), total=0),
        queue("/queue/empty/", groups=(), intro=""),
        search(), search("/search/empty/", total=0, letters=(), shelves=(), tags=(), authors=(), unlisted_tags=0, unlisted_authors=0, pager=None),
        empty_home("/empty/"), *sample_people.pages(),
    )  # fmt: skip
    return {**{page.url[1:] + "index.html": page for page in listed}, "404.html": missing()}
