"""Real sentences for benchmarks and checks, drawn from the data sets in the same way every time."""

import csv
import gzip
import html
import io
import os
import random
import re
import tarfile
from pathlib import Path

SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[A-Z0-9\"'(])")
SPACE = re.compile(r"\s+")
SEED = 20_000


def data(*parts):
    path = Path(os.environ["VECTORMILL_DATA"], *parts)
    if not path.exists():
        raise SystemExit(f"{path} is not there: name the folder of the data sets with --data")
    return path


def cache(name):
    folder = Path(os.environ["VECTORMILL_CACHE"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def clean(text):
    return SPACE.sub(" ", html.unescape(text)).strip()


def sentences_of(text):
    return [clean(part) for part in SENTENCE_END.split(clean(text))]


def gzip_lines(*parts):
    with gzip.open(data(*parts), "rt", encoding="utf-8-sig", newline="") as lines:
        yield from lines


def ag_news():
    """Titles and descriptions."""
    for _, title, description in csv.reader(gzip_lines("ag-news-test", "test.csv.gz")):
        yield clean(title), clean(description.replace("\\", " "))


def bbc_articles():
    with tarfile.open(data("bbc-news", "bbc-news.tar.gz")) as archive:
        for member in archive:
            if member.name.endswith(".txt"):
                yield archive.extractfile(member).read().decode("utf-8", "replace")


def reuters_bodies():
    with tarfile.open(data("reuters21578", "reuters21578.tar.gz")) as archive:
        for member in archive:
            if member.name.endswith(".sgm"):
                text = archive.extractfile(member).read().decode("latin-1")
                for body in re.findall(r"<BODY>(.*?)</BODY>", text, re.DOTALL):
                    yield re.sub(r"&#\d+;|\s+REUTER\s*$", " ", body, flags=re.IGNORECASE)


def wikitext_paragraphs():
    for line in gzip_lines("wikitext-2-valid-test", "test.txt.gz"):
        if line.strip() and not line.startswith(" ="):
            yield line.replace(" @-@ ", "-").replace(" @,@ ", ",").replace(" @.@ ", ".")


def captions():
    for line in gzip_lines("flickr8k-captions", "Flickr8k.token.txt.gz"):
        yield clean(line.split("\t")[1])


def sts(language):
    for row in csv.reader(gzip_lines("stsb-multi-mt", f"stsb-{language}-train.csv.gz")):
        yield clean(row[0])


def cranfield_abstracts():
    text = "".join(gzip_lines("cranfield", "cran.all.1400.gz"))
    for document in re.findall(r"^\.W\n(.*?)(?=^\.I |\Z)", text, re.DOTALL | re.MULTILINE):
        yield clean(document)


def cranfield_sentences():
    for abstract in cranfield_abstracts():
        yield from (part + " ." for part in re.split(r" \. ?", abstract) if part)


def split(texts):
    for text in texts:
        yield from sentences_of(text)


def draw(generator, texts, count):
    """count different texts of at least three letters, each with at least one."""
    pool = sorted({text for text in texts if re.search(r"[^\W\d_]{3}", text)})
    if len(pool) < count:
        raise SystemExit(f"corpus: {len(pool)} texts to draw from, {count} are needed")
    return generator.sample(pool, count)


def draw_sentences(generator, thousands):
    """Sentences of news, encyclopedia, captions and abstracts, in the shares of the long run."""
    shares = [
        (5, (description for _, description in ag_news())),
        (4, split(bbc_articles())),
        (4, split(reuters_bodies())),
        (3, split(wikitext_paragraphs())),
        (2, captions()),
        (1, sts("en")),
        (1, cranfield_sentences()),
    ]
    drawn = []
    for share, texts in shares:
        drawn += draw(generator, texts, int(share * 50 * thousands))
    generator.shuffle(drawn)
    return drawn


def draw_lengths(generator):
    """1,000 texts from one word to more than any encoder takes, some of them German."""
    articles = [clean(article) for article in bbc_articles()]
    words = [word for article in articles[:50] for word in article.split()]
    cut = []
    for article in draw(generator, articles, 250):
        cut.append(" ".join(article.split()[: generator.randint(15, 240)]))
    drawn = draw_sentences(generator, 0.5)
    drawn += draw(generator, words, 50)
    drawn += draw(generator, (title for title, _ in ag_news()), 100)
    drawn += draw(generator, cut, 250)
    drawn += draw(generator, (text for text in articles if len(text) > 3000), 50)
    drawn += draw(generator, sts("de"), 50)
    generator.shuffle(drawn)
    return drawn


def write_once(name, make):
    path = cache(name)
    if not path.exists():
        texts = make(random.Random(SEED))
        part = path.with_suffix(".part")
        with io.open(part, "w", encoding="utf-8", newline="\n") as out:
            out.writelines(text + "\n" for text in texts)
        part.rename(path)
    return path


def sentences_20000():
    """A text file of 20,000 sentences, one a line."""
    return write_once("sentences-20000.txt", lambda generator: draw_sentences(generator, 20))


def lengths_1000():
    """A text file of 1,000 texts of many lengths, one a line."""
    return write_once("lengths-1000.txt", draw_lengths)


def draw_short(generator, count):
    """Pairs of clauses from the sentences, numbered, so that no two are alike."""
    clauses = []
    for line in draw_sentences(generator, 20):
        clauses += [clause for clause in re.split(r"[,;:()]+ ?", line) if 3 <= len(clause) <= 80]
    for number in range(count):
        yield f"{generator.choice(clauses)}, {generator.choice(clauses)} {number}"


def short_texts(count):
    """A text file of count texts of some ten words, one a line."""
    return write_once(f"short-{count}.txt", lambda generator: draw_short(generator, count))


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as texts:
        return [line.rstrip("\n") for line in texts]
