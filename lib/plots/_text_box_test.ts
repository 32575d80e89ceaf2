import assert from "node:assert/strict";
import { drawingTextBox, localTextBox, type SvgElement, textWidth } from "./_text_box.ts";
import fontTools from "./testdata/font_advances.json" with { type: "json" };

Deno.test("textWidth() agrees with fontTools", () => {
  for (const weight of ["regular", "bold"] as const) {
    fontTools.texts.forEach((text, i) => {
      assert.ok(Math.abs(textWidth(text, 20, weight) - 20 * fontTools.golden[weight][i]) < 1e-9);
    });
  }
});

Deno.test("localTextBox() puts an end-anchored text to the left of its place", () => {
  const box = localTextBox(text({ "x": "100", "y": "50", "text-anchor": "end" }, "rank IC"));
  assert.equal(box.x + box.width, 100);
  assert.equal(box.width, textWidth("rank IC", 10));
  assert.ok(box.y < 50 && box.y + box.height > 50);
});

Deno.test("drawingTextBox() turns and moves as the groups above do", () => {
  const group = element("g", { transform: "translate(5,7)rotate(-90)" });
  const box = drawingTextBox(text({}, "rank IC", group));
  const upright = localTextBox(text({}, "rank IC"));
  const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);
  close(box.height, upright.width);
  close(box.width, upright.height);
  close(box.y + box.height, 7);
  close(box.x, 5 + upright.y);
});

Deno.test("drawingTextBox() refuses a transform that it cannot follow", () => {
  assert.throws(() => drawingTextBox(text({}, "x", element("g", { transform: "skewX(3)" }))), {
    name: "SyntaxError",
    message: "Cannot measure text: transforms must be translate, scale or rotate, current value is skewX",
  });
});

interface Fake extends SvgElement {
  childNodes: SvgElement[];
}

function element(nodeName: string, attributes: Record<string, string>, parentNode: SvgElement | null = null): Fake {
  return {
    nodeType: 1,
    nodeName,
    textContent: null,
    childNodes: [],
    parentNode,
    style: { fontSize: "10px", fontWeight: "", display: "" },
    getAttribute: (name) => attributes[name] ?? null,
  };
}

function text(attributes: Record<string, string>, content: string, parent: SvgElement | null = null): SvgElement {
  const node = element("text", attributes, parent);
  node.childNodes.push({ nodeType: 3, nodeName: "#text", textContent: content, childNodes: [], parentNode: node });
  return node;
}
