"""Makes hub/: two tiny models as Hugging Face's own library exports and runs them.

    python3 hub.py FOLDER

Needs torch 2.13, transformers 5.18 and onnx 1.23. The weights of the GPT-2 are drawn, large enough that it has opinions; the
Marian has learnt a little. hub/expected.json holds what transformers' `generate` finds for each prompt or source: greedily,
and with four beams and their scores.
"""

import json
import pathlib
import sys
import warnings

import torch
import transformers
from transformers import DynamicCache, EncoderDecoderCache, GPT2Config, GPT2LMHeadModel, MarianConfig, MarianMTModel

warnings.filterwarnings("ignore")
transformers.logging.set_verbosity_error()
folder = pathlib.Path(sys.argv[1])
HEADS, SIZE = 2, 8
HIDDEN = HEADS * SIZE


def enliven(model, seed):
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1 and "position" not in name:
                spread = 0.6 if "wte" in name else 0.5
                parameter.copy_(spread * torch.randn(parameter.shape))
    return model.eval()


def teach_to_reverse(model, steps=700):
    """A few steps on sources turned round: enough to say many different things, too few to be sure of them."""
    optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(steps):
        words = torch.randint(1, 34, (32, 4))
        end = torch.full((32, 1), 34)
        labels = torch.cat([words.flip(1), end], 1)
        loss = model(input_ids=torch.cat([words, end], 1), labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.eval()


def names(prefix, layers, kind=""):
    return [f"{prefix}.{layer}{kind}.{part}" for layer in range(layers) for part in ("key", "value")]


def cache_of(flat):
    cache = DynamicCache()
    for layer in range(len(flat) // 2):
        cache.update(flat[2 * layer], flat[2 * layer + 1], layer)
    return cache


def flatten(cache):
    return [tensor for layer in cache.layers for tensor in (layer.keys, layer.values)]


class Causal(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, position_ids, *past):
        given = {"attention_mask": attention_mask, "position_ids": position_ids}
        out = self.model(input_ids, past_key_values=cache_of(past), use_cache=True, **given)
        return (out.logits, *flatten(out.past_key_values))


class Encoder(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.encoder = model.model.encoder

    def forward(self, input_ids, attention_mask):
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


class Decoder(torch.nn.Module):
    """Takes the decoder's own cache; the source's keys and values are made anew at each step."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, encoder_attention_mask, input_ids, encoder_hidden_states, *past):
        cache = EncoderDecoderCache(cache_of(past), DynamicCache())
        out = self.model.model.decoder(
            input_ids=input_ids,
            encoder_hidden_states=encoder_hidden_states,
            encoder_attention_mask=encoder_attention_mask,
            past_key_values=cache,
            use_cache=True,
        )
        logits = self.model.lm_head(out.last_hidden_state) + self.model.final_logits_bias
        return (logits, *flatten(cache.self_attention_cache))


def export(module, inputs, path, given, made, axes):
    path.parent.mkdir(parents=True, exist_ok=True)
    for name in [*given, *made]:
        if "." in name:
            axes[name] = {0: "batch_size", 2: "past" if name.startswith("past") else "total"}
    options = {"input_names": given, "output_names": made, "dynamic_axes": axes, "opset_version": 17, "dynamo": False}
    # The exporter puts back the mode that it found: a wrapper in training mode would turn dropout on.
    torch.onnx.export(module.eval(), inputs, path, **options)


def save(model, name):
    at = folder / name
    at.mkdir(parents=True, exist_ok=True)
    (at / "config.json").write_text(json.dumps(model.config.to_diff_dict(), indent=2) + "\n")
    generation = model.generation_config.to_diff_dict()
    generation.pop("transformers_version", None)
    (at / "generation_config.json").write_text(json.dumps(generation, indent=2) + "\n")


def trim(row, skip, end):
    """What was generated, up to the end token: what fills the rows of one length is left out."""
    tokens = row[skip:].tolist()
    return tokens[: tokens.index(end) + 1] if end in tokens else tokens


def find(model, ids, skip):
    end = model.generation_config.eos_token_id
    given = {"input_ids": torch.tensor([ids]), "attention_mask": torch.ones(1, len(ids), dtype=torch.long)}
    greedy = model.generate(**given, do_sample=False, num_beams=1, max_new_tokens=9)
    options = {"num_beams": 4, "num_return_sequences": 4, "length_penalty": 0.7, "max_new_tokens": 9}
    beams = model.generate(**given, do_sample=False, return_dict_in_generate=True, output_scores=True, **options)
    return {
        "input": ids,
        "greedy": trim(greedy[0], skip, end),
        "beams": [
            {"tokens": trim(row, skip, end), "score": round(score, 5)}
            for row, score in zip(beams.sequences, beams.sequences_scores.tolist())
        ],
    }


def text(time):
    return {0: "batch_size", 1: time}


sizes = {"vocab_size": 40, "pad_token_id": 0, "bos_token_id": 1}
gpt2 = enliven(
    GPT2LMHeadModel(
        GPT2Config(n_embd=HIDDEN, n_layer=2, n_head=HEADS, n_positions=32, eos_token_id=39, **sizes)
    ),
    3,
)
gpt2.generation_config.update(pad_token_id=0, bos_token_id=1, eos_token_id=39)
ids = torch.tensor([[5, 6, 7], [8, 9, 10]])
past = [torch.randn(2, HEADS, 2, SIZE) for _ in range(4)]
export(
    Causal(gpt2),
    (ids, torch.ones(2, 5, dtype=torch.long), torch.tensor([[2, 3, 4]] * 2), *past),
    folder / "gpt2/onnx/model.onnx",
    ["input_ids", "attention_mask", "position_ids", *names("past_key_values", 2)],
    ["logits", *names("present", 2)],
    {
        "input_ids": text("time"),
        "attention_mask": text("total"),
        "position_ids": text("time"),
        "logits": text("time"),
    },
)
save(gpt2, "gpt2")

torch.manual_seed(5)
marian = teach_to_reverse(
    MarianMTModel(
        MarianConfig(
            vocab_size=40,
            d_model=HIDDEN,
            encoder_layers=1,
            decoder_layers=2,
            encoder_attention_heads=HEADS,
            decoder_attention_heads=HEADS,
            encoder_ffn_dim=32,
            decoder_ffn_dim=32,
            max_position_embeddings=32,
            pad_token_id=39,
            eos_token_id=34,
            decoder_start_token_id=39,
            forced_eos_token_id=34,
            dropout=0.0,
            init_std=0.3,
        )
    )
)
special = {"pad_token_id": 39, "eos_token_id": 34, "decoder_start_token_id": 39, "forced_eos_token_id": 34}
marian.generation_config.update(**special, bad_words_ids=[[39]], bos_token_id=None)
sources, mask = torch.tensor([[5, 6, 7, 34], [8, 9, 34, 39]]), torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
export(
    Encoder(marian),
    (sources, mask),
    folder / "marian/onnx/encoder_model.onnx",
    ["input_ids", "attention_mask"],
    ["last_hidden_state"],
    {"input_ids": text("source"), "attention_mask": text("source"), "last_hidden_state": text("source")},
)
export(
    Decoder(marian),
    (mask, ids, torch.randn(2, 4, HIDDEN), *past),
    folder / "marian/onnx/decoder_model_merged.onnx",
    [
        "encoder_attention_mask",
        "input_ids",
        "encoder_hidden_states",
        *names("past_key_values", 2, ".decoder"),
    ],
    ["logits", *names("present", 2, ".decoder")],
    {
        "encoder_attention_mask": text("source"),
        "input_ids": text("time"),
        "encoder_hidden_states": text("source"),
        "logits": text("time"),
    },
)
save(marian, "marian")

expected = {
    "gpt2": [find(gpt2, prompt, len(prompt)) for prompt in ([5, 9, 11], [7], [30, 31, 32, 33, 12], [20, 21])],
    "marian": [find(marian, source, 1) for source in ([5, 9, 11, 34], [7, 34], [30, 31, 32, 33, 12, 34])],
}
(folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
