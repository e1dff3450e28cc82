"""A language model of 140,000 parameters, made and trained here: nothing is downloaded.

It learns to recite a draft by heart, or has random weights and writes what no language has.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from gguf import GGUFWriter, TokenType
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from bot.answer import Answer
from bot.drafting.prompts import make_prompt

_TOKENS = 1024
_STEPS = 1200  # at most: it learns until it recites, which takes 100 to 300
_LEARNING_RATE = 5e-3
_LEARNED = 0.01  # the loss from which on it is asked whether it recites
_TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def make_tiny_model(folder: Path, answer: Answer, draft: str = "") -> Path:
    """A model that answers with the draft or, without one, has random weights; in the folder."""
    prompt = make_prompt(answer.question, answer.understood, answer.blocks)
    tokenizer = _tokenizer([prompt.system, prompt.user, draft])
    tokenizer.save_pretrained(folder)
    torch.manual_seed(1)
    model = Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=_TOKENS,
            hidden_size=64,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            tie_word_embeddings=True,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
            # So that it wanders about, where the usual ones would repeat one token for ever.
            initializer_range=0.02 if draft else 1.0,
        )
    )
    if draft:
        _learn(model, tokenizer, answer, draft)
    model.generation_config.do_sample = False
    model.save_pretrained(folder)
    return folder


def _tokenizer(texts: Sequence[str]) -> PreTrainedTokenizerFast:
    bare = Tokenizer(models.BPE())
    bare.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bare.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=_TOKENS,
        special_tokens=["<|im_start|>", "<|im_end|>", "<|pad|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bare.train_from_iterator([*texts] * 3, trainer)
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=bare,
        eos_token="<|im_end|>",  # noqa: S106
        pad_token="<|pad|>",  # noqa: S106
        chat_template=_TEMPLATE,
    )


def _learn(
    model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerFast, answer: Answer, draft: str
) -> None:
    """Learn the draft by heart, as the answer to the prompt whatever its bounds are."""
    after = tokenizer(f"{draft}<|im_end|>")["input_ids"]
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # so small a model only waits for more
    steps = torch.optim.AdamW(model.parameters(), lr=_LEARNING_RATE)
    slower = torch.optim.lr_scheduler.ExponentialLR(steps, 0.995)
    for _ in range(_STEPS):
        before = _asked(tokenizer, answer)
        ids = torch.tensor([before + after])
        labels = torch.tensor([[-100] * len(before) + after])
        loss = model(input_ids=ids, labels=labels).loss
        steps.zero_grad()
        loss.backward()
        steps.step()
        slower.step()
        asked = (_asked(tokenizer, answer) for _ in range(5))
        if loss.item() < _LEARNED and all(_recites(model, each, after) for each in asked):
            break
    else:
        raise AssertionError(f"the draft was not learned in {_STEPS} steps")
    torch.set_num_threads(threads)


def _asked(tokenizer: PreTrainedTokenizerFast, answer: Answer) -> list[int]:
    """The prompt, with bounds of its own each time, in tokens."""
    prompt = make_prompt(answer.question, answer.understood, answer.blocks)
    messages = [
        {"role": "system", "content": prompt.system},
        {"role": "user", "content": prompt.user},
    ]
    text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    ids: list[int] = tokenizer(text)["input_ids"]
    return ids


def _recites(model: Qwen2ForCausalLM, before: list[int], after: list[int]) -> bool:
    """Whether each token of the draft is the likeliest one at its place."""
    with torch.inference_mode():
        logits = model(input_ids=torch.tensor([before + after])).logits[0]
    written: list[int] = logits[len(before) - 1 : -1].argmax(-1).tolist()
    return written == after


_NAMES = {
    "model.embed_tokens": "token_embd",
    "model.norm": "output_norm",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "model.layers.": "blk.",
}


def to_gguf(folder: Path) -> Path:
    """The same model as llama.cpp reads it."""
    model = Qwen2ForCausalLM.from_pretrained(folder)
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    file = folder / "tiny.gguf"
    writer = GGUFWriter(file, "qwen2")
    _describe(writer, model.config)
    _add_words(writer, vocabulary)
    for name, tensor in model.state_dict().items():
        if name == "lm_head.weight":  # tied to the embeddings
            continue
        for theirs, ours in _NAMES.items():
            name = name.replace(theirs, ours)
        writer.add_tensor(name, tensor.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file


def _describe(writer: GGUFWriter, config: Qwen2Config) -> None:
    writer.add_context_length(4096)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads or config.num_attention_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(10_000.0)


def _add_words(writer: GGUFWriter, vocabulary: dict[str, Any]) -> None:
    numbers = vocabulary["model"]["vocab"]
    control = {token["content"] for token in vocabulary["added_tokens"]}
    words = sorted(numbers, key=lambda word: int(numbers[word]))
    words += [f"unused-{n}" for n in range(len(words), _TOKENS)]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(words)
    writer.add_token_types(
        [TokenType.CONTROL if word in control else TokenType.NORMAL for word in words]
    )
    writer.add_token_merges([" ".join(pair) for pair in vocabulary["model"]["merges"]])
    writer.add_eos_token_id(numbers["<|im_end|>"])
    writer.add_pad_token_id(numbers["<|pad|>"])
    writer.add_add_bos_token(False)
