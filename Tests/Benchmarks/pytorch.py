"""The same network in PyTorch and in Steward, one after the other on one thread, and the ratios.

    make bench-pytorch DATA=train.tsv        # text TAB intent; makes a virtual environment of its own the first time

The network: word, vector and n-gram tables side by side -> bidirectional LSTM -> attention and maximum -> linear layer, with the dropout,
label smoothing and AdamW of Steward's training, batches of 64 texts sorted by length. PyTorch gets its inputs ready-made as tensors:
tokens, n-grams and batches are not timed. Steward's figures are of its whole way, from the text on.
"""

import argparse
import json
import random
import subprocess
import time

import torch
from torch import nn

WORDS, VECTORS, GRAMS, HIDDEN, ATTENTION = 64, 128, 64, 128, 64
BUCKETS, BATCH = 8192, 64


def read(path):
    texts, labels = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            text, _, label = line.rstrip("\n").rpartition("\t")
            if text:
                texts.append(text.lower().split())
                labels.append(label)
    return texts, labels


def grams(word):
    marked = f"<{word}>"
    return [hash(marked[i : i + n]) % BUCKETS for n in range(2, 6) for i in range(len(marked) - n + 1)] or [0]


class Network(nn.Module):
    def __init__(self, words, classes):
        super().__init__()
        self.words = nn.Embedding(words, WORDS)
        self.vectors = nn.Embedding(words, VECTORS)
        self.vectors.weight.requires_grad = False
        self.grams = nn.EmbeddingBag(BUCKETS, GRAMS, mode="sum")
        self.lstm = nn.LSTM(WORDS + VECTORS + GRAMS, HIDDEN, bidirectional=True, batch_first=True)
        self.project = nn.Linear(2 * HIDDEN, ATTENTION)
        self.query = nn.Linear(ATTENTION, 1, bias=False)
        self.output = nn.Linear(4 * HIDDEN, classes)
        self.input_dropout, self.output_dropout = nn.Dropout(0.3), nn.Dropout(0.5)

    def forward(self, words, bags, offsets, lengths):
        rows, steps = words.shape
        sub = self.grams(bags, offsets).view(rows, steps, GRAMS)
        x = self.input_dropout(torch.cat([self.words(words), self.vectors(words), sub], -1))
        if rows > 1:
            packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            states, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=steps)
        else:
            states, _ = self.lstm(x)
        mask = torch.arange(steps)[None, :] < lengths[:, None]
        scores = self.query(torch.tanh(self.project(states))).squeeze(-1).masked_fill(~mask, -1e9)
        mean = (torch.softmax(scores, -1)[:, :, None] * states).sum(1)
        greatest = states.masked_fill(~mask[:, :, None], -1e9).amax(1)
        return self.output(self.output_dropout(torch.cat([mean, greatest], -1)))


def batch(texts, vocabulary):
    steps = max(len(text) for text in texts)
    words = torch.zeros(len(texts), steps, dtype=torch.long)
    bags, offsets = [], []
    for row, text in enumerate(texts):
        for column in range(steps):
            offsets.append(len(bags))
            if column < len(text):
                words[row, column] = vocabulary[text[column]]
                bags += grams(text[column])
    return words, torch.tensor(bags), torch.tensor(offsets), torch.tensor([len(text) for text in texts])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--steward", default=".build/release/steward")
    parser.add_argument("--model", default="/tmp/steward-bench.safetensors")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    texts, labels = read(arguments.data)
    classes = {label: i for i, label in enumerate(sorted(set(labels)))}
    vocabulary = {word: i for i, word in enumerate(sorted({word for text in texts for word in text}))}
    network = Network(len(vocabulary), len(classes))
    optimizer = torch.optim.AdamW([p for p in network.parameters() if p.requires_grad], lr=3e-3)

    order = sorted(random.sample(range(len(texts)), min(len(texts), 40 * BATCH)), key=lambda i: len(texts[i]))
    batches = [order[i : i + BATCH] for i in range(0, len(order) - BATCH + 1, BATCH)]
    prepared = [(batch([texts[i] for i in b], vocabulary), torch.tensor([classes[labels[i]] for i in b])) for b in batches]
    network.train()
    for timed in (False, True):  # once to warm up
        start = time.perf_counter()
        for inputs, target in prepared:
            loss = nn.functional.cross_entropy(network(*inputs), target, label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimizer.step()
        learnt = len(prepared) * BATCH / (time.perf_counter() - start)

    network.eval()
    single = [batch([texts[i]], vocabulary) for i in random.sample(range(len(texts)), min(len(texts), 500))]
    times = []
    with torch.inference_mode():
        for inputs in single + single:
            start = time.perf_counter()
            network(*inputs)
            times.append(time.perf_counter() - start)
    median = sorted(times[len(single) :])[len(single) // 2] * 1e6

    def run(*command):
        return subprocess.run([arguments.steward, *command], check=True, capture_output=True, text=True).stdout

    run("train", "--intents", arguments.data, "--model", arguments.model, "--epochs", "1")
    ours = json.loads(run("bench", "--model", arguments.model, "--train", arguments.data, "--threads", "1", "--json"))
    print(f"{'one thread':34}{'PyTorch ' + torch.__version__:>20}{'Steward':>12}{'ratio':>9}")
    rate = ours["training_texts_per_second"]
    print(f"{'texts learnt from, a second':34}{learnt:20.0f}{rate:12.0f}{rate / learnt:9.1f}")
    print(f"{'one text, median microseconds':34}{median:20.0f}{ours['parse_p50_us']:12.0f}{median / ours['parse_p50_us']:9.1f}")


if __name__ == "__main__":
    main()
