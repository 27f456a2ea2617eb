"""Plain text for a teacher to label: cleans it, splits it into sentences and has Tagstream tokenize it.

  python3 gather.py --tagstream bin/tagstream --out silver-plain.conllu \
      --mail 100000000:spam-assassin/data/easy-ham-1 ... --fortunes 240000:games/fortunes --text 150000:sotu/data --html 90000:handbook/html/en-US

Each source is `words:folder`, with the most words to take of it. The output is CoNLL-U, one document a mail, chapter or quotation (in
parts of 60 sentences), in an order drawn from a fixed seed; no sentence comes twice.
"""
import argparse
import email
import email.header
import glob
import os
import random
import re
import subprocess
from html.parser import HTMLParser

SEED = 11
PART = 60
ABBREVIATIONS = set(
    'mr mrs ms dr prof st jr sr vs etc inc ltd co corp u.s e.g i.e no fig vol al gen sen rep gov capt lt col sgt rev hon jan feb mar apr jun'
    ' jul aug sep sept oct nov dec p pp a.m p.m'.split())
BORDER = re.compile(r'([.!?]+["\')\]]*)\s+(?=["\'(\[]?[A-Z0-9])')


def sentences(paragraph):
    paragraph = re.sub(r'\s+', ' ', paragraph).strip()
    start = 0
    for border in BORDER.finditer(paragraph):
        before = paragraph[start:border.start()].split(' ')[-1].lower().lstrip('("\'[')
        if border.group(1) == '.' and (before in ABBREVIATIONS or re.fullmatch('[a-z]', before)):
            continue
        yield paragraph[start:border.end(1)].strip()
        start = border.end()
    yield paragraph[start:].strip()


def is_prose(sentence):
    """Not a table, a drawing or a line of code: mostly letters, nearly all ASCII."""
    length = len(sentence)
    letters = sum(c.isalpha() for c in sentence)
    plain = sum(ord(c) < 128 for c in sentence)
    return (2 <= length <= 400 and letters >= 0.6 * length and plain >= 0.97 * length
            and not re.search(r'[|_=*#<>{}]{2,}', sentence))


def paragraphs(text):
    """Wrapped lines joined, marks of quotation taken off; a short line ends its paragraph."""
    current = []
    for line in text.split('\n'):
        line = re.sub(r'^\s*([>|:%]+\s*)+', '', line).rstrip()
        ends = current and (len(current[-1]) < 50 or re.match(r'\s*([-*o]|\d+[.)])\s', line))
        if current and (ends or not line.strip()):
            yield ' '.join(current)
            current = []
        if line.strip():
            current.append(line.strip())
    if current:
        yield ' '.join(current)


class Prose(HTMLParser):
    """The text of a page without its code, blocks apart."""
    BLOCKS = {'p', 'div', 'br', 'li', 'h1', 'h2', 'h3', 'td', 'tr', 'dd', 'dt'}
    HIDDEN = {'script', 'style', 'pre', 'code'}

    def __init__(self):
        super().__init__()
        self.parts = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in self.HIDDEN
        if tag in self.BLOCKS:
            self.parts.append('\n\n')

    def handle_endtag(self, tag):
        self.hidden -= tag in self.HIDDEN and self.hidden > 0
        if tag in self.BLOCKS:
            self.parts.append('\n\n')

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data.replace('\n', ' '))

    @staticmethod
    def of(page):
        parser = Prose()
        parser.feed(page)
        return ''.join(parser.parts)


def read(path):
    with open(path, encoding='utf-8', errors='replace') as file:
        return file.read()


def mails(folder):
    for path in sorted(glob.glob(folder + '/*.txt')):
        with open(path, 'rb') as file:
            message = email.message_from_bytes(file.read())
        yield subject(message) + '\n\n' + ''.join(bodies(message))


def subject(message):
    try:
        text = str(email.header.make_header(email.header.decode_header(message.get('Subject') or '')))
    except (LookupError, UnicodeError, email.errors.HeaderParseError):
        return ''
    return re.sub(r'^((re|fw|fwd)(\[\d+\])?:\s*|\[[^\]]*\]\s*)+', '', text, flags=re.I)


def bodies(message):
    """Without signatures and the lines that introduce a quotation."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind not in ('text/plain', 'text/html') or part.get_filename():
            continue
        try:
            body = part.get_payload(decode=True).decode(part.get_content_charset() or 'latin-1', 'replace')
        except LookupError:  # a character set that nobody knows
            continue
        body = Prose.of(body) if kind == 'text/html' else body
        body = re.split(r'\n-- ?\n|\n_{10,}', body)[0]
        yield '\n'.join(line for line in body.split('\n')
                        if not re.search(r'\bwrote:\s*$|^\s*(From|To|Sent|Date|Subject|Cc):', line))


def fortunes(folder):
    for name in sorted(os.listdir(folder)):
        if '.' not in name and name not in ('art', 'ascii-art', 'perl', 'translate-me') and os.path.isfile(f'{folder}/{name}'):
            for quotation in read(f'{folder}/{name}').split('\n%\n'):
                yield re.sub(r'\n\s+', '\n', re.sub(r'.\x08', '', quotation))


def texts(folder):
    for path in sorted(glob.glob(folder + '/*.txt')):
        yield read(path)


def pages(folder):
    for path in sorted(glob.glob(folder + '/*.html')):
        yield Prose.of(read(path))


def gather(sources):
    seen = set()
    rng = random.Random(SEED)
    gathered = []
    for budget, reader, folder in sources:
        documents = [fresh(text, seen) for text in reader(folder)]
        rng.shuffle(documents)
        words = 0
        for document in documents:
            for start in range(0, len(document), PART):
                if words <= budget:
                    gathered.append(document[start:start + PART])
                    words += sum(len(sentence.split()) for sentence in gathered[-1])
        print(folder, words, 'words')
    rng.shuffle(gathered)
    return gathered


def fresh(text, seen):
    document = []
    for paragraph in paragraphs(text):
        for sentence in sentences(paragraph):
            key = re.sub(r'\W+', '', sentence.lower())
            if is_prose(sentence) and key not in seen:
                seen.add(key)
                document.append(' '.join(sentence.split()))
    return document


def write(documents, tagstream, out):
    """Tokens and, for what they are worth, the tags of the shipped model."""
    lines = '\n'.join(sentence for document in documents for sentence in document)
    tagged = subprocess.run([tagstream, 'tag', '-'], input=lines, stdout=subprocess.PIPE, text=True, check=True).stdout
    blocks = iter(block for block in tagged.split('\n\n') if block.strip())
    with open(out, 'w', encoding='utf-8') as file:
        for number, document in enumerate(documents):
            file.write(f'# newdoc id = silver-{number}\n')
            for _ in document:
                for token, line in enumerate(next(blocks).strip('\n').split('\n'), 1):
                    form, upos, xpos = line.split('\t')[:3]
                    file.write(f'{token}\t{form}\t_\t{upos}\t{xpos}\t_\t_\t_\t_\t_\n')
                file.write('\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--tagstream', default='bin/tagstream')
    parser.add_argument('--out', required=True)
    readers = {'mail': mails, 'fortunes': fortunes, 'text': texts, 'html': pages}
    sources = []

    class Source(argparse.Action):
        def __call__(self, parser, namespace, value, option=None):
            words, folder = value.split(':', 1)
            sources.append((int(words), readers[option.lstrip('-')], folder))

    for reader in readers:
        parser.add_argument('--' + reader, action=Source)
    options = parser.parse_args()
    documents = [document for document in gather(sources) if document]
    write(documents, options.tagstream, options.out)


if __name__ == '__main__':
    main()
