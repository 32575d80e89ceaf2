import assert from "node:assert/strict";
import { XmlNode } from "./_xml_node.ts";

const parse = (text: string) => XmlNode.parse(new TextEncoder().encode(text));

Deno.test("XmlNode reads elements, attributes, comments, character data and entities", () => {
  const root = parse(
    `<?xml version="1.0"?><!-- <x> --><a b="1 > 0" c='&lt;'><d>1 &amp; 2</d><d/>t<![CDATA[<e>&amp;]]>&#233;&#x41;</a>\n`,
  );
  assert.equal(root.name, "a");
  assert.equal(root.text("d"), "1 & 2");
  assert.equal(root.all("d").length, 2);
  assert.equal(root.content, "t<e>&amp;éA");
  assert.equal(root.find("d", "none"), undefined);
});

Deno.test("XmlNode refuses what is no XML, half of it, or wants more than text", () => {
  const wrong = [
    "",
    "no element",
    "<a><b></a></b>",
    "<a><b>",
    "<a>1</a><a/>",
    "<a>1 < 2</a>",
    "<a b=1/>",
    "<a>&other;</a>",
    "<a>1 & 2</a>",
    "<a>&#x110000;</a>",
    `<!DOCTYPE a [<!ENTITY x "y">]><a/>`,
    "</a>",
    "<a>1</a",
  ];
  for (const text of wrong) assert.throws(() => parse(text), SyntaxError, text);
});
