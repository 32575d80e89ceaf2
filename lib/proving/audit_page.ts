import type { AuditNumbers } from "./audit_numbers.ts";
import type { Experiment } from "./experiment.ts";
import type { Finding } from "./findings.ts";

const PARTS: readonly { part: Experiment["part"]; title: string; figures: readonly string[]; words: string }[] = [
  {
    part: "no signal",
    title: "Markets without signal",
    figures: ["no_signal"],
    words: "Nothing in these markets can be forecast. The whole road is gone all the same: features, ranks, walk " +
      "forward, and every setting tried. The study tunes on development days and claims the best of them; the careful " +
      "one claims it on the final block alone; the cheat tries all settings on the days that judge. What each of them " +
      "looked at stands in a ledger of their own.",
  },
  {
    part: "known signal",
    title: "Signals of known strength",
    figures: ["power", "coverage"],
    words: "A signal whose correlation with the coming return is known is claimed as it is. Its interval should hold " +
      "the truth, and the gate should pass it as often as its error allows. Forecasts that hardly change and know " +
      "nothing are here too: overlapping outcomes make them look better than they are.",
  },
  {
    part: "other claims",
    title: "Books, and other kinds of forecasts",
    figures: [],
    words:
      "The claims that are no ranking of names, brought before their own judges: what knows nothing should hardly " +
      "ever pass, and what knows the truth should.",
  },
  {
    part: "statistics",
    title: "Each statistic by itself",
    figures: ["sizes"],
    words:
      "Tests and corrections on series made for them, beside what theory or their own papers say. Where a paper's " +
      "figure is not known for sure, the nominal level stands in its place.",
  },
];

/** The page of the audit as Markdown; every number in it is one of the numbers given. */
export function auditPage(numbers: AuditNumbers, { figures }: { figures: readonly string[] }): string {
  const { experiments, code } = numbers;
  const repetitions = experiments.reduce((sum, each) => sum + each.repetitions, 0);
  return [
    "# The judge on trial",
    "<!-- Written by make f4-audit; changes by hand are lost. -->",
    `${experiments.length} experiments whose truth is known, ${repetitions} repetitions, every one from a seed: the ` +
    `same code gives the same page. This one is of the code \`${code.slice(0, 12)}\`. The numbers are in ` +
    "[numbers.json](numbers.json). Intervals have 95 %: Wilson's for shares, normal for means; about one in 20 misses " +
    "what it should hold by chance.",
    auditVerdict(numbers),
    ...PARTS.flatMap((part) => sectionOf(part, numbers, figures)),
  ].join("\n\n") + "\n";
}

function sectionOf(
  { part, title, figures: own, words }: typeof PARTS[number],
  { together, findings, experiments }: AuditNumbers,
  figures: readonly string[],
): string[] {
  const found = findings.filter((finding) => finding.part === part);
  if (found.length === 0) return [];
  const members = experiments.filter((each) => each.part === part && each.repetitions > 0);
  return [
    `## ${title}`,
    words,
    ...own.filter((name) => figures.includes(name)).map((name) => `![${name.replaceAll("_", " ")}](${name}.png)`),
    ...(part === "no signal"
      ? [`All ${together[0].n} markets together:`, tableOf(together, { isTogether: true })]
      : []),
    ...(part === "no signal"
      ? ["The share of each kind of market alone:", kindsTable(together, found, members.map(({ name }) => name))]
      : [tableOf(found)]),
    [...Map.groupBy(members, ({ words }) => words)]
      .map(([words, alike]) => `- ${alike.map(({ name }) => name).join("; ")}: ${words}`).join("\n"),
  ];
}

/** The numbers that do not stand as they were expected to, in words; or that all do. */
export function auditVerdict({ together, findings }: AuditNumbers): string {
  const judged = [...together, ...findings.filter(({ part }) => part !== "no signal")]
    .filter(({ standing }) => standing !== "shown");
  const off = judged.filter(({ standing }) => standing !== "as expected");
  const opening = `${judged.length - off.length} of ${judged.length} numbers stand as theory or the house wants them`;
  if (off.length === 0) return `${opening}.`;
  const lines = off.map((finding) => {
    const { experiment, what, standing, authority } = finding;
    const wanted = `expected ${expectationOf(finding)} (${authority})`;
    return `- ${experiment}, ${what}: ${intervalOf(finding)}, ${wanted}: ${standing}`;
  });
  return `${opening}. The others:\n\n${lines.join("\n")}`;
}

function tableOf(findings: readonly Finding[], { isTogether = false } = {}): string {
  const heads = [...(isTogether ? [] : ["experiment"]), "what", "n", "measured", "expected", "", "by"];
  const rows = findings.map((finding, at) => {
    const { experiment, what, n, standing, authority } = finding;
    const name = isTogether ? [] : [experiment === findings[at - 1]?.experiment ? "" : experiment];
    return [...name, what, String(n), intervalOf(finding), expectationOf(finding), standing, authority];
  });
  return markdownTable(heads, rows);
}

function kindsTable(together: readonly Finding[], findings: readonly Finding[], kinds: readonly string[]): string {
  const rows = together.map(({ key, what }) => [
    what,
    ...kinds.map((kind) => {
      const finding = findings.find((each) => each.experiment === kind && each.key === key);
      return finding === undefined ? "" : `${numberOf(finding.value, finding)} of ${finding.n}`;
    }),
  ]);
  return markdownTable(["what", ...kinds], rows);
}

function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function expectationOf(finding: Finding): string {
  const { expected, relation } = finding;
  if (expected === null) return "";
  return `${relation === "equal" ? "" : `${relation} `}${numberOf(expected, finding)}`;
}

function intervalOf(finding: Finding): string {
  const { value, low, high } = finding;
  return `${numberOf(value, finding)} [${numberOf(low, finding)}, ${numberOf(high, finding)}]`;
}

function numberOf(value: number, { kind }: Finding): string {
  return kind === "share" ? `${(100 * value).toFixed(1)} %` : value.toFixed(4);
}
