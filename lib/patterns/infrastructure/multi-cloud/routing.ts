/**
 * ```ts
 * const routing = Routing.parse(intent);
 * routing.at("10-percent").routes; // with the weights of that stage
 * ```
 *
 * The intent with its names resolved and its defaults filled in: the one form that the compilers, the evaluator and the rules
 * read. The weights of a stage are computed here and nowhere else, which is why a stage changes weights and nothing else.
 */
import { refuseUnreadable } from "../../../core/door/refuse-unreadable";
import { MigrationError } from "../../../core/error";
import { formatPath } from "../../../core/format-path";
import { lowerFirst } from "../../../core/text";
import type { DnsOptions } from "./dns-intent";
import type { Destination, MeshOptions, RequestMatch, RouteTarget, RoutingIntent } from "./intent";
import { checkNames } from "./intent-names";
import { shiftWeights, stageNames } from "./schedule";

/** A destination with its name and defaults. */
export interface ResolvedDestination extends Destination {
  readonly name: string;
  readonly location: "mesh" | "external";
  /**
   * The names of the destinations that take over for it, as written; the mesh and DNS may not be able to carry out all of
   * it.
   */
  readonly failover: readonly string[];
}

/** A destination's share of a route. */
export interface Share {
  readonly destination: string;
  readonly weight: number;
}

/** A route with its shares listed. */
export interface ResolvedRoute extends Omit<RouteTarget, "to"> {
  /** The route's name, or `#0` by its position, or `default`. */
  readonly label: string;
  /** The alternative conditions; undefined for the default route. */
  readonly match?: readonly RequestMatch[];
  /** The shares in the order of the intent; those with weight 0 are listed. */
  readonly shares: readonly Share[];
  /** Whether the intent has weights for the route, and not one destination. */
  readonly weighted: boolean;
}

/**
 * Returns the schema of an intent, loaded at the first use: its hundred parts take some 5 ms, and a program that loads the
 * library's root entry for another pattern needs none of them.
 */
function intentSchema(): typeof import("./intent-schema").routingIntentSchema {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require("./intent-schema") as typeof import("./intent-schema")).routingIntentSchema;
}

/** A routing: an intent with its names resolved and its defaults filled in. Immutable. */
export class Routing {
  /**
   * Parses an intent.
   *
   * @throws MigrationError `ROUTING_INTENT` where the shape is wrong, `ROUTING_NAME` where a name is used that is not
   * declared or is declared twice, `ROUTING_SCHEDULE` where the schedule cannot be carried out, `ROUTING_DNS` where the
   * DNS policy lacks a setting that it needs
   */
  public static parse(input: unknown): Routing {
    refuseUnreadable("ROUTING_INTENT", input);
    const result = intentSchema().safeParse(input);
    if (!result.success) {
      const [first, ...others] = result.error.issues.map((issue) => ({
        path: formatPath(issue.path) || "intent",
        message: lowerFirst(issue.message),
      }));
      throw new MigrationError({
        code: "ROUTING_INTENT",
        path: first?.path ?? "intent",
        fix: `${first?.message ?? "invalid"}${others.map((issue) => `; also ${issue.path}: ${issue.message}`).join("")}`,
        cause: result.error,
      });
    }
    checkNames(result.data);
    return new Routing(result.data);
  }

  public readonly service: string;
  public readonly destinations: ReadonlyMap<string, ResolvedDestination>;
  /** The routes in order, the default route last. */
  public readonly routes: readonly ResolvedRoute[];
  public readonly mesh: MeshOptions;
  public readonly dns?: DnsOptions;
  /** The names of the stages in order; empty without a schedule. */
  public readonly stages: readonly string[];

  private constructor(
    public readonly intent: RoutingIntent,
    /** The stage whose weights hold, where one was chosen. */
    public readonly stage?: string,
  ) {
    this.service = intent.service;
    this.mesh = intent.mesh ?? {};
    this.dns = intent.dns;
    this.stages = intent.schedule === undefined ? [] : stageNames(intent.schedule.steps);
    this.destinations = new Map(
      Object.entries(intent.destinations).map(([name, destination]) => [name, resolve(name, destination, intent)]),
    );
    const routes = (intent.routes ?? []).map((route, index) =>
      resolveRoute(route, route.name ?? `#${index}`, route.match),
    );
    routes.push(resolveRoute(intent.default, intent.default.name ?? "default"));
    this.routes = this.shift(routes);
  }

  /**
   * Returns the routing with the weights of a stage.
   *
   * @throws MigrationError `ROUTING_STAGE` where the schedule has no such stage
   */
  public at(stage: string): Routing {
    if (!this.stages.includes(stage)) {
      throw new MigrationError({
        code: "ROUTING_STAGE",
        path: "stage",
        received: stage,
        allowed: this.stages.length === 0 ? "no stage: the intent has no schedule" : `one of ${this.stages.join(", ")}`,
        fix: "name a step of the schedule",
      });
    }
    return new Routing(this.intent, stage);
  }

  /** Returns the destination of that name. Names were checked by {@link Routing.parse}, so it exists. */
  public destination(name: string): ResolvedDestination {
    const destination = this.destinations.get(name);
    if (destination === undefined) throw new TypeError(`no destination ${name}`);
    return destination;
  }

  public get defaultRoute(): ResolvedRoute {
    const route = this.routes[this.routes.length - 1];
    if (route === undefined) throw new TypeError("a routing has a default route");
    return route;
  }

  private shift(routes: readonly ResolvedRoute[]): readonly ResolvedRoute[] {
    const { schedule } = this.intent;
    if (schedule === undefined) return routes;
    const step = this.stage === undefined ? undefined : schedule.steps[this.stages.indexOf(this.stage)];
    const shifting = new Set(schedule.routes ?? [routes[routes.length - 1]?.label]);
    return routes.map((route) => {
      if (!shifting.has(route.label)) return route;
      const shares = route.shares.some((share) => share.destination === schedule.towards)
        ? route.shares
        : [...route.shares, { destination: schedule.towards, weight: 0 }];
      if (step === undefined) return { ...route, weighted: true, shares };
      return { ...route, weighted: true, shares: shiftWeights(shares, schedule.towards, step) };
    });
  }
}

function resolve(name: string, destination: Destination, intent: RoutingIntent): ResolvedDestination {
  const inMesh = !destination.host.includes(".") || destination.host.endsWith(".svc.cluster.local");
  return {
    ...destination,
    name,
    location: destination.location ?? (inMesh ? "mesh" : "external"),
    failover: destination.failover ?? (intent.failover ?? []).filter((other) => other !== name),
  };
}

function resolveRoute(target: RouteTarget, label: string, match?: readonly RequestMatch[]): ResolvedRoute {
  const { to, name, residency, timeoutMs, retries, fault, mirror, rewrite } = target;
  return {
    label,
    name,
    residency,
    timeoutMs,
    retries,
    fault,
    mirror,
    rewrite,
    ...(match === undefined ? {} : { match }),
    weighted: typeof to !== "string",
    shares:
      typeof to === "string"
        ? [{ destination: to, weight: 100 }]
        : Object.entries(to).map(([destination, weight]) => ({ destination, weight: weight ?? 0 })),
  };
}
