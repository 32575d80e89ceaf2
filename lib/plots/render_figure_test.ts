import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { sha256 } from "@lib/core";
import type { Figure, Trace } from "./figure.ts";
import { renderPng, renderSvg } from "./render_figure.ts";
import { textWidth } from "./_text_box.ts";
import { sampleFigures } from "./testdata/sample_figures.ts";

const figures = sampleFigures();
const layout = { width: 320, height: 240 };

for (const [name, figure] of Object.entries(figures)) {
  Deno.test(`renderSvg() draws ${name} with its size, its title and no text beyond the edges`, async () => {
    const svg = await renderSvg(figure);
    const { width, height } = figure.layout;
    assert.match(svg, new RegExp(`^<svg[^>]* width="${width}" height="${height}"`));
    assert.ok(!svg.includes("NaN"));
    const { text } = figure.layout.title as { text: string };
    for (const line of text.split("<br>")) assert.ok(svg.includes(line));
    const title = Math.max(...text.split("<br>").map((line) => textWidth(line, 18)));
    assert.ok(title < width - 28, `the title is ${title} wide`);
    const labels = [...svg.matchAll(/class="ytick"><text text-anchor="end" x="([\d.]+)"[^>]*>([^<]*)</g)];
    assert.ok(labels.length > 0);
    for (const [, end, label] of labels) assert.ok(Number(end) - textWidth(label, 13) > 0, `${label} is clipped`);
  });
}

Deno.test("renderPng() gives the same bytes in another process, whatever was drawn before", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fileURLToPath(import.meta.resolve("./testdata/sample_figures.ts")), "foldScores"],
  }).output();
  assert.equal(new TextDecoder().decode(stdout).trim(), sha256(await renderPng(figures.foldScores)));
});

Deno.test("renderPng() multiplies the size by the scale", async () => {
  const size = async (scale?: number) => {
    const png = await renderPng({ data: [], layout }, { scale });
    const header = new DataView(png.buffer, png.byteOffset);
    return [header.getUint32(16), header.getUint32(20)];
  };
  assert.deepEqual(await size(), [480, 360]);
  assert.deepEqual(await size(1), [320, 240]);
  await assert.rejects(() => size(0), {
    name: "RangeError",
    message: "Cannot render a figure: scale must be a finite number above 0, current value is 0",
  });
});

Deno.test("renderSvg() refuses trace types that would come out empty", async () => {
  const trace = { type: "scattergl", x: [1, 2], y: [3, 4] } as unknown as Trace;
  await assert.rejects(() => renderSvg({ data: [trace], layout }), {
    name: "RangeError",
    message: "Cannot render a figure: every trace type must be one of bar, box, histogram, scatter, violin, " +
      "current value is scattergl",
  });
});

Deno.test("renderSvg() refuses a trace that plotly.js leaves out", async () => {
  await assert.rejects(() => renderSvg({ data: [{ type: "box" }], layout }), {
    name: "TypeError",
    message: "Cannot render a figure: trace 0 must be drawn as box with visible true, " +
      "current values are box and false",
  });
});

Deno.test("renderSvg() refuses an attribute that plotly.js does not know", async () => {
  const misspelt: Figure = { data: [{ type: "scatter", x: [1], y: [1], colour: "red" }], layout };
  await assert.rejects(() => renderSvg(misspelt), { name: "TypeError", message: /current problem: .*colour/ });
});

Deno.test("renderSvg() draws on after a refusal", async () => {
  await renderSvg({ data: [{ type: "box" }], layout }).catch(() => {});
  assert.match(await renderSvg({ data: [{ type: "box", y: [1, 2, 3] }], layout }), /^<svg/);
});
