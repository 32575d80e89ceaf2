/** The style of a page: readable on a screen, and on paper. */
export const PAGE_STYLE = `
:root { --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --paper: #fff; --field: #f6f8fa; --accent: #0b57a4;
  --bad: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2.5rem 1.5rem 5rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2.2rem 0 .8rem; }
h1 { font-size: 2rem; } h2 { font-size: 1.45rem; } h3 { font-size: 1.15rem; }
main > section:first-of-type h1:first-child { margin-top: .5rem; }
p, ul, ol { max-width: 46rem; }
a { color: var(--accent); }
img { max-width: 100%; height: auto; }
pre, code { font: 13px/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
p code, li code, td code { background: var(--field); padding: .1em .35em; border-radius: 4px; }
pre { margin: .5rem 0; padding: .7rem .9rem; overflow: auto; border-radius: 6px; white-space: pre; }
.stream, .value { max-height: 32rem; background: var(--field); white-space: pre-wrap; overflow-wrap: anywhere; }
.stderr { background: #fff6e5; }
.error { background: #fdeceb; border-left: 4px solid var(--bad); white-space: pre-wrap; }
.rich { overflow-x: auto; }
table { border-collapse: collapse; margin: .8rem 0; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .2rem .6rem .4rem; color: var(--soft); }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--soft); }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; color: var(--soft); font-size: .9rem; }
header p { margin: 0; max-width: none; display: flex; gap: .4rem 1.2rem; flex-wrap: wrap; align-items: baseline; }
tr.overridden td:nth-child(2) { font-weight: 600; }
.status { font-weight: 600; color: #1a7f37; } .status.failed { color: var(--bad); }
button { font: inherit; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 6px;
  padding: .1rem .6rem; cursor: pointer; }
details.code { margin: .9rem 0 .4rem; border: 1px solid var(--line); border-radius: 6px; }
details.code summary { display: flex; gap: .8rem; padding: .25rem .8rem; cursor: pointer; color: var(--soft);
  font-size: .8rem; }
details.code summary code { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 12px; }
details.code[open] summary code { visibility: hidden; }
details.code pre { margin: 0; border-top: 1px solid var(--line); border-radius: 0 0 6px 6px; background: var(--field); }
details.failed { border-color: var(--bad); }
figure { margin: 1rem 0; overflow-x: auto; }
figure .interactive { display: none; }
figure.ready .interactive { display: block; } figure.ready .picture { display: none; }
.hljs-keyword, .hljs-literal { color: #a02a6b; } .hljs-string, .hljs-regexp { color: #0a5c36; }
.hljs-number { color: #8a4b00; } .hljs-comment { color: #68717a; font-style: italic; }
.hljs-title, .hljs-built_in { color: #4b3fa8; } .hljs-attr, .hljs-property { color: #0b57a4; }
.ansi-bold { font-weight: 700; } .ansi-dim { opacity: .65; } .ansi-italic { font-style: italic; }
.ansi-underline { text-decoration: underline; }
.ansi-fg-red { color: #b3261e; } .ansi-fg-green { color: #1a7f37; } .ansi-fg-yellow { color: #8a5a00; }
.ansi-fg-blue { color: #0b57a4; } .ansi-fg-magenta { color: #8e3a9d; } .ansi-fg-cyan { color: #0f6b78; }
.ansi-fg-white, .ansi-fg-black { color: inherit; }
@media print {
  main { max-width: none; padding: 0; } button { display: none; }
  .stream, .value { max-height: none; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  table { font-size: .68rem; } th, td { padding: .2rem .35rem; white-space: normal !important; }
  figure, tr, img { break-inside: avoid; } h1, h2, h3 { break-after: avoid; }
  figure.ready .interactive { display: none; } figure.ready .picture { display: block; }
}
`;

/** Opens and closes all code at once. */
export const FOLD_SCRIPT = `
document.getElementById("fold").addEventListener("click", () => {
  const folds = [...document.querySelectorAll("details.code")];
  const open = folds.some((fold) => !fold.open);
  for (const fold of folds) fold.open = open;
});
`;

/** Unpacks plotly.js, which the page carries compressed, and draws each figure in place of its picture. */
export const FIGURE_SCRIPT = `
(async () => {
  const packed = Uint8Array.from(atob(document.getElementById("plotly-js").textContent), (c) => c.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(unpacked).text();
  document.head.append(script);
  for (const figure of document.querySelectorAll("figure.plotly")) {
    const { data, layout, config, frames } = JSON.parse(figure.querySelector("script").textContent);
    figure.classList.add("ready");
    const place = figure.querySelector(".interactive");
    const width = Math.min(layout?.width ?? Infinity, Math.max(place.clientWidth, 760)); // narrower cuts titles: scroll
    try {
      await Plotly.newPlot(place, {
        data, frames, layout: { ...layout, width }, config: { ...config, displaylogo: false },
      });
    } catch (error) {
      figure.classList.remove("ready");
      console.error(error);
    }
  }
})();
`;
