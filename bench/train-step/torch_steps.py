"""The same models in PyTorch, on one thread. Reads a JSON request a line, answers with the times of its steps."""

import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(1)
BATCH = 32


class Transformer(nn.Module):
    def __init__(self, vocabulary=2000, width=64, heads=4, layers=2, time=32, classes=4):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(time, width) * 0.02)
        layer = nn.TransformerEncoderLayer(
            width, heads, 4 * width, dropout=0.0, batch_first=True, norm_first=True
        )
        self.encoder = nn.TransformerEncoder(layer, layers)
        self.output = nn.Linear(width, classes)

    def forward(self, ids):
        return self.output(self.encoder(self.embedding(ids) + self.positions).mean(1))


class Tagger(nn.Module):
    def __init__(self, inputs=64, hidden=128, classes=10):
        super().__init__()
        self.lstm = nn.LSTM(inputs, hidden, batch_first=True, bidirectional=True)
        self.output = nn.Linear(2 * hidden, classes)

    def forward(self, x):
        return self.output(self.lstm(x)[0]).flatten(0, 1)


def classifier(features=2000, hidden=32, classes=4):
    return nn.Sequential(nn.Linear(features, hidden), nn.ReLU(), nn.Linear(hidden, classes))


MODELS = {
    "transformer": lambda: (Transformer(), torch.randint(0, 2000, (BATCH, 32)), torch.randint(0, 4, (BATCH,))),
    "tagger": lambda: (Tagger(), torch.randn(BATCH, 32, 64), torch.randint(0, 10, (BATCH * 32,))),
    "classifier": lambda: (classifier(), torch.floor(torch.rand(BATCH, 2000) * 1.02), torch.randint(0, 4, (BATCH,))),
}
made = {}


def steps(name, ms):
    if name not in made:
        model, inputs, targets = MODELS[name]()
        made[name] = (model, torch.optim.Adam(model.parameters(), 1e-3), inputs, targets)
    model, optimizer, inputs, targets = made[name]
    times = []
    end = time.perf_counter() + ms / 1000
    while len(times) < 2 or time.perf_counter() < end:
        start = time.perf_counter()
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(inputs), targets)
        loss.backward()
        optimizer.step()
        loss.item()
        times.append((time.perf_counter() - start) * 1000)
    return times


print(json.dumps({"about": f"PyTorch {torch.__version__}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"times": steps(request["model"], request["ms"])}), flush=True)
