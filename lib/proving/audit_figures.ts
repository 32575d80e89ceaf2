import { type Figure, intervalForest, measuredAgainstExpected } from "@lib/plots";
import type { AuditNumbers } from "./audit_numbers.ts";
import type { Finding } from "./findings.ts";

/** The figures of the page by the name of their file, without ending; those that have nothing to show are left out. */
export function auditFigures({ together, findings }: AuditNumbers): Record<string, Figure> {
  const figures: Record<string, Figure> = {};
  const passes = [...findings, ...together].filter(({ part, kind }) => part === "no signal" && kind === "share");
  if (passes.length > 0) {
    figures.no_signal = intervalForest(
      together.map((finding) => rowOf(finding, finding.what)),
      {
        metric: "share of markets without signal",
        reference: together.find(({ expected }) => expected !== null)?.expected ?? 0,
        title: "How often a market without signal passes, and how often it would if nobody counted",
        subtitle: `${together[0].n} markets, Wilson intervals of 95 %; the dotted line is the most that is allowed`,
      },
    );
  }
  const power = findings.filter(({ part, key, expected }) =>
    part === "known signal" && key === "passes" && expected !== null
  );
  if (power.length > 0) {
    figures.power = measuredAgainstExpected(power.map(pointOf), {
      expectedTitle: "share that theory expects to pass",
      measuredTitle: "share that passes",
      title: "How often a planted signal passes, beside how often theory says it can be seen",
      subtitle: "each mark is one strength and size of market, or forecasts without skill; Wilson intervals of 95 %",
    });
  }
  const coverage = findings.filter(({ key, kind }) => key === "covered" && kind === "share");
  if (coverage.length > 0) {
    figures.coverage = intervalForest(coverage.map((finding) => rowOf(finding, finding.experiment)), {
      metric: "share of markets whose true rank IC lies in its interval",
      reference: coverage[0].expected ?? 0,
      title: "How often the interval of the rank IC holds the truth",
      subtitle: "Wilson intervals of 95 %; the dotted line is what is promised",
    });
  }
  const sizes = findings.filter(({ part, kind, expected }) =>
    part === "statistics" && kind === "share" && expected === NOMINAL
  );
  if (sizes.length > 0) {
    figures.sizes = intervalForest(sizes.map((finding) => rowOf(finding, `${finding.experiment}: ${finding.what}`)), {
      metric: "false alarms",
      reference: NOMINAL,
      title: "How often each statistic sees something where there is nothing",
      subtitle: "Wilson intervals of 95 %; the dotted line is the level that was asked for",
    });
  }
  return figures;
}

const NOMINAL = 0.05;

function rowOf({ value, low, high }: Finding, name: string) {
  return { name, estimate: value, low, high };
}

function pointOf({ experiment, expected, value, low, high }: Finding) {
  return { name: experiment, expected: expected ?? NaN, measured: value, low, high };
}
