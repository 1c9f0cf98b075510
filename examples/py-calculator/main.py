"""Evaluates the expressions on stdin: a tokenizer and a recursive-descent parser with variables."""
import math
import re
import sys

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|[-+*/%^(),=]))")


class CalculatorError(Exception):
    pass


def tokenize(text):
    tokens, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            rest = text[position:].lstrip()
            raise CalculatorError(f"unexpected {rest[0]!r} at column {len(text) - len(rest) + 1}")
        number, name, symbol = match.groups()
        tokens.append(("number", float(number)) if number else ("name", name) if name else ("symbol", symbol))
        position = match.end()
    return tokens + [("end", None)]


class Parser:
    functions = {"sqrt": math.sqrt, "max": max, "min": min, "abs": abs, "hypot": math.hypot}

    def __init__(self, tokens, variables):
        self.tokens, self.variables, self.index = tokens, variables, 0

    def take(self, *symbols):
        kind, value = self.tokens[self.index]
        if kind == "symbol" and value in symbols:
            self.index += 1
            return value
        return None

    def expect(self, symbol):
        if not self.take(symbol):
            raise CalculatorError(f"expected {symbol!r}, found {self.tokens[self.index][1] or 'the end'!r}")

    def statement(self):
        if self.tokens[0][0] == "name" and self.tokens[1] == ("symbol", "="):
            self.index = 2
            value = self.variables[self.tokens[0][1]] = self.sum()
        else:
            value = self.sum()
        if self.tokens[self.index][0] != "end":
            raise CalculatorError(f"unexpected {self.tokens[self.index][1]!r}")
        return value

    def sum(self):
        value = self.product()
        while operator := self.take("+", "-"):
            right = self.product()
            value = value + right if operator == "+" else value - right
        return value

    def product(self):
        value = self.unary()
        while operator := self.take("*", "/", "%"):
            right = self.unary()
            if operator != "*" and right == 0:
                raise CalculatorError("division by zero")
            value = value * right if operator == "*" else value / right if operator == "/" else value % right
        return value

    def unary(self):
        return -self.unary() if self.take("-") else self.power()

    def power(self):
        base = self.atom()
        return base ** self.unary() if self.take("**", "^") else base

    def atom(self):
        kind, value = self.tokens[self.index]
        self.index += 1
        if kind == "number":
            return value
        if kind == "symbol" and value == "(":
            inner = self.sum()
            self.expect(")")
            return inner
        if kind == "name" and self.take("("):
            arguments = [self.sum()]
            while self.take(","):
                arguments.append(self.sum())
            self.expect(")")
            if value not in self.functions:
                raise CalculatorError(f"no function {value!r}")
            return self.functions[value](*arguments)
        if kind == "name" and value in self.variables:
            return self.variables[value]
        raise CalculatorError(f"no variable {value!r}" if kind == "name" else f"unexpected {value or 'end'!r}")


variables = {"pi": math.pi}
for line in sys.stdin:
    if not line.strip():
        continue
    try:
        print(f"{line.strip()} => {Parser(tokenize(line), variables).statement():g}")
    except CalculatorError as error:
        print(f"{line.strip()} => error: {error}")
