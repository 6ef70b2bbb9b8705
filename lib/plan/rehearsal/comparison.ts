/**
 * ```ts
 * const { created, changed, replaced, destroyed } = compareSyntheses(before, after, { discards: [], holds: dataHoldingTypes });
 * ```
 *
 * Predicts what Terraform would do between two states of the code, without asking AWS: resources are the same where their
 * address is (or a `moved` block says so), a change of an attribute is made in place or by replacement as the provider's own
 * plan would, and whatever refers to a replaced resource changes with it, which may replace it in turn, in other stacks too.
 */
import { compareText } from "../../core/text";
import type { InPlaceCut } from "../losses/cut";
import { inPlaceCuts } from "../losses/in-place-cuts";
import { attributeChanges, type AttributeChange } from "./attribute-changes";
import {
  ignoredChanges,
  removedInstances,
  preventsDestroy,
  providerArguments,
  replacementTriggers,
} from "./meta-arguments";
import { changedByInstances, instancePaths } from "./instance-values";
import { TAGS, type ComparedResources, type ResourceChange } from "./rehearsal";
import { renamedResources } from "./renamed-resources";
import { movedSynthesis } from "./moved-synthesis";
import { isKnownType, isOrdered, replacementOf, type Replacement } from "./replacement";
import { referencesIn, referencesOf, type Reference } from "./references";
import { remoteStateName } from "./stack-terraform";
import { canonical, type Element, type Synthesis } from "./synthesis";
import { uncertainties } from "./uncertainty";

/** Options of {@link compareSyntheses}. */
export interface ComparisonOptions {
  /** The Terraform types whose data may be destroyed. */
  readonly discards: readonly string[];
  /** The Terraform types that hold data, each with a phrase for the data. */
  readonly holds: Readonly<Record<string, string>>;
  /**
   * The paths of the constructs that record stages: changes below them record the stage of a migration, and move nothing.
   * @default - none
   */
  readonly records?: readonly string[];
}

/** A change of an attribute of an element, by its own text or by what it refers to. */
interface Change extends AttributeChange {
  /** The address of the cause where the attribute's own text is the same. */
  readonly follows?: string;
  /** Whether the value may be the same all the same. */
  readonly uncertain?: boolean;
}

/** An element that is in both syntheses, with its changes. */
interface Pair {
  readonly before: Element;
  readonly after: Element;
  /** The changes by path. */
  readonly changes: Map<string, Change>;
  readonly references: readonly Reference[];
  readonly triggers: readonly Reference[];
  /** The references in `count` and `for_each`, which decide the instances. */
  readonly instances: readonly Reference[];
  /** The causes for which instances may go, or get other values, although `count` and `for_each` are the same text. */
  readonly instanceCauses: Set<string>;
  readonly ignored: (path: string) => boolean;
  /** The attributes that replace it, and whether it is certain that they do. */
  readonly replacing: Map<string, boolean>;
}

/** Compares two syntheses of one app. */
export function compareSyntheses(before: Synthesis, after: Synthesis, options: ComparisonOptions): ComparedResources {
  return new Comparing(movedSynthesis(before, after), after, options).outcome();
}

/** Returns the resources below the constructs of the given paths: those created with a migration, and destroyed with it. */
export function resourcesBelow(
  { elements }: Synthesis,
  paths: readonly string[],
  holds: Readonly<Record<string, string>>,
): ResourceChange[] {
  return byAddress(
    [...elements.values()]
      .filter((each) => isResource(each) && paths.some((path) => each.construct.startsWith(`${path}/`)))
      .map((each) => resourceChange(each, { discards: [], holds })),
  );
}

class Comparing {
  private readonly pairs = new Map<string, Pair>();
  private readonly created: Element[] = [];
  private readonly destroyed: Element[] = [];

  constructor(
    private readonly before: Synthesis,
    private readonly after: Synthesis,
    private readonly options: ComparisonOptions,
  ) {
    const paired = new Set<string>();
    for (const element of after.elements.values()) {
      const old = before.elements.get(element.address);
      if (old === undefined) this.created.push(element);
      else {
        paired.add(old.address);
        this.pairs.set(element.address, this.pair(old, element));
      }
    }
    for (const element of before.elements.values()) {
      // A stack that is gone is deployed no more, and so nothing of it is destroyed.
      const stack = after.stacks.get(element.stack);
      if (stack === undefined || paired.has(element.address) || stack.forgotten.has(element.address)) continue;
      this.destroyed.push(element);
    }
    this.follow();
  }

  public outcome(): ComparedResources {
    const changed: ResourceChange[] = [];
    const replaced: ResourceChange[] = [];
    const renamed = renamedResources(this.destroyed.filter(isResource), this.created.filter(isResource));
    const destroyed = this.destroyed.filter(isResource).map((each) => {
      const { address: renamedTo, construct: renamedWith } = renamed.get(each.address) ?? {};
      return {
        ...this.change(each, []),
        ...(renamedTo === undefined ? {} : { renamedTo }),
        ...(renamedWith === undefined ? {} : { renamedWith }),
      };
    });
    const retagged: ResourceChange[] = [];
    const recorded: ResourceChange[] = [];
    for (const pair of this.pairs.values()) {
      if (!isResource(pair.after)) continue;
      const gone = goneInstances(pair);
      if (pair.replacing.size > 0) {
        const certain = [...pair.replacing].filter(([, sure]) => sure);
        const shown = certain.length > 0 ? certain : [...pair.replacing];
        replaced.push(
          this.change(
            pair.after,
            shown.map(([path]) => path),
            certain.length > 0,
          ),
        );
      } else if (gone !== undefined) {
        destroyed.push(this.change(pair.before, [gone.argument], gone.certain));
      } else if (pair.changes.size > 0) {
        const changes = [...pair.changes.values()];
        const others = changes.filter(({ path }) => !TAGS.test(path));
        const certain = isKnownType(pair.after.type) && others.some(({ uncertain }) => uncertain !== true);
        if (this.isRecord(pair.after)) recorded.push(this.change(pair.after, changes.map(described)));
        else if (others.length > 0) {
          const cuts = cutsOf(pair);
          changed.push({
            ...this.change(pair.after, others.map(described), certain),
            ...(cuts.length === 0 ? {} : { cuts }),
          });
        } else retagged.push(this.change(pair.after, changes.map(described)));
      }
    }
    return {
      created: byAddress(this.created.filter(isResource).map((each) => this.change(each, []))),
      changed: byAddress(changed),
      replaced: byAddress(replaced),
      destroyed: byAddress(destroyed),
      retagged: byAddress(retagged),
      recorded: byAddress(recorded),
      uncertain: uncertainties(this.before, this.after),
    };
  }

  private isRecord({ construct }: Element): boolean {
    return this.options.records?.some((path) => construct.startsWith(`${path}/`)) ?? false;
  }

  private pair(before: Element, after: Element): Pair {
    const pair: Pair = {
      before,
      after,
      changes: new Map(),
      references: referencesOf(after.stack, providerArguments(after.config)),
      triggers: replacementTriggers(after.config).flatMap((each) => referencesIn(after.stack, "", each)),
      instances: ["count", "for_each"].flatMap((each) => referencesIn(after.stack, each, after.config[each])),
      instanceCauses: new Set(),
      ignored: ignoredChanges(after.config),
      replacing: new Map(),
    };
    // What a module makes of its arguments, and whether a variable has another value than its default, is not in the app.
    const uncertain = after.kind === "module" || after.kind === "variable";
    for (const change of attributeChanges(providerArguments(before.config), providerArguments(after.config))) {
      if (change.how === "reordered" && isResource(after) && !isOrdered(after.type, change.path)) continue;
      this.note(pair, { ...change, uncertain });
    }
    for (const { path, certain } of changedByInstances(before.config, after.config)) {
      this.note(pair, { path, how: "changed", follows: "for_each", uncertain: !certain });
    }
    if (isResource(after) && this.placeOf(this.before, before) !== this.placeOf(this.after, after)) {
      pair.replacing.set("provider", true);
    }
    return pair;
  }

  /** Returns the account and region of the resource's provider as text. A renamed alias for the same place is the same. */
  private placeOf(synthesis: Synthesis, element: Element): string {
    const { provider } = element.config;
    const key = typeof provider === "string" ? provider.replace(/^\$\{|\}$/g, "") : element.type.split("_", 1).join("");
    return synthesis.stacks.get(element.stack)?.providers.get(key) ?? canonical({});
  }

  /** Records a change. Returns whether there was anything new in it: a certain change is news after an uncertain one. */
  private note(pair: Pair, change: Change): boolean {
    if (pair.ignored(change.path)) return false;
    const known = pair.changes.get(change.path);
    if (known !== undefined && (known.uncertain !== true || change.uncertain === true)) return false;
    if (known !== undefined) pair.replacing.delete(described(known));
    pair.changes.set(change.path, change);
    if (isResource(pair.after)) {
      const outcome = this.replacement(pair, change);
      if (outcome === "replaced") pair.replacing.set(described(change), change.uncertain !== true);
      else if (outcome === "unknown") pair.replacing.set(described(change), false);
    }
    return true;
  }

  private replacement(pair: Pair, change: Change): Replacement {
    if (TAGS.test(change.path)) return "in-place";
    const outcome = replacementOf(pair.after.type, change, pair.before.config, pair.after.config);
    // Of an unknown type, only resources that hold data are marked as uncertain: the others lose nothing.
    if (outcome === "unknown") return this.options.holds[pair.after.type] === undefined ? "in-place" : "unknown";
    return outcome;
  }

  /** Carries changes along the references until nothing new changes. */
  private follow(): void {
    const dependants = new Map<string, Set<Pair>>();
    for (const pair of this.pairs.values()) {
      for (const { target } of [...pair.references, ...pair.triggers, ...pair.instances].flatMap((each) =>
        this.resolved(each),
      )) {
        const known = dependants.get(target);
        if (known === undefined) dependants.set(target, new Set([pair]));
        else known.add(pair);
      }
    }
    const queue = [...this.pairs.values()].filter(touched);
    for (let pair = queue.pop(); pair !== undefined; pair = queue.pop()) {
      for (const dependant of dependants.get(pair.after.address) ?? []) {
        if (this.followInto(dependant)) queue.push(dependant);
      }
    }
  }

  private followInto(pair: Pair): boolean {
    let news = false;
    for (const reference of pair.references) {
      for (const each of this.resolved(reference)) {
        const changes = this.valueChange(each);
        if (changes === undefined) continue;
        const change = { path: reference.path, how: "changed", follows: each.target } as const;
        if (this.note(pair, { ...change, uncertain: changes === "uncertain" })) news = true;
      }
    }
    for (const trigger of pair.triggers.flatMap((each) => this.resolved(each))) {
      const key = `replace_triggered_by (with ${trigger.target})`;
      const changes = this.valueChange(trigger);
      if (changes === undefined || pair.replacing.get(key) === true) continue;
      if (pair.replacing.get(key) === false && changes === "uncertain") continue;
      pair.replacing.set(key, changes === "certain");
      news = true;
    }
    for (const { target } of pair.instances.filter((each) => this.valueChange(each) !== undefined)) {
      if (pair.instanceCauses.has(target)) continue;
      pair.instanceCauses.add(target);
      for (const path of instancePaths(pair.after.config)) {
        this.note(pair, { path, how: "changed", follows: target, uncertain: true });
      }
      news = true;
    }
    return news;
  }

  /** Resolves a reference to another stack's state to the references in that stack's output. */
  private resolved(reference: Reference): Reference[] {
    const { target, path, inner } = reference;
    const state = /^(.*)\/data\.terraform_remote_state\.(.+)$/.exec(target)?.[2];
    if (state === undefined || inner === undefined) return [reference];
    for (const stack of this.after.stacks.values()) {
      if (state !== remoteStateName(stack.path)) continue;
      return referencesIn(stack.path, path, stack.outputs[inner]);
    }
    return [reference];
  }

  /**
   * Tells whether the referenced value changes, or is known only after the deployment: certainly, perhaps, or (undefined) not.
   */
  private valueChange({ target, attribute }: Reference): "certain" | "uncertain" | undefined {
    const pair = this.pairs.get(target);
    if (pair === undefined) return undefined;
    const whole = attribute === undefined || ["local", "variable", "module"].includes(pair.after.kind);
    if (whole) return certaintyOf([...pair.changes.values()], [...pair.replacing.values()]);
    const own = [...pair.changes.values()].filter(({ path }) => path === attribute || path.startsWith(`${attribute}.`));
    const configured = certaintyOf(own, []);
    if (configured !== undefined || pair.after.config[attribute] !== undefined) return configured;
    // Not configured, so the provider computes it: anew with a new resource, and for whatever else is looked up.
    if (pair.after.kind === "data") return certaintyOf([...pair.changes.values()], []);
    return [...pair.replacing.values()].includes(true) ? "certain" : undefined;
  }

  private change(element: Element, attributes: readonly string[], certain = true): ResourceChange {
    return resourceChange(element, this.options, attributes, certain);
  }
}

function resourceChange(
  { address, type, config }: Element,
  { holds, discards }: ComparisonOptions,
  attributes: readonly string[] = [],
  certain = true,
): ResourceChange {
  const held = holds[type];
  return {
    address,
    type,
    ...(held === undefined ? {} : { holds: held }),
    attributes: [...new Set(attributes)].sort(compareText),
    discarded: discards.includes(type),
    certain,
    preventDestroy: preventsDestroy(config),
  };
}

function isResource({ kind }: Element): boolean {
  return kind === "resource";
}

function touched(pair: Pair): boolean {
  return pair.changes.size > 0 || pair.replacing.size > 0 || pair.instanceCauses.size > 0;
}

/** Returns the cuts of a change in place, without those of attributes that the resource ignores. */
function cutsOf({ before, after, ignored }: Pair): InPlaceCut[] {
  return inPlaceCuts(after.type, before.config, after.config).filter(({ attributes }) => !attributes.every(ignored));
}

function certaintyOf(changes: readonly Change[], replacing: readonly boolean[]): "certain" | "uncertain" | undefined {
  if (changes.length + replacing.length === 0) return undefined;
  return replacing.includes(true) || changes.some(({ uncertain }) => uncertain !== true) ? "certain" : "uncertain";
}

/** Returns the argument that removes instances of the resource, by its own text or by what it refers to. */
function goneInstances({ before, after, instanceCauses }: Pair): { argument: string; certain: boolean } | undefined {
  const gone = removedInstances(before.config, after.config);
  const [cause] = instanceCauses;
  if (gone !== undefined || cause === undefined) return gone;
  return {
    argument: `${after.config["for_each"] === undefined ? "count" : "for_each"} (with ${cause})`,
    certain: false,
  };
}

function described({ path, follows }: Change): string {
  return follows === undefined ? path : `${path} (with ${follows})`;
}

function byAddress(changes: readonly ResourceChange[]): ResourceChange[] {
  return [...changes].sort((a, b) => compareText(a.address, b.address));
}
