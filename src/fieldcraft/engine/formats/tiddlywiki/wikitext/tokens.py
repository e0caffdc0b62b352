"""The marks of a line of wikitext, as one pattern a dialect.

Every part that may go on is bounded, and none goes back over what it has taken, so that time grows with the text.
"""

import re

UPPER, LOWER = "A-ZÀ-ÖØ-ÞŐŰ", "a-zß-öø-ÿőű"
SCHEMES = "file|https?|mailto|ftp|irc|news|data|skype|tel"
ADDRESS = re.compile(rf"(?:{SCHEMES}):[^\s<>{{}}\[\]`|\"\\^]+", re.IGNORECASE)

_MACRO_INSIDE = r"""
    (?: (?<=[\s:=])\"\"\"[\s\S]{0,20000}?\"\"\"
      | (?<=[\s:=])"[^"]{0,4000}"
      | (?<=[\s:=])'[^']{0,4000}'
      | \[\[[^\[\]\n]{0,500}\]\]
      | <<[^<>]{0,500}>>
      | [^>"'\[<]++ | >(?!>) | ["'\[] | <(?!<)
    ){0,200}+"""
MACRO = rf"<<(?![<\s>])[^\s<>]++{_MACRO_INSIDE}>>"
_ATTRIBUTE = r"""
    \s+[^\s=<>/"'`{]++
    (?: \s*=\s*
      (?: \"\"\"[\s\S]{0,20000}?\"\"\" | "[^"]{0,4000}" | '[^']{0,4000}'
        | \{\{\{(?:[^{}]|\{[^{}]{0,300}\}){0,2000}+\}\}\} | \{\{[^{}]{0,500}\}\}
        | <<[^<>]{0,1000}>> | ```[\s\S]{0,4000}?``` | `[^`]{0,4000}`
        | [^\s<>"'`{]++ )
    )?"""
TAG = rf"</?\$?[a-zA-Z][\w.\-]*+(?:{_ATTRIBUTE}){{0,100}}+\s*/?>"
ATTRIBUTES = re.compile(
    r"""\s([^\s=<>/"'`{]++)
    (?: \s*=\s*
      (?: \"\"\"([\s\S]*?)\"\"\" | "([^"]*)" | '([^']*)'
        | (\{\{\{[\s\S]*?\}\}\}|\{\{[^{}]*\}\}|<<[^<>]*>>|```[\s\S]*?```|`[^`]*`) | ([^\s<>"'`{]+?)(?=/?>$|\s) )
    )?""",
    re.VERBOSE,
)
TRANSCLUSION = r"\{\{(?!\{)[^{}\n]{1,500}\}\}"
FILTERED = r"\{\{\{(?:[^{}]|\{[^{}]{0,300}\}|\{\{[^{}]{0,300}\}\}(?!\})){1,2000}+\}\}[^}\n]{0,200}\}(?:\.\S{1,100}+)?"
SPANS = {
    "comment": ("-->", 0),
    "comment_classic": ("%/", 0),
    "raw": ("</html>", 0),
    "conditional": ("%>", 2000),
    "ext": ("]]", 2000),
    "code_classic": ("}}}", 4000),
    "nowiki": ('"""', 4000),
    "nowiki_tag": ("</nowiki>", 4000),
}
"""Marks that hold everything up to another: that other one, and how far it may be (0: any distance)."""

_PLAIN = rf"""(?P<plain>(?:
      (?![{UPPER}])[^\W_]++(?!:)
    | [{UPPER}][{LOWER}]*+(?![^\W_]|:)
    | [ .;:?()=+%\#>\t–—’“”…·•] | }}(?!}}}})
    | -(?!-) | /(?![/%]) | '(?!') | ,(?!,) | "(?!"") | !(?!\[)
    )++)"""
_SHARED_START = rf"""
    {_PLAIN}
    | (?P<blank>\n\n) | (?P<newline>\n)
    | (?P<url>~?(?:{SCHEMES}):[^\s<>{{}}\[\]`|"\\^]++(?<![.,;:!?')]))
    | (?P<url_shortened>~?(?:{SCHEMES}):[^\s<>{{}}\[\]`|"\\^]+(?<![.,;:!?')]))
    | \[\[(?P<link>(?:[^\[\]\n]|\](?!\])|\[(?!\[)){{1,1000}}+)\]\]
    | (?P<macro>{MACRO})
    | (?P<entity>&(?:\#\d{{1,7}}|\#x[0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,20}});)
    | (?P<bold>'') | (?P<italic>//) | (?P<under>__) | (?P<super>\^\^)
    | (?P<camel>~?(?<![\w-])[{UPPER}]++[{LOWER}]++[{UPPER}][^\W_]*+)"""
_SHARED_END = r"""
    | (?P<word>[^\W_]++)
    | (?P<sign>[\s\S])"""

FIVE = re.compile(
    _SHARED_START
    + rf"""
    | ``(?P<code>(?:[^`\n]|`(?!`)|\n(?!\n))++)``
    | `(?P<code_short>(?:[^`\n]|\n(?!\n))++)`
    | (?P<ext>\[ext\[)
    | (?P<image>\[img(?:\s[^\[\]\n]{{0,200}}+)?\[[^\]\n]{{1,1000}}+\]\])
    | (?P<comment><!--)
    | (?P<filter>{FILTERED}) | (?P<transclusion>{TRANSCLUSION})
    | (?P<conditional><%)
    | (?P<tag>{TAG})
    | (?P<strike>~~) | (?P<sub>,,)
    | (?P<style>@@(?:(?:[^.\s:@]{{1,60}}:[^\n;@]{{1,200}};)++)?(?:\.[^\s@]{{1,100}}\s++)?)
    | (?P<breaks>\"\"\"\n?)
    | (?P<system>~?\$:/[\w./-]++)
    | (?P<dash>(?<!-)-{{2,3}}(?!-))"""
    + _SHARED_END,
    re.VERBOSE,
)
CLASSIC = re.compile(
    _SHARED_START
    + r"""
    | (?P<code_classic>\{\{\{)
    | (?P<image>\[[<>]?img\[[^\]\n]{1,1000}+\](?:\[[^\]\n]{1,1000}+\])?\])
    | (?P<comment_classic>/%) | (?P<comment><!--)
    | (?P<custom>\{\{[\w .,-]{1,100}\{)
    | (?P<nowiki>\"\"\") | (?P<nowiki_tag><nowiki>) | (?P<raw><html>)
    | (?P<line_break><br\s?/?>)
    | (?P<sub>~~)
    | (?P<strike>--(?!-)(?:(?=\S)|(?<=\S--)))
    | (?P<dash>--)
    | (?P<style>@@(?:[a-z-]{1,40}(?:\([^)\n]{1,60}\):|:[^;@\n]{1,80};))*+)
    | (?P<custom_end>\}\}\})"""
    + _SHARED_END,
    re.VERBOSE,
)
