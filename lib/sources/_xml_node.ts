/**
 * An element of an XML text: as much of XML as filings use, read strictly. No document types and no entities of one's own,
 * so that nothing in a filing can make the reader fetch or grow.
 */
export class XmlNode {
  readonly name: string;
  readonly children: XmlNode[] = [];
  /** Text directly within, without that of elements within. */
  content = "";

  private constructor(name: string) {
    this.name = name;
  }

  /** @throws {SyntaxError} If the bytes are no such text, as when they are just the beginning of it. */
  static parse(bytes: Uint8Array): XmlNode {
    const text = new TextDecoder().decode(bytes);
    const root = new XmlNode("");
    const open = [root];
    let position = 0;
    for (const match of text.matchAll(marks)) {
      const [mark, comment, data, declaration, slash, name, empty] = match;
      open.at(-1)!.content += unescaped(text.slice(position, match.index));
      position = match.index + mark.length;
      if (comment !== undefined || declaration !== undefined) continue;
      if (data !== undefined) open.at(-1)!.content += data;
      else if (slash) {
        if (open.length === 1 || open.pop()!.name !== name) throw refusal(text, match.index, `no </${name}>`);
      } else {
        const node = new XmlNode(name);
        open.at(-1)!.children.push(node);
        if (!empty) open.push(node);
      }
    }
    root.content += unescaped(text.slice(position));
    const isWhole = open.length === 1 && root.children.length === 1 && root.content.trim() === "";
    if (!isWhole) throw refusal(text, position, `one element that is closed, open is ${open.at(-1)!.name || "none"}`);
    return root.children[0];
  }

  /** All elements of a name directly within. */
  all(name: string): XmlNode[] {
    return this.children.filter((child) => child.name === name);
  }

  /** The element at the end of a path of names; undefined if there is none. */
  find(...path: string[]): XmlNode | undefined {
    return path.reduce<XmlNode | undefined>((node, name) => node?.all(name)[0], this);
  }

  /** The text at the end of a path, trimmed; undefined if there is none, or it is empty. */
  text(...path: string[]): string | undefined {
    return this.find(...path)?.content.trim() || undefined;
  }
}

// in turn: comments, character data, declarations, and tags with their attributes
const marks =
  /<!--([\s\S]*?)-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?([\s\S]*?)\?>|<(\/?)([A-Za-z_][\w.:-]*)(?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/g;
const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (text.includes("<")) throw refusal(text, text.indexOf("<"), "a tag, comment or declaration");
  return text.replace(/&(?:(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w+);)?/g, (mark, name?: string) => {
    const code = name?.startsWith("#") ? Number(name.replace("#x", "0x").replace("#", "")) : NaN;
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    if (name === undefined || !Object.hasOwn(entities, name)) {
      throw new SyntaxError(`it must be XML without entities of its own, current text is ${mark}`);
    }
    return entities[name];
  });
}

function refusal(text: string, at: number, wanted: string): SyntaxError {
  const current = text.slice(at, at + 40).replaceAll(/\s+/g, " ") || "its end";
  return new SyntaxError(`it must be XML with ${wanted} at character ${at}, current text is ${current}`);
}
