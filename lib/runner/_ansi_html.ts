const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
// deno-lint-ignore no-control-regex -- terminal colours begin with the escape character
const SEQUENCE = /\x1b\[([0-9;]*)([A-Za-z])/;
const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** Text for the inside of an element or of an attribute in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

/** Text with terminal colours as HTML: sixteen colours, bold, dim, italic and underlined; other sequences are dropped. */
export function ansiToHtml(text: string): string {
  const parts = text.split(SEQUENCE); // text, codes, letter, text, ...
  let classes = new Set<string>();
  let html = "";
  for (let i = 0; i < parts.length; i += 3) {
    if (parts[i] !== "") {
      const escaped = escapeHtml(parts[i]);
      html += classes.size > 0 ? `<span class="${[...classes].join(" ")}">${escaped}</span>` : escaped;
    }
    if (parts[i + 2] === "m") classes = applyCodes(classes, parts[i + 1]);
  }
  return html;
}

function applyCodes(classes: ReadonlySet<string>, codes: string): Set<string> {
  const next = new Set(classes);
  const colour = (name?: string) => {
    for (const each of next) if (each.startsWith("ansi-fg-")) next.delete(each);
    if (name) next.add(`ansi-fg-${name}`);
  };
  for (const code of codes.split(";").map(Number)) {
    if (code === 0) next.clear();
    else if (code === 1) next.add("ansi-bold");
    else if (code === 2) next.add("ansi-dim");
    else if (code === 3) next.add("ansi-italic");
    else if (code === 4) next.add("ansi-underline");
    else if (code === 22) ["ansi-bold", "ansi-dim"].forEach((each) => next.delete(each));
    else if (code === 23) next.delete("ansi-italic");
    else if (code === 24) next.delete("ansi-underline");
    else if (code >= 30 && code <= 37) colour(COLOURS[code - 30]);
    else if (code >= 90 && code <= 97) colour(COLOURS[code - 90]);
    else if (code === 39) colour();
    else if (code === 38 || code === 48) break; // a colour of a larger palette: the rest are its numbers
  }
  return next;
}
