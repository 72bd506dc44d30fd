"""Makes generation.json: what Hugging Face's own `generate` gives for a small table model.

    python3 generation.py GENERATION_FOLDER > generation.json

Needs torch and transformers 5.18. GENERATION_FOLDER is transformers/generation of version 4.57.6, which still came with
`BeamSearchScorer`; diverse groups of beams are found with that.

The model scores token v after the ids … a b, as number t of them, as last[b][v] + previous[a][v] + place[t mod 5][v]
+ source[s][v], where s is the sum of the encoder's ids modulo 4 (0 for the causal model).
"""

import importlib.util
import itertools
import json
import random
import sys

import torch
import transformers
from transformers import GenerationMixin, PretrainedConfig, PreTrainedModel
from transformers.generation import logits_process as rules
from transformers.modeling_outputs import BaseModelOutput, CausalLMOutput, Seq2SeqLMOutput

transformers.logging.set_verbosity_error()
VOCABULARY, START, EOS, OTHER_EOS, PAD = 12, 0, 1, 2, 11
draw = random.Random(7)


def table(rows, spread):
    return [[round(draw.gauss(0, spread), 2) for _ in range(VOCABULARY)] for _ in range(rows)]


TABLES = {"last": table(VOCABULARY, 1.2), "previous": table(VOCABULARY, 0.6), "place": table(5, 0.5), "source": table(4, 0.6)}
for token, row in enumerate(TABLES["last"]):
    row[EOS] = round(row[EOS] + 0.9, 2)
    row[token] = round(row[token] - 1.5, 2)
for row in TABLES["source"]:
    row[PAD] = -6.0
for name in TABLES:
    for row in TABLES[name]:
        row[START] = round(row[START] - 1, 2)
T = {name: torch.tensor(rows, dtype=torch.float32) for name, rows in TABLES.items()}


def score(ids, source):
    """[rows, time] → [rows, time, vocabulary]"""
    rows, time = ids.shape
    before = torch.cat([ids[:, :1], ids[:, :-1]], dim=1)
    place = torch.arange(1, time + 1) % 5
    return T["last"][ids] + T["previous"][before] + T["place"][place][None] + T["source"][source][:, None]


class Config(PretrainedConfig):
    model_type = "table"

    def __init__(self, **kwargs):
        super().__init__(vocab_size=VOCABULARY, hidden_size=1, num_hidden_layers=1, num_attention_heads=1, **kwargs)


class Causal(PreTrainedModel, GenerationMixin):
    config_class = Config
    main_input_name = "input_ids"

    def __init__(self, config):
        super().__init__(config)
        self.unused = torch.nn.Linear(1, 1)

    def forward(self, input_ids, **_):
        return CausalLMOutput(logits=score(input_ids, torch.zeros(len(input_ids), dtype=torch.long)))


class Encoder(torch.nn.Module):
    main_input_name = "input_ids"

    def forward(self, input_ids, **_):
        return BaseModelOutput(last_hidden_state=(input_ids.sum(dim=1) % 4).float()[:, None, None])


class Seq2Seq(PreTrainedModel, GenerationMixin):
    config_class = Config
    main_input_name = "input_ids"

    def __init__(self, config):
        super().__init__(config)
        self.unused = torch.nn.Linear(1, 1)
        self.encoder = Encoder()

    def get_encoder(self, *_, **__):
        return self.encoder

    def forward(self, input_ids=None, encoder_outputs=None, decoder_input_ids=None, **_):
        source = encoder_outputs[0][:, 0, 0].long()
        return Seq2SeqLMOutput(logits=score(decoder_input_ids, source))


MODELS = {"causal": Causal(Config()).eval(), "seq2seq": Seq2Seq(Config(is_encoder_decoder=True)).eval()}
INPUTS = {"causal": [[3, 4, 5], [6, 3, 6]], "seq2seq": [[3, 4, 5, 3, 4], [7, 8, 9, 7, 7]]}


def not_third(_, ids):
    """Allowed after `ids`: the tokens v with (v + last id) not divisible by 3, and the end token."""
    return [v for v in range(VOCABULARY) if (v + int(ids[-1])) % 3 != 0 or v == EOS]


def camel(name):
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def generate(model, options):
    given = dict(options)
    if given.pop("prefix", None):
        given["prefix_allowed_tokens_fn"] = not_third
    if model == "seq2seq":
        given["decoder_start_token_id"] = START
    out = MODELS[model].generate(
        torch.tensor(INPUTS[model]), use_cache=False, return_dict_in_generate=True, output_scores=True, pad_token_id=PAD, **given
    )
    scores = getattr(out, "sequences_scores", None)
    return {
        "model": model,
        "options": {camel(name): value for name, value in options.items()},
        "sequences": out.sequences.tolist(),
        **({} if scores is None else {"scores": [round(value, 5) for value in scores.tolist()]}),
    }


def choose(beams):
    """Options drawn so that most cases have three or four that matter."""
    options = {"max_new_tokens": draw.choice([4, 7, 10, 14]), "eos_token_id": EOS}
    if beams > 1:
        options["num_beams"] = beams
        options["length_penalty"] = draw.choice([1.0, 0.0, 0.5, 2.0, -1.0])
        options["early_stopping"] = draw.choice([False, True, "never"])
        options["num_return_sequences"] = draw.choice([1, beams])
    for name, chance, values in [
        ("no_repeat_ngram_size", 0.3, [1, 2, 3]),
        ("encoder_no_repeat_ngram_size", 0.2, [1, 2]),
        ("repetition_penalty", 0.3, [1.3, 0.8, 2.0]),
        ("min_new_tokens", 0.3, [2, 3]),
        ("bad_words_ids", 0.3, [[[5], [4, 3]], [[6, 7], [8]], [[EOS], [3, 9]]]),
        ("suppress_tokens", 0.2, [[4, 9], [7]]),
        ("forced_bos_token_id", 0.2, [5, 8]),
        ("forced_eos_token_id", 0.2, [EOS, 6]),
        ("prefix", 0.15, [True]),
    ]:
        if draw.random() < chance:
            options[name] = draw.choice(values)
    if draw.random() < 0.2:
        options["eos_token_id"] = [EOS, OTHER_EOS]
    return options


def has_tie(case):
    """Two outputs of one score, whose order is a matter of rounding."""
    scores = case.get("scores", [])
    half = len(scores) // 2  # two inputs
    return any(a - b < 1e-4 for part in (scores[:half], scores[half:]) for a, b in zip(part, part[1:]))


def cases():
    for model in MODELS:
        for beams in [1] * 8 + [2, 3, 4, 5] * 8:
            case = generate(model, choose(beams))
            while has_tie(case):
                case = generate(model, choose(beams))
            yield case
        length = len(INPUTS[model][0]) if model == "causal" else 1
        yield generate(model, {"max_length": length + 6, "min_length": length + 4, "eos_token_id": EOS})
        yield generate(model, {"max_length": length + 6, "min_length": length + 4, "eos_token_id": EOS, "num_beams": 3})
        yield generate(model, {"max_new_tokens": 6, "num_beams": 3, "num_return_sequences": 3})


def load(folder, name):
    path = f"{folder}/{name}.py"
    full = f"transformers.generation.{name}"
    spec = importlib.util.spec_from_file_location(full, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[full] = module
    spec.loader.exec_module(module)
    return module


def groups(folder):
    """Diverse beam search with the scorer of version 4.57.6, one input at a time.

    With early_stopping and with room enough, since version 5 has changed when beams are hopeless and what happens to them at
    the greatest length.
    """
    load(folder, "beam_constraints")
    Scorer = load(folder, "beam_search").BeamSearchScorer
    settings = itertools.product([(4, 2), (6, 3), (4, 4)], [0.5, 2.0], [1.0, 0.0])
    for (beams, count), penalty, length_penalty in settings:
        sequences, scores = [], []
        longest = 24
        for prompt in INPUTS["causal"]:
            size = beams // count
            limit = len(prompt) + longest
            scorer = Scorer(
                batch_size=1, num_beams=beams, device="cpu", length_penalty=length_penalty, do_early_stopping=True,
                num_beam_hyps_to_keep=beams, num_beam_groups=count, max_length=limit,
            )
            ids = torch.tensor([prompt] * beams)
            totals = torch.full((beams,), -1e9)
            totals[::size] = 0
            while ids.shape[1] < limit and not scorer.is_done:
                logits = score(ids, torch.zeros(beams, dtype=torch.long))[:, -1]
                chosen = torch.zeros(beams, dtype=torch.long)
                order = torch.zeros(beams, dtype=torch.long)
                for group in range(count):
                    rows = slice(group * size, (group + 1) * size)
                    taken = torch.bincount(chosen[: group * size], minlength=VOCABULARY)
                    processed = logits[rows].log_softmax(-1) - penalty * taken
                    sums = (processed + totals[rows, None]).view(1, -1)
                    best, places = sums.topk(2 * size, dim=1)
                    out = scorer.process(
                        ids[rows], best, places % VOCABULARY, places // VOCABULARY, pad_token_id=PAD, eos_token_id=EOS,
                        group_index=group, decoder_prompt_len=len(prompt),
                    )
                    totals[rows] = out["next_beam_scores"]
                    chosen[rows] = out["next_beam_tokens"]
                    order[rows] = out["next_beam_indices"] + group * size
                ids = torch.cat([ids[order], chosen[:, None]], dim=1)
            found = scorer.finalize(
                ids, totals, None, None, max_length=limit, pad_token_id=PAD, eos_token_id=EOS, decoder_prompt_len=len(prompt)
            )
            sequences += found["sequences"].tolist()
            scores += [round(value, 5) for value in found["sequence_scores"].tolist()]
        yield {
            "options": {
                "numBeams": beams, "numBeamGroups": count, "diversityPenalty": penalty, "lengthPenalty": length_penalty,
                "earlyStopping": True, "numReturnSequences": beams, "maxNewTokens": longest, "eosTokenId": EOS,
            },
            "sequences": [[token for token in ids if token != PAD] for ids in sequences],
            "scores": scores,
        }


def distributions():
    """Which tokens the rules for drawing leave."""
    for size in [8, 300]:
        logits = torch.tensor([[round(draw.gauss(0, 2), 5) for _ in range(size)]])
        assert len(logits.unique()) == size
        for name, rule in [
            ("topK", lambda value, keep: rules.TopKLogitsWarper(value, min_tokens_to_keep=keep)),
            ("topP", lambda value, keep: rules.TopPLogitsWarper(value, min_tokens_to_keep=keep)),
            ("minP", lambda value, keep: rules.MinPLogitsWarper(value, min_tokens_to_keep=keep)),
            ("typicalP", lambda value, keep: rules.TypicalLogitsWarper(value, min_tokens_to_keep=keep)),
        ]:
            for value in [1, 3, 40] if name == "topK" else [0.05, 0.3, 0.75, 0.97]:
                for keep in [1, 2]:
                    out = rule(value, keep)(None, logits.clone())[0]
                    kept = [token for token in range(size) if out[token] > -float("inf")]
                    yield {"size": size, "rule": name, "value": value, "atLeast": keep, "kept": kept}
        yield {"size": size, "logits": logits[0].tolist()}


def flat(value):
    """Numbers on one line, so that the file can be read."""
    return json.dumps(value, separators=(", ", ": "))


def listed(items):
    return "[\n    " + ",\n    ".join(flat(item) for item in items) + "\n  ]"


found = list(distributions())
logits = {str(item["size"]): [round(value, 5) for value in item["logits"]] for item in found if "logits" in item}
print("{")
print(f'  "source": {flat("transformers " + transformers.__version__ + " with torch " + torch.__version__.split("+")[0])},')
print(f'  "vocabulary": {VOCABULARY}, "start": {START}, "eos": {EOS}, "pad": {PAD},')
print(f'  "tables": {{\n    ' + ",\n    ".join(f'"{name}": {flat(rows)}' for name, rows in TABLES.items()) + "\n  },")
print(f'  "inputs": {flat(INPUTS)},')
print(f'  "cases": {listed(cases())},')
print(f'  "groups": {listed(groups(sys.argv[1]))},')
print(f'  "logits": {flat(logits)},')
print(f'  "distributions": {listed(item for item in found if "rule" in item)}')
print("}")
