/** A small estate with identities, its stack, and its record. */
import { Testing, type TerraformStack } from "cdktf";
import type { Finding } from "../../../../../lib/core/finding";
import { inventorySchema, type InventoryInput } from "../../../../../lib/inventory/model";
import {
  LiftAndShift,
  ServerImage,
  type EstateRecord,
  type LiftAndShiftSettings,
  type LiftAndShiftStage,
} from "../../../../../lib/patterns/infrastructure/lift-and-shift";
import { estateRules } from "../../../../../lib/patterns/infrastructure/lift-and-shift/estate/estate-rules";
import { EstateOfMigration } from "../../../../../lib/patterns/infrastructure/lift-and-shift/estate/estate-of-migration";
import { runRules } from "../../../../../lib/core/rule";
import { readyAssessment } from "../../../../support/ready-assessment";
import { existing, newStack, type ServerInput } from "../fixtures";

export const rollback = {
  owner: "migration lead",
  windowHours: 4,
  triggers: ["error rate above 1 % for 5 minutes"],
  sourceRetentionDays: 14,
};

type DiskInput = NonNullable<ServerInput["disks"]>[number];

export const uuidOf = (number: number): string => `4200000${number}-0000-4000-8000-000000000000`;

export const disk = (name: string, key: string, gib: number, over: Partial<DiskInput> = {}): DiskInput => ({
  name,
  key,
  capacityMiB: gib * 1024,
  ...over,
});

export function machine(name: string, number: number, over: Partial<ServerInput> = {}): ServerInput {
  return {
    name,
    uuid: uuidOf(number),
    os: { family: "linux", name: "Ubuntu", version: "22.04", architecture: "x86_64" },
    powerState: "on",
    cpus: 2,
    memoryMiB: 8192,
    firmware: "bios",
    disks: [disk("Hard disk 1", "2000", 50)],
    ...over,
  };
}

/** Three servers: one of an application with three disks, one of the same, one by itself. */
export const servers: readonly ServerInput[] = [
  machine("db-01", 1, {
    application: "shop",
    tier: "db",
    nics: [{ mac: "00:50:56:00:00:01", addresses: ["10.10.3.20"] }],
    disks: [disk("Hard disk 1", "2000", 50), disk("Hard disk 2", "2001", 100), disk("Hard disk 3", "2002", 200)],
  }),
  machine("web-01", 2, { application: "shop", tier: "web" }),
  machine("files", 3, { disks: [disk("Hard disk 1", "2000", 30), disk("Hard disk 2", "2001", 60)] }),
];

export const flows: InventoryInput["flows"] = [
  { source: "web-01", destination: "db-01", port: 5432 },
  { source: "192.0.2.7", destination: "web-01", port: 443 },
  { source: "web-01", destination: "files", port: 2049 },
];

/** Disk images whose keys are made of names, as exports are. */
export const images: LiftAndShiftSettings["images"] = ({ name, disks }) =>
  ServerImage.diskImage(
    "exports",
    disks.map((_disk, index) => `${name}/disk-${index}.vmdk`),
  );

export type MigrationInput = Partial<Omit<LiftAndShiftSettings, "assessment">> & {
  readonly stage?: Exclude<LiftAndShiftStage, "finalized">;
  readonly inventory?: InventoryInput;
  readonly stack?: TerraformStack;
  readonly id?: string;
};

export function migrate(given: readonly ServerInput[] = servers, input: MigrationInput = {}) {
  const { stage = "cutover", inventory = {}, stack = newStack(), id = "shop", ...props } = input;
  const migration = new LiftAndShift(stack, id, {
    app: "shop",
    assessment: readyAssessment({ inventory: { servers: [...given], flows, ...inventory }, asOf: "2026-02-10" }),
    rollback,
    network: existing,
    images,
    stage,
    ...props,
  });
  return { migration, stack };
}

export interface Terraform {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

/** The stack's Terraform. Nothing is validated: the assessment of a small estate is another test's matter. */
export function terraformOf(stack: TerraformStack): Terraform {
  return JSON.parse(Testing.synth(stack)) as Terraform;
}

/** The addresses of the stack's resources. */
export function addressesIn({ resource }: Terraform): string[] {
  return Object.entries(resource)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();
}

/** The subject of the rules about identities, as the migration itself makes it. */
export function reviewOf(migration: LiftAndShift, input: { estate?: EstateRecord; stage?: string } = {}) {
  const { identity, assessment } = migration;
  return new EstateOfMigration({
    scope: migration,
    app: identity.app,
    migration: identity.name,
    seeding: migration.stage.phase === "prepare",
    servers: assessment.inventory.servers,
    overrides: undefined,
    record: input.estate,
  }).review(migration.fleet);
}

/** The record that `lock` would write of the migrations, without its command. */
export function recordOf(...migrations: readonly LiftAndShift[]): EstateRecord {
  return {
    formatVersion: 1,
    app: "shop",
    servers: migrations.flatMap((migration) => reviewOf(migration).identities.map(({ entry }) => entry)),
  };
}

/** What the migration finds about identities. */
export function findingsOf(migration: LiftAndShift): Finding[] {
  const ids = new Set(estateRules.map(({ id }) => id));
  return migration.evaluate().findings.filter(({ rule }) => ids.has(rule));
}

/** What the rules find that is more than worth knowing. */
export function gravely(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity !== "info");
}

export { inventorySchema, runRules };
