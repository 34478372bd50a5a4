"""The page of `entente report` in headless Chromium: check.py PAGE FOLDER."""
import os
import re
import sys
import time

from browser import Browser, find

page, folder = sys.argv[1:3]
failed = 0


def check(what, good, note=""):
    global failed
    print(("ok" if good else "not ok") + " - " + what)
    if not good:
        failed += 1
        print(f"  {note}")


def skip(why):
    print(f"ok - the page in a browser # SKIP {why}")
    sys.exit(0)


def go(b, view):
    b.run(f"location.hash = '{view}'")
    b.until(f"!document.querySelector('#view-{view}, #view-entity').hidden")
    b.run("new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))")


def text(b, selector):
    return b.run(f"(document.querySelector({selector!r}) || {{}}).textContent") or ""


def matrix(b):
    cell = ("[...document.querySelectorAll('.matrix [data-cell]')].find(c => "
            "c.getAttribute('aria-label').includes('Hungary · peace plan'))")
    check("the matrix has Hungary against the peace plan", b.run(f"Boolean({cell})"),
          text(b, ".matrix"))
    check("its label tells it in words", "opposes" in b.run(f"{cell}.getAttribute('aria-label')"))
    b.run(f"{cell}.focus(), {cell}.click()")
    shown = text(b, "#evidence")
    check("its cell shows its sentence", b.run("document.getElementById('evidence').open")
          and "Hungary opposed the peace plan." in shown, shown)
    check("the cue is marked", text(b, "#evidence mark.cue") == "opposed",
          text(b, "#evidence mark.cue"))
    check("where it is from and when", "2025-08-15-talks.txt:2 · 2025-08-15" in shown, shown)
    check("the focus is in the dialog", b.run(
        "document.getElementById('evidence').contains(document.activeElement)"))
    b.key("Escape")
    check("Escape closes it", b.until("!document.getElementById('evidence').open", 5))
    check("the focus comes back to the cell", b.run(f"document.activeElement === {cell}"))


def keyboard(b):
    check("one mark of the matrix is in the tab order", b.run(
        "document.querySelectorAll('.matrix [data-cell][tabindex=\"0\"]').length") == 1)
    b.run("document.querySelector('.matrix [data-cell][tabindex=\"0\"]').focus()")
    before = b.run("document.activeElement.getAttribute('aria-label')")
    for key in ("ArrowDown", "ArrowRight", "ArrowDown"):
        b.key(key)
    after = b.run("document.activeElement.getAttribute('aria-label')")
    check("arrow keys go from mark to mark", after and after != before, after)
    b.key("Enter", text="\r")
    check("Enter opens the sentences", b.until("document.getElementById('evidence').open", 5))
    b.key("Escape")
    b.until("!document.getElementById('evidence').open", 5)
    b.run("document.activeElement.blur()")
    b.key("3", "Digit3", "3")
    check("a digit chooses a view", b.until("!document.getElementById('view-timeline').hidden", 5))
    b.key("/", "Slash", "/")
    check("/ goes to the search", b.run("document.activeElement.id") == "q")


def search(b):
    b.run("q.value = 'merkel'; q.dispatchEvent(new Event('input'))")
    check("search finds a name", "Angela Merkel" in text(b, "#view-search .found"),
          text(b, "#view-search"))
    check("and says how much", "1 name" in text(b, "#search-count"), text(b, "#search-count"))
    b.run("q.value = 'guarantees america'; q.dispatchEvent(new Event('input'))")
    check("search finds a sentence", "prepared to offer security guarantees" in
          text(b, "#view-search"), text(b, "#view-search"))
    b.run("q.value = 'zzzz'; q.dispatchEvent(new Event('input'))")
    check("search says when there is nothing", text(b, "#search-count").startswith("0 names"))


def hostile(b):
    check("nothing of a document ran", b.run("typeof window.hacked") == "undefined")
    check("no element came from a document", b.run("document.images.length") == 0
          and b.run("document.scripts.length") <= 3)
    b.run("q.value = 'onerror'; q.dispatchEvent(new Event('input'))")
    check("it is shown as text", '<img src=x onerror="window.hacked = 2">' in
          text(b, "#view-search"), text(b, "#view-search"))
    b.run("q.value = 'spain'; q.dispatchEvent(new Event('input'))")
    check("marks stay right after characters of two units", b.run(
        "[...document.querySelectorAll('#view-search blockquote a')].some(a => "
        "a.textContent === 'Spain')"), text(b, "#view-search"))
    check("no control or override character is left", b.run(
        "!/[\\u0000-\\u0008\\u001b\\u202e]/.test(document.body.innerText)"))


def views(b, charts):
    go(b, "network")
    if charts:
        check("the network is drawn, each actor a link with a name", b.run(
            "[...document.querySelectorAll('#view-network svg a')].some(a => "
            "/^#e/.test(a.getAttribute('href')) && /^Russia, country/.test(a.getAttribute("
            "'aria-label')))"), text(b, "#view-network"))
    check("the ties are a table, too", b.run(
        "document.querySelectorAll('#view-network table tbody tr').length > 3"))
    go(b, "timeline")
    if charts:
        check("the timeline is drawn, each mark a button with a name", b.run(
            "[...document.querySelectorAll('#view-timeline .stance')].some(s => /Hungary opposes "
            "peace plan, 2025-08-15/.test(s.getAttribute('aria-label')))"))
    rows = b.run("[...document.querySelectorAll('#view-timeline tbody tr')].map(r => "
                 "r.cells[0].textContent + r.cells[1].textContent)")
    check("a date in the sentence counts before the document's", "2025-08-16Germany" in rows, rows)
    dates = [r[:10] for r in rows if r[:2] == "20"]
    check("stances stand in the order of their dates", dates == sorted(dates), dates)
    go(b, "actors")
    b.run("[...document.querySelectorAll('#view-actors a.name')].find(a => a.textContent === "
          "'Russia').click()")
    check("an actor has a page", b.until("document.getElementById('entity-title').textContent === "
                                         "'Russia'", 5))
    check("with what it stands for and its mentions", "full control" in text(b, "#view-entity") and
          "Russia demanded" in text(b, "#view-entity"), text(b, "#view-entity"))
    check("its heading has the focus", b.run("document.activeElement.id") == "entity-title")
    check("the title of the window follows", b.run("document.title").startswith("Russia"))
    go(b, "matrix")
    b.run("document.querySelector('.toggle.opposes').click()")
    check("a stance can be left out", b.run("!document.querySelector('.matrix .chip.opposes')"))
    b.run("document.querySelector('.toggle.opposes').click()")


def structure(b):
    go(b, "matrix")
    check("controls have names", b.run(
        "[...document.querySelectorAll('button, input, select, a')].every(e => "
        "e.getAttribute('aria-label') || e.textContent.trim() || e.labels && e.labels.length)"))
    check("tables have heads with scope", b.run(
        "[...document.querySelectorAll('th')].every(h => h.getAttribute('scope'))"))
    check("one main heading, a language, landmarks", b.run(
        "document.querySelectorAll('h1').length === 1 && document.documentElement.lang === 'en' && "
        "Boolean(document.querySelector('main') && document.querySelector('nav[aria-label]'))"))


CONTRAST = """(() => {
  const rgb = c => { const x = document.createElement('canvas').getContext('2d');
    x.fillStyle = c; x.fillRect(0, 0, 1, 1); return x.getImageData(0, 0, 1, 1).data; };
  const light = c => { const f = v => (v /= 255) <= 0.04045 ? v / 12.92
    : ((v + 0.055) / 1.055) ** 2.4; const [r, g, b] = rgb(c);
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const style = getComputedStyle(document.documentElement), of = n => style.getPropertyValue(n);
  const bad = [];
  for (const n of ['ink', 'quiet', 'accent', 'proposes', 'demands', 'supports', 'accepts',
    'opposes', 'discusses', 'threatens', 'criticises', 'person', 'country', 'organisation',
    'group', 'place', 'proposal']) {
    for (const g of ['--ground', '--raised', '--soft']) {
      const [a, b] = [light(of('--' + n)), light(of(g))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(n + ' on ' + g);
    }
  }
  return bad.join(', ');
})()"""


def looks(b):
    for theme in ("light", "dark"):
        b.run(f"document.documentElement.dataset.theme !== '{theme}' && theme.click()")
        b.run("1")
        bad = b.run(CONTRAST)
        check(f"contrasts of {theme} colours are 4.5 or more", bad == "", bad)
    b.size(360, 740)
    for view in ("matrix", "network", "timeline", "actors", "e1"):
        go(b, view)
        wide = b.run("document.documentElement.scrollWidth")
        check(f"the view {view} fits a phone", wide <= 360, f"{wide} wide")
    b.size(1280, 860)
    b.pdf(os.path.join(folder, "page.pdf"))
    check("it prints", os.path.getsize(os.path.join(folder, "page.pdf")) > 10000)


def visit(path, charts):
    b = Browser()
    try:
        check("the page opens from a file" + ("" if charts else ", without the charts"),
              b.open(path) and "documents" in text(b, "#summary"), text(b, "#summary"))
        check("it follows the system's colours", b.run(
            "document.documentElement.dataset.theme") == "light")
        matrix(b)
        views(b, charts)
        if charts:
            keyboard(b)
            search(b)
            hostile(b)
            structure(b)
            looks(b)
        time.sleep(0.2)
        b.run("1")
        check("no error in the console", b.console == [], b.console)
        check("no request leaves the page", all(r.startswith("file://" + path)
                                                for r in b.requests), b.requests)
    finally:
        b.close()


def main():
    if not find():
        skip("Chromium is not installed")
    try:
        Browser().close()
    except (RuntimeError, OSError) as why:
        skip(f"Chromium does not start here: {why}")
    with open(page, encoding="utf-8") as f:
        html = f.read()
    path = os.path.realpath(page)
    without = re.sub(r"(?s)<script>/\*! Charts.*?</script>", "", html)
    if without != html:
        visit(path, True)
        path = os.path.join(os.path.realpath(folder), "without.html")
        with open(path, "w", encoding="utf-8") as f:
            f.write(without)
    else:
        print("ok - the charts # SKIP they were not built (make report-page)")
    visit(path, False)
    sys.exit(1 if failed else 0)


main()
