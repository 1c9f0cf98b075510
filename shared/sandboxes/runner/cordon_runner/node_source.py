"""The text of node_program.cjs; a bundle has it in place of this."""

import os

with open(os.path.join(os.path.dirname(__file__), "node_program.cjs"), encoding="utf-8") as file:
    NODE_SOURCE = file.read()
