"""Fine-tunes a small pre-trained encoder on the treebank and lets it label plain text, from which `tagstream train --silver` learns.

  python3 teach.py train --encoder e5-small-v2.onnx --tokenizer e5-small-v2-tokenizer.json --layers 8 --train train.conllu --dev dev.conllu --out teacher.pt
  python3 teach.py tag --teacher teacher.pt --in silver-plain.conllu --out silver.conllu

The encoder is a BERT (Devlin et al. 2019) as sentence-embedding models ship it in ONNX, WordPiece and lower case; what letters were upper
case comes in beside the pieces. A word's labels are read off its first piece, a learned mixture of all layers (Peters et al. 2018).
One thread, bfloat16 products; needs torch, onnx and numpy.
"""
import argparse
import json
import math
import random
import re
import time
import unicodedata

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

LAYERS = ('upos', 'xpos')
CASES = 25
MOST_PIECES_A_WORD = 12
PIECES = 120  # in a run of sentences of one document
LONGEST = 500
HEAD_RATE = 1e-3
BATCH = 8


def read_conllu(path):
    """Documents of sentences of (form, upos, xpos)."""
    documents, sentences, words = [], [], []
    with open(path, encoding='utf-8') as file:
        for line in file:
            line = line.rstrip('\n')
            if line.startswith('# newdoc'):
                if sentences:
                    documents.append(sentences)
                sentences = []
            elif not line and words:
                sentences.append(words)
                words = []
            elif line and line[0] != '#':
                columns = line.split('\t')
                if columns[0].isdigit():
                    words.append((columns[1], columns[3], columns[4]))
    if words:
        sentences.append(words)
    return documents + [sentences] if sentences else documents


class WordPieces:
    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            self.vocabulary = json.load(file)['model']['vocab']
        self.cls, self.sep, self.unknown = (self.vocabulary[name] for name in ('[CLS]', '[SEP]', '[UNK]'))
        self.kept = {}

    def __call__(self, word):
        if word not in self.kept:
            self.kept[word] = self.split(word)[:MOST_PIECES_A_WORD]
        return self.kept[word]

    def split(self, word):
        plain = ''.join(c for c in unicodedata.normalize('NFD', word.lower()) if unicodedata.category(c) != 'Mn')
        pieces = []
        for part in re.findall(r'[^\W_]+|[^\s]', plain):
            pieces += self.greedy(part)
        return pieces or [self.unknown]

    def greedy(self, part):
        pieces, start = [], 0
        while start < len(part):
            mark = '##' if start else ''
            end = next((e for e in range(len(part), start, -1) if mark + part[start:e] in self.vocabulary), start)
            if end == start:
                return [self.unknown]
            pieces.append(self.vocabulary[mark + part[start:end]])
            start = end
        return pieces


def case(word, first):
    """A class of upper and lower case and digits; 0 is for marks between sentences."""
    if word == word.lower():
        kind = 0
    elif len(word) == 1:
        kind = 1
    elif word.isupper():
        kind = 2
    elif word[0].isupper():
        kind = 3 if word[1:] == word[1:].lower() else 4
    else:
        kind = 5
    return 1 + kind + (6 if any(c.isdigit() for c in word) else 0) + (12 if first else 0)


class Teacher(nn.Module):
    def __init__(self, path, layers, labels):
        super().__init__()
        graph = onnx.load(path).graph
        stored = {tensor.name: tensor for tensor in graph.initializer}
        products = {node.name.strip('/').replace('/MatMul', '').replace('/', '.'): node.input[1]
                    for node in graph.node if node.op_type == 'MatMul' and node.input[1] in stored}

        def tensor(name):
            return torch.tensor(numpy_helper.to_array(stored[name]).astype(np.float32))

        def matrix(name):
            return tensor(products[name]).t().contiguous() if name in products else tensor(name + '.weight')

        weights = {'word': tensor('embeddings.word_embeddings.weight'),
                   'pos': tensor('embeddings.position_embeddings.weight'),
                   'type': tensor('embeddings.token_type_embeddings.weight')[0],
                   'eln_w': tensor('embeddings.LayerNorm.weight'), 'eln_b': tensor('embeddings.LayerNorm.bias')}
        for layer in range(layers):
            prefix = f'encoder.layer.{layer}.'
            for short, name in (('q', 'attention.self.query'), ('k', 'attention.self.key'), ('v', 'attention.self.value'),
                                ('o', 'attention.output.dense'), ('i', 'intermediate.dense'), ('f', 'output.dense')):
                weights[f'{layer}{short}_w'] = matrix(prefix + name)
                weights[f'{layer}{short}_b'] = tensor(prefix + name + '.bias')
            for short, name in (('a', 'attention.output.LayerNorm'), ('z', 'output.LayerNorm')):
                weights[f'{layer}{short}_w'] = tensor(prefix + name + '.weight')
                weights[f'{layer}{short}_b'] = tensor(prefix + name + '.bias')
        self.p = nn.ParameterDict({'p' + name: nn.Parameter(value) for name, value in weights.items()})
        for name in ('pword', 'ppos'):  # most of the weights, and good as they are
            self.p[name].requires_grad_(False)
        self.layers = layers
        self.width = weights['word'].shape[1]
        self.heads = self.width // 32 if self.width == 384 else self.width // 64
        self.case = nn.Embedding(CASES, self.width)
        nn.init.normal_(self.case.weight, std=0.02)
        self.case2 = nn.Embedding(CASES, 32)
        self.mix = nn.Parameter(torch.zeros(layers + 1))
        self.mix.data[layers] = 1
        self.head = nn.ModuleList(nn.Linear(self.width + 32, len(names)) for names in labels)

    def fresh(self):
        """The parameters that start from nothing, and the pre-trained ones."""
        ours, pretrained = [], []
        for name, parameter in self.named_parameters():
            if parameter.requires_grad:
                (pretrained if name.startswith('p.') else ours).append(parameter)
        return ours, pretrained

    def norm(self, x, name):
        return F.layer_norm(x.float(), (self.width,), self.p[f'p{name}_w'], self.p[f'p{name}_b'], 1e-12)

    def linear(self, x, name):
        return F.linear(x, self.p[f'p{name}_w'], self.p[f'p{name}_b'])

    def forward(self, ids, cases, mask, firsts):
        rows, length = ids.shape

        def drop(x, share=0.1):
            return F.dropout(x, share, self.training)

        x = F.embedding(ids, self.p['pword']) + self.p['ppos'][:length] + self.p['ptype'] + self.case(cases)
        x = drop(self.norm(x, 'eln'))
        hidden = (~mask)[:, None, None, :].float() * -1e4
        outputs = [x]
        size = self.width // self.heads
        for layer in range(self.layers):
            q, k, v = (self.linear(x, f'{layer}{s}').view(rows, length, self.heads, size).transpose(1, 2) for s in 'qkv')
            attention = drop(torch.softmax((q @ k.transpose(2, 3)).float() / math.sqrt(size) + hidden, -1)).to(v.dtype)
            mixed = (attention @ v).transpose(1, 2).reshape(rows, length, self.width)
            x = self.norm(x + drop(self.linear(mixed, f'{layer}o')), f'{layer}a')
            x = self.norm(x + drop(self.linear(F.gelu(self.linear(x, f'{layer}i')), f'{layer}f')), f'{layer}z')
            outputs.append(x)
        shares = torch.softmax(self.mix, 0)
        mixture = sum(share * output.float() for share, output in zip(shares, outputs))
        words = mixture.reshape(rows * length, self.width)[firsts]
        words = drop(torch.cat([words, self.case2(cases.reshape(-1)[firsts])], 1), 0.2)
        return [head(words).float() for head in self.head]


def runs(documents, pieces, rng=None, lower=0.0):
    """Sentences of a document in a row: (piece ids, cases, places of first pieces, words, [(document, sentence, words)])."""
    made = []
    for number, document in enumerate(documents):
        lowered = rng is not None and rng.random() < lower
        most = PIECES if rng is None else rng.randint(PIECES // 2, PIECES)
        run = ([pieces.cls], [0], [], [], [])
        for index, sentence in enumerate(document):
            ids, cases, firsts = [], [], []
            for place, word in enumerate(sentence):
                split = pieces(word[0])
                firsts.append(len(ids))
                ids += split
                cases += [case(word[0].lower() if lowered else word[0], place == 0)] * len(split)
            if len(run[0]) > 1 and len(run[0]) + len(ids) + 1 > most:
                made.append(run)
                run = ([pieces.cls], [0], [], [], [])
                most = PIECES if rng is None else rng.randint(PIECES // 2, PIECES)
            start = len(run[0])
            kept = [at for at in range(len(firsts)) if start + firsts[at] < LONGEST]
            run[2].extend(start + firsts[at] for at in kept)
            run[3].extend(sentence[at] for at in kept)
            run[4].append((number, index, len(kept)))
            run[0][start:] = ids[:LONGEST + 10 - start] + [pieces.sep]
            run[1][start:] = cases[:LONGEST + 10 - start] + [0]
        if len(run[0]) > 1:
            made.append(run)
    return made


def batches(made, size, rng=None):
    """Runs of about one length together."""
    order = list(range(len(made)))
    if rng:
        rng.shuffle(order)
    groups = []
    for start in range(0, len(order), size * 8):
        pool = sorted(order[start:start + size * 8], key=lambda i: len(made[i][0]))
        groups += [pool[i:i + size] for i in range(0, len(pool), size)]
    if rng:
        rng.shuffle(groups)
    for group in groups:
        batch = [made[i] for i in group]
        length = max(len(run[0]) for run in batch)
        ids = np.zeros((len(batch), length), np.int64)
        cases = np.zeros_like(ids)
        mask = np.zeros((len(batch), length), bool)
        firsts = []
        for row, run in enumerate(batch):
            count = len(run[0])
            ids[row, :count], cases[row, :count], mask[row, :count] = run[0], run[1], True
            firsts += [row * length + first for first in run[2]]
        yield batch, torch.tensor(ids), torch.tensor(cases), torch.tensor(mask), torch.tensor(firsts)


def half_precision():
    return torch.autocast('cpu', torch.bfloat16)


def accuracy(teacher, made, labels):
    teacher.eval()
    right, total = [0] * len(LAYERS), 0
    with torch.no_grad():
        for batch, *inputs in batches(made, 16):
            with half_precision():
                outputs = teacher(*inputs)
            words = [word for run in batch for word in run[3]]
            total += len(words)
            for layer, output in enumerate(outputs):
                best = output.argmax(1).tolist()
                right[layer] += sum(labels[layer][b] == word[1 + layer] for b, word in zip(best, words))
    teacher.train()
    return ', '.join(f'{name} {100 * count / total:.2f}' for name, count in zip(LAYERS, right))


def train(options):
    """Warm-up over a tenth of --epochs, then down along a line; with --steps just down, from where --start left off."""
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    pieces = WordPieces(options.tokenizer)
    documents, dev = read_conllu(options.train), read_conllu(options.dev)
    labels = [sorted({word[1 + layer] for document in documents for sentence in document for word in sentence})
              for layer in range(len(LAYERS))]
    index = [{label: at for at, label in enumerate(names)} for names in labels]
    teacher = Teacher(options.encoder, options.layers, labels)
    if options.start:
        teacher.load_state_dict(torch.load(options.start)['state'])
    written = runs(dev, pieces)
    lowered = runs([[[(w.lower(), u, x) for w, u, x in s] for s in d] for d in dev], pieces)
    ours, pretrained = teacher.fresh()
    rates = (options.rate, HEAD_RATE)
    optimizer = torch.optim.AdamW([{'params': pretrained}, {'params': ours}], lr=options.rate, weight_decay=0.01)
    total = options.epochs * len(runs(documents, pieces, random.Random(0))) / BATCH
    step, begin = 0, time.time()
    for epoch in range(1, options.epochs + 1):
        for batch, *inputs in batches(runs(documents, pieces, rng, 0.15), BATCH, rng):
            if options.steps and step >= options.steps:
                break
            factor = (1 - step / options.steps if options.steps
                      else min(step / (0.1 * total), max(0.0, (total - step) / (0.9 * total))))
            for group, rate in zip(optimizer.param_groups, rates):
                group['lr'] = rate * factor
            with half_precision():
                outputs = teacher(*inputs)
            loss = sum(F.cross_entropy(output, torch.tensor([index[layer][word[1 + layer]] for run in batch for word in run[3]]))
                       for layer, output in enumerate(outputs))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(ours + pretrained, 1.0)
            optimizer.step()
            step += 1
        print(f'epoch {epoch}: dev {accuracy(teacher, written, labels)}; in lower case {accuracy(teacher, lowered, labels)};'
              f' {time.time() - begin:.0f} s', flush=True)
        torch.save({'state': teacher.state_dict(), 'labels': labels, 'encoder': options.encoder, 'tokenizer': options.tokenizer,
                    'layers': options.layers}, options.out)


def escape(label):
    return ''.join('%%%02X' % ord(c) if c in ';/|=% ' else c for c in label)


def soft(name, row, labels):
    best = [at for at in np.argsort(-row)[:6] if row[at] >= 0.01]
    return f'soft.{name}=' + ';'.join(f'{escape(labels[at])}/{round(100 * row[at])}' for at in best)


def tag(options):
    """Two hundred documents at a time; sentences too long for the encoder are left out."""
    saved = torch.load(options.teacher)
    labels = saved['labels']
    teacher = Teacher(saved['encoder'], saved['layers'], labels)
    teacher.load_state_dict(saved['state'])
    teacher.eval()
    pieces = WordPieces(saved['tokenizer'])
    documents = read_conllu(options.plain)
    with torch.no_grad(), open(options.out, 'w', encoding='utf-8') as out:
        for start in range(0, len(documents), 200):
            part = documents[start:start + 200]
            said = {}
            for batch, *inputs in batches(runs(part, pieces), 16):
                with half_precision():
                    outputs = teacher(*inputs)
                probabilities = [torch.softmax(output, 1).numpy() for output in outputs]
                at = 0
                for run in batch:
                    for number, index, count in run[4]:
                        said[number, index] = [layer[at:at + count] for layer in probabilities]
                        at += count
            for number, document in enumerate(part):
                out.write(f'# newdoc id = silver-{start + number}\n')
                for index, sentence in enumerate(document):
                    layers = said.get((number, index))
                    if layers is None or len(layers[0]) < len(sentence):
                        continue
                    for word, (form, _, _) in enumerate(sentence):
                        best = [names[layer[word].argmax()] for names, layer in zip(labels, layers)]
                        misc = '|'.join(soft(name, layer[word], names) for name, layer, names in zip(LAYERS, layers, labels))
                        out.write(f'{word + 1}\t{form}\t_\t{best[0]}\t{best[1]}\t_\t_\t_\t_\t{misc}\n')
                    out.write('\n')
            print(f'{start + len(part)} of {len(documents)} documents', flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    training = commands.add_parser('train')
    for name in ('encoder', 'tokenizer', 'train', 'dev', 'out'):
        training.add_argument('--' + name, required=True)
    training.add_argument('--layers', type=int, required=True, help="the encoder's first layers, which know most of word classes")
    training.add_argument('--epochs', type=int, default=4)
    training.add_argument('--rate', type=float, default=2e-4)
    training.add_argument('--seed', type=int, default=1)
    training.add_argument('--start', help='a teacher to go on from')
    training.add_argument('--steps', type=int, default=0, help='stop after as many steps')
    tagging = commands.add_parser('tag')
    tagging.add_argument('--teacher', required=True)
    tagging.add_argument('--in', dest='plain', required=True)
    tagging.add_argument('--out', required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    train(options) if options.command == 'train' else tag(options)


if __name__ == '__main__':
    main()
