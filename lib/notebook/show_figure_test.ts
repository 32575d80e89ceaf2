import assert from "node:assert/strict";
import { histogramOf, renderPng } from "@lib/plots";
import { type Display, JUPYTER_DISPLAY } from "./display.ts";
import { FIGURES_VARIABLE, showFigure } from "./show_figure.ts";

const figure = histogramOf([{ name: "forecast", values: [1, 2, 3] }], { title: "Three values" });
const forms = async (shown: Display) => await shown[JUPYTER_DISPLAY]() as Record<string, string>;

Deno.test("showFigure() offers an interactive figure, the same as picture, and its title", async () => {
  const bundle = await forms(showFigure(figure));
  assert.deepEqual(Object.keys(bundle), ["application/vnd.plotly.v1+json", "image/png", "text/plain"]);
  const { data, layout } = bundle["application/vnd.plotly.v1+json"] as unknown as typeof figure;
  assert.deepEqual({ data, layout }, figure);
  assert.deepEqual(Uint8Array.from(atob(bundle["image/png"]), (byte) => byte.charCodeAt(0)), await renderPng(figure));
  assert.equal(bundle["text/plain"], "Figure: Three values");
});

Deno.test("showFigure() shows a picture that is there already instead of drawing it again", async () => {
  assert.equal((await forms(showFigure(figure, { png: Uint8Array.of(1, 2, 3) })))["image/png"], "AQID");
});

Deno.test("showFigure() leaves the picture to a front end that draws the figure by itself", async () => {
  Deno.env.set(FIGURES_VARIABLE, "interactive");
  try {
    assert.deepEqual(Object.keys(await forms(showFigure(figure))), ["application/vnd.plotly.v1+json", "text/plain"]);
  } finally {
    Deno.env.delete(FIGURES_VARIABLE);
  }
});
