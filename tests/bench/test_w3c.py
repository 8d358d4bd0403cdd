"""The runner of evaluation tests tells right from wrong, on a small suite written for this."""

from __future__ import annotations

from pathlib import Path

import pytest

from .w3c import cases, main, score

MANIFEST = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
<> a mf:Manifest ; mf:entries ( <#table> <#graph> <#ask> <#csv> <#named> <#wrong> <#refused> ) .
"""
ENTRY = """
<#{name}> a mf:QueryEvaluationTest ; mf:action [ qt:query <{name}.rq> ; {data} ] ; mf:result <{result}> .
"""
XML = """<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">{}</sparql>"""
TABLE = XML.format(
    '<head><variable name="o"/><variable name="s"/></head><results><result>'
    '<binding name="s"><bnode>q</bnode></binding><binding name="o"><literal '
    'datatype="http://www.w3.org/2001/XMLSchema#decimal">1.00</literal></binding></result></results>'
)
FILES = {
    "data.ttl": "_:b <p> 1.0 .",
    "table.rq": "SELECT ?s ?o { ?s <p> ?o }",
    "table.srx": TABLE,
    "graph.rq": "CONSTRUCT { ?s <q> ?o } { ?s <p> ?o }",
    "graph.ttl": "[] <q> 1.00 .",
    "ask.rq": "ASK { ?s ?p 1.0 }",
    "ask.srx": XML.format("<head/><boolean>true</boolean>"),
    "csv.rq": "SELECT ?s ?o { ?s <p> ?o }",
    "csv.csv": "s,o\r\n_:x,1.0\r\n",
    "named.rq": "SELECT ?s ?o { GRAPH <data.ttl> { ?s <p> ?o } }",
    "wrong.rq": "SELECT ?s ?o { ?s <p> ?o FILTER(?o > 1) }",
    "refused.rq": "SELECT ?s ?o FROM <data.ttl> { ?s <p> ?o }",
}
ENTRIES = [
    ("table", "qt:data <data.ttl>", "table.srx"),
    ("graph", "qt:data <data.ttl>", "graph.ttl"),
    ("ask", "qt:data <data.ttl>", "ask.srx"),
    ("csv", "qt:data <data.ttl>", "csv.csv"),
    ("named", "qt:graphData <data.ttl>", "table.srx"),
    ("wrong", "qt:data <data.ttl>", "table.srx"),
    ("refused", "qt:data <data.ttl>", "table.srx"),
]


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    folder = tmp_path / "w3c" / "some"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_bytes(text.encode())
    entries = (ENTRY.format(name=name, data=data, result=result) for name, data, result in ENTRIES)
    (folder / "manifest.ttl").write_text(MANIFEST + "".join(entries))
    return folder


def test_right_and_wrong_are_told_apart(suite: Path) -> None:
    total = score(cases(suite))
    assert total.counts["cases"] == 7
    assert [name.rpartition("#")[2] for name in total.failed] == ["wrong"]
    assert total.counts["factloom"] == total.counts["engine, of these"] == 5
    assert total.differ == []
    assert [name.rpartition("#")[2] for name in total.failed] == ["wrong"]
    assert [name.rpartition("#")[2] for name in total.refused] == ["refused"]


def test_the_command(suite: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(suite.parent)]) == 0
    assert "differ: 0" in capsys.readouterr().out
    assert main([str(suite.parent), "--without", "some"]) == 0
    assert main([str(suite / "none")]) == 2
