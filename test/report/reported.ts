/** What the renderers are tried on: one finding of every kind, with the texts that break a careless renderer. */
import type { Finding } from "../../lib/core/finding";
import { inventorySchema } from "../../lib/inventory/model";
import type { ReportedAssessment } from "../../lib/report/reported-assessment";

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    rule: "os-unknown",
    severity: "warning",
    subject: "web01",
    message: "the export names no operating system",
    why: "nobody can say whether it boots",
    remedy: "ask the owner",
    ...over,
  };
}

export const blocker = finding({
  rule: "disk-too-large",
  severity: "blocker",
  subject: "db01",
  message: "Hard disk 1 has 70000 GiB",
  location: { file: "estate.xlsx", sheet: "vDisk", row: 12, column: "Capacity MiB" },
});
export const waived = finding({
  rule: "disk-too-large",
  severity: "blocker",
  subject: "db02",
  message: "Hard disk 2 has 70000 GiB",
  waived: { reason: "the volume is split before the cutover", approvedBy: "Ada", expires: "2026-12-31" },
});
export const note = finding({
  rule: "sheet-missing",
  severity: "info",
  subject: "vTools",
  location: { file: "checklist.yaml", line: 7, character: 3, path: "assess_compatibility" },
});
/** A name that means something to a terminal, to Markdown, to HTML and to XML. */
export const hostile = finding({
  subject: "web|<b>`x`]]>&\u001b[2J\u202e",
  message: 'a "quoted" *message*\nin two lines\u0000',
});

export function reported(over: Partial<ReportedAssessment> = {}): ReportedAssessment {
  return {
    verdict: "blocked",
    findings: [hostile, note, waived, finding(), blocker],
    waivers: [
      {
        rule: "disk-too-large",
        subject: "db02",
        reason: "it is split before",
        approvedBy: "Ada",
        expires: "2026-12-31",
      },
    ],
    deferredWaivers: [],
    asOf: "2026-11-22",
    inventory: inventorySchema.parse({
      format: "rvtools",
      source: "estate.xlsx",
      servers: [
        { name: "web01", powerState: "on", cpus: 2, memoryMiB: 4096, os: { family: "linux", name: "Debian 12" } },
        { name: "db01", powerState: "off", disks: [{ name: "Hard disk 1", capacityMiB: 2048 }] },
        { name: "golden", template: true },
        { name: "shadow", placeholder: true },
      ],
    }),
    evidence: [
      {
        group: "inventory_current_infrastructure",
        item: "servers_and_specifications",
        status: "inventory",
        summary: "2 servers",
      },
    ],
    ...over,
  };
}

/** The assessment of which nothing is to be said. */
export function clean(): ReportedAssessment {
  return reported({ verdict: "ready", findings: [], waivers: [] });
}
