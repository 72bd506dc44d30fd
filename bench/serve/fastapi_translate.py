"""The translator in a folder of public/models, in PyTorch behind FastAPI: python3 fastapi_translate.py FOLDER PORT

The same weights and tokens as in `gongbu serve`, keys and values cached, and beam search by the same rules. Each request is
computed by itself, on one thread, as such a service is mostly written.
"""

import json
import struct
import sys
import unicodedata
from functools import lru_cache
from pathlib import Path

import torch
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from torch.nn.functional import layer_norm, linear, relu

torch.set_num_threads(1)
folder, port = Path(sys.argv[1]), int(sys.argv[2])
config = json.loads((folder / "config.json").read_text())
tokenizer = json.loads((folder / "tokenizer.json").read_text())
BOS, EOS = config["bosTokenId"], config["eosTokenId"]


def read_weights():
    data = (folder / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    body = bytearray(data[8 + length :])
    return {
        name: torch.frombuffer(
            body, dtype=torch.float32, offset=entry["data_offsets"][0], count=int(torch.Size(entry["shape"]).numel())
        ).reshape(entry["shape"])
        for name, entry in header.items()
    }


weights = read_weights()
heads = config["numHeads"]
width = config["hiddenSize"]

# Text to ids and back.
vocabulary = tokenizer["model"]["vocab"]
pieces = {id: piece for piece, id in vocabulary.items()}
ranks = {tuple(merge): rank for rank, merge in enumerate(tokenizer["model"]["merges"])}
UNKNOWN = vocabulary[tokenizer["model"]["unk_token"]]
special = {token["id"] for token in tokenizer["added_tokens"] if token["special"]}


@lru_cache(maxsize=10_000)
def cut(word):
    symbols = list(word)
    while len(symbols) > 1:
        best = min(zip(symbols, symbols[1:]), key=lambda pair: ranks.get(pair, len(ranks)))
        if best not in ranks:
            break
        joined, place = [], 0
        while place < len(symbols):
            found = tuple(symbols[place : place + 2]) == best
            joined.append("".join(best) if found else symbols[place])
            place += 2 if found else 1
        symbols = joined
    return [vocabulary.get(symbol, UNKNOWN) for symbol in symbols]


def encode(text):
    words = unicodedata.normalize("NFC", text).split()
    return [BOS] + [id for word in words for id in cut("▁" + word)] + [EOS]


def decode(ids):
    return "".join(pieces[id] for id in ids if id not in special).replace("▁", " ").lstrip()


# The model.
def norm(x, name):
    return layer_norm(x, (width,), weights[f"{name}.weight"], weights[f"{name}.bias"])


def embed(ids, name, begin):
    positions = weights[f"{name}.position.weight"][begin : begin + ids.shape[1]]
    return norm(weights[f"{name}.token.weight"][ids] + positions, f"{name}.norm")


def project(x, name, first, last):
    """Parts first … last − 1 of queries, keys and values: [batch, heads, time, size] each."""
    rows = slice(first * width, last * width)
    made = linear(x, weights[f"{name}.in_proj_weight"][rows], weights[f"{name}.in_proj_bias"][rows])
    split = made.reshape(x.shape[0], x.shape[1], last - first, heads, width // heads)
    return split.permute(2, 0, 3, 1, 4)


def attend(query, key, value, name):
    scores = torch.softmax(query @ key.transpose(2, 3) / (width // heads) ** 0.5, -1)
    together = (scores @ value).transpose(1, 2).flatten(2)
    return linear(together, weights[f"{name}.out_proj.weight"], weights[f"{name}.out_proj.bias"])


def feed_forward(x, name):
    inner = relu(linear(x, weights[f"{name}.linear1.weight"], weights[f"{name}.linear1.bias"]))
    return linear(inner, weights[f"{name}.linear2.weight"], weights[f"{name}.linear2.bias"])


def read_source(ids):
    x = embed(torch.tensor([ids]), "encoder.embeddings", 0)
    for layer in range(config["numLayers"]):
        name = f"encoder.encoder.layers.{layer}"
        x = x + attend(*project(norm(x, f"{name}.norm1"), f"{name}.self_attn", 0, 3), f"{name}.self_attn")
        x = x + feed_forward(norm(x, f"{name}.norm2"), name)
    memory = norm(x, "encoder.encoder.norm")
    return [
        project(memory, f"decoder.layers.{layer}.multihead_attn", 1, 3) for layer in range(config["numLayers"])
    ]


class Decoder:
    """Writes on for several beams at once; `order` says from which beam each goes on."""

    def __init__(self, ids):
        self.source = read_source(ids)
        self.cache = [None] * config["numLayers"]
        self.time = 0

    def step(self, tokens, order=None):
        x = embed(torch.tensor(tokens)[:, None], "embeddings", self.time)
        for layer in range(config["numLayers"]):
            name = f"decoder.layers.{layer}"
            query, *own = project(norm(x, f"{name}.norm1"), f"{name}.self_attn", 0, 3)
            before = self.cache[layer]
            if before is not None:
                if order is not None:
                    before = [part[order] for part in before]
                own = [torch.cat([old, new], 2) for old, new in zip(before, own)]
            self.cache[layer] = own
            x = x + attend(query, *own, f"{name}.self_attn")
            (query,) = project(norm(x, f"{name}.norm2"), f"{name}.multihead_attn", 0, 1)
            x = x + attend(query, *self.source[layer], f"{name}.multihead_attn")
            x = x + feed_forward(norm(x, f"{name}.norm3"), name)
        self.time += 1
        return linear(norm(x[:, -1], "decoder.norm"), weights["embeddings.token.weight"], weights["bias"])


def write_greedily(ids, longest):
    decoder, written, token = Decoder(ids), [], BOS
    while len(written) < longest:
        token = int(decoder.step([token]).argmax())
        written.append(token)
        if token == EOS:
            break
    return written


def search(ids, longest, beams):
    decoder = Decoder(ids)
    live, pool, order = [(0.0, [])], [], None
    for length in range(1, longest + 1):
        last = [written[-1] if written else BOS for _, written in live]
        scores = torch.log_softmax(decoder.step(last, order), -1)
        sums = scores + torch.tensor([total for total, _ in live])[:, None]
        best, places = sums.flatten().topk(2 * beams)
        going = []
        for rank, (total, place) in enumerate(zip(best.tolist(), places.tolist())):
            row, token = divmod(place, scores.shape[1])
            written = live[row][1] + [token]
            if token != EOS and length < longest:
                going.append((total, written, row))
            elif rank < beams:
                pool = sorted(pool + [(total / length, written)], key=lambda ended: -ended[0])[:beams]
        going = going[:beams]
        live, order = [(total, written) for total, written, _ in going], [row for _, _, row in going]
        if not live or (len(pool) == beams and live[0][0] / length <= pool[-1][0]):
            break
    return pool[0][1]


class Request(BaseModel):
    text: str
    options: dict = {}


app = FastAPI()


@app.post("/v1/translate")
def translate(request: Request):
    with torch.inference_mode():
        ids, beams = encode(request.text), request.options.get("numBeams", 1)
        longest = request.options.get("maxNewTokens", 63)
        written = write_greedily(ids, longest) if beams == 1 else search(ids, longest, beams)
    return {"predictions": [{"text": decode(written)}]}


@app.get("/about")
def about():
    return {"about": f"FastAPI and PyTorch {torch.__version__}"}


uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
