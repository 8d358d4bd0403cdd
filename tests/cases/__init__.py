"""The reader's manual: phenomena, sentences, and the statements they give; tested on frozen parses."""
