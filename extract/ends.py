"""What a plural end of a proposition stands for when it names its members: examples, appositions."""

from __future__ import annotations

from factloom.extract.coreference import Resolver
from factloom.extract.discourse import Resolved
from factloom.extract.mentions import is_name_head
from factloom.extract.propositions import Proposition
from factloom.extract.rules.common import is_such, noun_complements
from factloom.extract.tokens import Token


def examples(noun: Token, resolver: Resolver) -> list[Resolved]:
    """Intel did, and AMD did: "companies such as Intel and AMD sold chips"."""
    if noun.tag != "NNS":
        return []
    for complement in noun_complements(noun):
        such = complement.marker == "as" and is_such(noun, complement.prep)
        if such or complement.marker in ("such as", "including", "like"):
            return [r for r in resolver.resolve(complement.head) if r.node.kind == "name"]
    return []


def named(noun: Token, resolver: Resolver) -> list[Resolved]:
    """The names that a plural introduces: "the brands Tylenol and Band-Aid"."""
    names = [c for c in noun.kids("appos") if is_name_head(c)] if noun.tag == "NNS" else []
    return [r for name in names for r in resolver.resolve(name) if r.node.kind == "name"]


def objects(p: Proposition, resolver: Resolver) -> list[Resolved]:
    """The object's nodes, and those that it is said to include ("phones, including the iPhone")."""
    found = named(p.object, resolver) or resolver.resolve(p.object)
    if p.object.tag in ("NNS", "NNPS"):
        for complement in noun_complements(p.object):
            if complement.marker in ("including", "such as") or is_such(p.object, complement.prep):
                found = [*found, *resolver.resolve(complement.head)]
    return found
