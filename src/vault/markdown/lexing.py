"""Pygments' lexers, which try all rules of a state (some forty) at each place; here those that may match.

Which characters a rule may begin with is read from its pattern.  The rules are the same, in their order,
and so are the tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pygments.lexer import RegexLexer
from pygments.token import Error, Whitespace, _TokenType

from vault.markdown.beginnings import ASCII, beginnings

Rule = tuple[Any, Any, Any]
"""What matches a pattern, what becomes of it, the state after it."""

ENOUGH: Final = 4000
"""Characters of one language from which on reading its patterns costs less than it saves."""


class Rules(dict[str, list[Rule]]):
    """The rules of a state by the character at hand; all where it is beyond ASCII, or the text ends."""

    def __init__(self, rules: list[Rule]) -> None:
        super().__init__()
        self.all = rules

    def __missing__(self, char: str) -> list[Rule]:
        if char not in ASCII:
            return self.all
        found = self[char] = [rule for rule in self.all if char in beginnings(rule[0].__self__)]
        return found


class States(dict[str, Rules]):
    """The rules of each state of a lexer, as they are needed."""

    def __init__(self, states: dict[str, list[Rule]]) -> None:
        super().__init__()
        self.states = states

    def __missing__(self, state: str) -> Rules:
        found = self[state] = Rules(self.states[state])
        return found


class Reader:
    """A lexer; ``tokens`` gives kind and text of each token."""

    def __init__(self, lexer: Any) -> None:
        self.lexer, self.size = lexer, 0
        self.regular = type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed
        self.states = States(lexer._tokens) if self.regular else States({})

    def tokens(self, text: str) -> Iterator[tuple[Any, str]]:
        self.size += len(text)
        if self.regular and self.size > ENOUGH:
            yield from self.run(text)
        else:
            for _, kind, part in self.lexer.get_tokens_unprocessed(text):
                yield kind, part

    def run(self, text: str) -> Iterator[tuple[Any, str]]:
        """What ``RegexLexer.get_tokens_unprocessed`` gives."""
        stack, pos, end = ["root"], 0, len(text)
        rules = self.states["root"]
        while True:
            for match, action, after in rules[text[pos : pos + 1]]:
                found = match(text, pos)
                if found:
                    if type(action) is _TokenType:
                        yield action, found[0]
                    elif action is not None:
                        for _, kind, part in action(self.lexer, found):
                            yield kind, part
                    pos = found.end()
                    if after is not None:
                        move(stack, after)
                        rules = self.states[stack[-1]]
                    break
            else:
                if pos >= end:
                    return
                if text[pos] == "\n":
                    stack, rules = ["root"], self.states["root"]
                yield Whitespace if text[pos] == "\n" else Error, text[pos]
                pos += 1


def move(stack: list[str], after: Any) -> None:
    """Go to the state after a rule; the lowest state stays."""
    if isinstance(after, int):
        del stack[max(1, len(stack) + after) :]
        return
    for state in after if isinstance(after, tuple) else (after,):
        if state == "#pop":
            del stack[max(1, len(stack) - 1) :]
        else:
            stack.append(stack[-1] if state == "#push" else state)
