"""Replaces the marked sections of a page by the Markdown that benches and reproductions wrote.

usage: fill_numbers.py FOLDER PAGE
"""

import re
import sys
from pathlib import Path

SECTION = re.compile(r"<!-- ((?:bench|reproduce)/[a-z0-9-]+) -->\n(.*?)<!-- end -->", re.DOTALL)


def main(folder, page):
    def fill(section):
        written = Path(folder, section[1] + ".md")
        if not written.exists():
            return section[0]
        print(f"filled: {section[1]}")
        return f"<!-- {section[1]} -->\n{written.read_text(encoding='utf-8')}<!-- end -->"

    page = Path(page)
    page.write_text(SECTION.sub(fill, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
