/** Validates the properties of a migration plan before any of its constructs is created. */
import { MigrationError } from "../core/error";
import type { ChangeWindow } from "./plan-document";
import type { MigrationPlanProps, PlanEntry } from "./plan-props";

/**
 * Checks the migrations, the stakeholders, the change windows and the round-trip time of a plan.
 *
 * @throws MigrationError `PLAN_MIGRATIONS`, `PLAN_STAKEHOLDER`, `PLAN_WINDOW`
 */
export function checkPlan(construct: string, props: MigrationPlanProps, entries: readonly PlanEntry[]): void {
  checkMigrations(construct, entries);
  checkStakeholders(construct, props);
  const { window, windows = {}, roundTripMilliseconds } = props.waves ?? {};
  if (window !== undefined) checkWindow(construct, "waves.window", window);
  for (const [wave, each] of Object.entries(windows)) checkWindow(construct, `waves.windows["${wave}"]`, each);
  if (roundTripMilliseconds !== undefined && !(roundTripMilliseconds >= 0 && Number.isFinite(roundTripMilliseconds))) {
    throw new MigrationError({
      code: "PLAN_WINDOW",
      path: "waves.roundTripMilliseconds",
      received: roundTripMilliseconds,
      allowed: "0 or more milliseconds",
      fix: "write what ping shows across the VPN",
      construct,
    });
  }
}

/**
 * Checks that every wave named by a stakeholder or a change window exists in the plan. A misspelt name would notify nobody, or
 * set no window.
 *
 * @param known the names of the plan's waves, in their order
 * @throws MigrationError `PLAN_STAKEHOLDER`, `PLAN_WINDOW`
 */
export function checkWaveNames(construct: string, props: MigrationPlanProps, known: readonly string[]): void {
  const refuse = (code: string, path: string, received: string): void => {
    if (known.includes(received)) return;
    throw new MigrationError({
      code,
      path,
      received,
      allowed: `a wave of the plan: ${known.join(", ")}`,
      fix: "correct the name, or leave it out",
      construct,
    });
  };
  props.stakeholders?.forEach(({ waves = [] }, index) => {
    waves.forEach((wave, at) => {
      refuse("PLAN_STAKEHOLDER", `stakeholders[${index}].waves[${at}]`, wave);
    });
  });
  for (const wave of Object.keys(props.waves?.windows ?? {})) refuse("PLAN_WINDOW", "waves.windows", wave);
}

function checkMigrations(construct: string, entries: readonly PlanEntry[]): void {
  const refuse = (path: string, received: unknown, allowed: string, fix: string): never => {
    throw new MigrationError({ code: "PLAN_MIGRATIONS", path, received, allowed, fix, construct });
  };
  if (entries.length === 0) refuse("migrations", [], "at least one migration", "pass the migrations of the plan");
  const known = new Set<unknown>();
  const mover = new Map<string, string>();
  entries.forEach(({ migration }, index) => {
    const { path } = migration.node;
    if (known.has(migration)) refuse(`migrations[${index}]`, path, "each migration once", "remove one of the two");
    known.add(migration);
    for (const server of migration.moves) {
      const other = mover.get(server);
      if (other !== undefined) {
        const fix = `remove the server from one of the two, for example by their wave`;
        refuse(`migrations[${index}]`, server, `each server in one migration: ${other} moves this one too`, fix);
      }
      mover.set(server, path);
    }
  });
  entries.forEach((entry, index) => {
    if (!("dependsOn" in entry)) return;
    const fix = 'declare it where the migration is created: dependsOn: [{ migration: orders, reached: "migrate" }]';
    refuse(`migrations[${index}].dependsOn`, entry.migration.node.path, "a migration with its risk", fix);
  });
}

function checkStakeholders(construct: string, { stakeholders = [] }: MigrationPlanProps): void {
  const seen = new Set<string>();
  stakeholders.forEach(({ name, role, channel }, index) => {
    const empty = Object.entries({ name, role, channel }).find(([, value]) => value.trim() === "");
    if (empty !== undefined || seen.has(name)) {
      throw new MigrationError({
        code: "PLAN_STAKEHOLDER",
        path: `stakeholders[${index}].${empty?.[0] ?? "name"}`,
        received: empty === undefined ? name : "",
        allowed: "a name that no other stakeholder has, a role and a channel",
        fix: "give the stakeholder a unique name, a role in the migration and a channel",
        construct,
      });
    }
    seen.add(name);
  });
}

function checkWindow(construct: string, path: string, { minutes }: ChangeWindow): void {
  if (Number.isFinite(minutes) && minutes > 0) return;
  throw new MigrationError({
    code: "PLAN_WINDOW",
    path: `${path}.minutes`,
    received: minutes,
    allowed: "a number of minutes above 0",
    fix: "write how long the change window is",
    construct,
  });
}
