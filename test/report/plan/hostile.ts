import type { PlanDocument } from "../../../lib/plan/plan-document";
import { planDocument } from "../../support/plan-document";

/** A plan in which whatever a user's file can say is this text. */
export function hostilePlan(text: string): PlanDocument {
  const plan = planDocument({ servers: 16 });
  const rename = (name: string): string => `${text}${name}`;
  return {
    ...plan,
    path: rename(plan.path),
    title: text,
    findings: plan.findings.map((finding) => ({
      ...finding,
      rule: rename(finding.rule),
      subject: rename(finding.subject),
      message: text,
      why: text,
      remedy: rename(finding.remedy),
      location: { file: text, sheet: text, row: 1, column: text, path: text },
    })),
    waivers: plan.waivers.map((waiver) => ({ ...waiver, rule: text, subject: text, reason: text, approvedBy: text })),
    waves: plan.waves.map((wave) => ({
      ...wave,
      name: rename(wave.name),
      window: { minutes: 60, starts: text },
      migrations: wave.migrations.map(rename),
      moves: wave.moves.map(rename),
      groups: wave.groups.map((group) => group.map(rename)),
    })),
    migrations: plan.migrations.map((migration) => ({
      ...migration,
      path: rename(migration.path),
      title: text,
      risk: text,
      stage: rename(migration.stage),
      wave: migration.wave === undefined ? text : rename(migration.wave),
      stages: migration.stages.map((stage) => ({ ...stage, name: rename(stage.name), summary: text })),
      rollback: { ...migration.rollback, owner: text, triggers: [text] },
      verifications: migration.verifications.map((each) => ({ ...each, name: text, alarm: text })),
      moves: migration.moves.map(rename),
      dataMoved: migration.dataMoved.map(rename),
      dependsOn: migration.dependsOn.map((need) => ({
        migration: rename(need.migration),
        reached: rename(need.reached),
        before: rename(need.before),
      })),
    })),
    moves: plan.moves.map((move) => ({
      ...move,
      name: rename(move.name),
      application: text,
      wave: rename(move.wave ?? ""),
    })),
    dependencies: plan.dependencies.map(({ from, to, ...rest }) => ({
      ...rest,
      from: rename(from),
      to: rename(to),
      label: text,
    })),
    excluded: [{ name: text, reason: text }],
    networks: plan.networks.map((network) => ({ ...network, name: rename(network.name), cidr: text })),
    links: plan.links.map(({ from, to }) => ({ from: rename(from), to: rename(to), label: text })),
    metrics: plan.metrics.map((metric) => ({ ...metric, title: text, source: text, unit: text, alarm: text })),
    dashboard: text,
    stopAlarm: text,
    communications: {
      stakeholders: [{ name: text, role: text, channel: text, waves: [text] }],
      alarmsNotify: false,
    },
  };
}

/** What means something to a browser, to Markdown, to Mermaid or to a terminal. */
export const HOSTILE: readonly string[] = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "'</style></title><!--",
  "</details></table>",
  "]]>&amp;&#60;",
  "a|b`c`*d*_e_[f](http://example.com)",
  "```\n# heading",
  "%%{init: {'theme': 'dark'}}%%",
  'x"]; click n0 href "http://example.com"',
  "direction LR",
  "end",
  "#quot;:::now -- {}",
  "\u001b[2J\u202e\u2028\u0000\ud800",
  "\\",
  "",
];
