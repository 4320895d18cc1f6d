import type { ComponentChildren, JSX } from "preact";

/** Markdown as elements, never as HTML: markup in the text is text. Headings, lists, tables, code, links, strong, emphasis. */
export function Markdown({ text }: { readonly text: string }): JSX.Element {
  return <div class="markdown">{toBlocks(text).map(renderBlock)}</div>;
}

export interface Block {
  readonly kind: "heading" | "code" | "list" | "table" | "paragraph";
  readonly level: number;
  readonly lines: readonly string[];
}

/** Cut a text into its blocks. */
export function toBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.trim() === "") continue;
    if (line.startsWith("```")) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith("```"));
      blocks.push({ kind: "code", level: 0, lines: lines.slice(at + 1, end < 0 ? undefined : end) });
      at = end < 0 ? lines.length : end;
      continue;
    }
    const kind = kindOf(line);
    const taken =
      kind === "heading"
        ? 1
        : lines.slice(at).findIndex((other, index) => index > 0 && endsBlock(other, kind));
    const body = taken < 0 ? lines.slice(at) : lines.slice(at, at + taken);
    blocks.push({ kind, level: /^#*/.exec(line)?.[0].length ?? 0, lines: body });
    at += body.length - 1;
  }
  return blocks;
}

function kindOf(line: string): Block["kind"] {
  if (/^#{1,6} /.test(line)) return "heading";
  if (/^\s*([-*]|\d+\.) /.test(line)) return "list";
  return line.startsWith("|") ? "table" : "paragraph";
}

function endsBlock(line: string, kind: Block["kind"]): boolean {
  if (line.trim() === "" || line.startsWith("```")) return true;
  const other = kindOf(line);
  return kind === "list" ? other === "heading" || other === "table" : other !== kind;
}

function renderBlock({ kind, level, lines }: Block, key: number): JSX.Element {
  const text = lines.join("\n");
  switch (kind) {
    case "heading": {
      const Heading = `h${Math.min(6, level + 1)}` as "h2";
      return <Heading key={key}>{inline(text.slice(level + 1))}</Heading>;
    }
    case "code":
      return <pre key={key}>{text}</pre>;
    case "list": {
      const List = /^\s*\d/.test(text) ? "ol" : "ul";
      const items = text.split(/^\s*(?:[-*]|\d+\.) /m).filter((item) => item.trim() !== "");
      return (
        <List key={key}>
          {items.map((item, index) => (
            <li key={index}>{inline(item)}</li>
          ))}
        </List>
      );
    }
    case "table":
      return (
        <table key={key}>
          <tbody>{lines.filter((line) => !/^\|[\s:|-]+$/.test(line)).map(renderRow)}</tbody>
        </table>
      );
    default:
      return <p key={key}>{inline(text)}</p>;
  }
}

function renderRow(line: string, key: number): JSX.Element {
  const cells = line.replace(/^\||\|\s*$/g, "").split(/(?<!\\)\|/);
  return (
    <tr key={key}>
      {cells.map((cell, index) => (
        <td key={index}>{inline(cell.trim().replaceAll("\\|", "|"))}</td>
      ))}
    </tr>
  );
}

function inline(text: string): ComponentChildren {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)\s]+\))/).map((part, index) => {
    if (/^`.+`$/s.test(part)) return <code key={index}>{part.slice(1, -1)}</code>;
    if (/^\*\*.+\*\*$/s.test(part)) return <strong key={index}>{part.slice(2, -2)}</strong>;
    const link = /^\[([^\]]+)\]\((https?:\/\/[^)]+)\)$/.exec(part);
    if (link)
      return (
        <a key={index} href={link[2] ?? ""} target="_blank" rel="noreferrer noopener">
          {link[1]}
        </a>
      );
    return part.replace(/^\[([^\]]+)\]\([^)]+\)$/, "$1");
  });
}
