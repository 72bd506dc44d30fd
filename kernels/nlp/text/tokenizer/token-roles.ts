/** The names under which special tokens are known, those of this library's trainers first. */
export const TOKEN_ROLES = {
  pad: ["[PAD]", "<pad>", "<|pad|>"],
  unk: ["[UNK]", "<unk>"],
  cls: ["[CLS]"],
  sep: ["[SEP]"],
  mask: ["[MASK]", "<mask>"],
  bos: ["<s>", "<bos>", "[BOS]", "<|begin_of_text|>"],
  eos: ["</s>", "<eos>", "[EOS]", "<|endoftext|>", "<|end_of_text|>"],
} as const;
