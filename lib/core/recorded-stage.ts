/**
 * The record of a migration's stage in its account, for everybody to read: two parameters of Systems Manager, `declared` and
 * `reached`. Terraform writes `declared` first and `reached` last, or leaves `reached` to the runner that brings data to the
 * declared stage. Before anything is changed the plan looks at what is recorded: a stage that others still need is not left,
 * one that needs others is not entered, and a value that nobody here knows is not overwritten.
 *
 * The record is as good as Terraform's order. It destroys before it updates what a resource depended on, so what a transition
 * destroys may be gone before `declared` is written; and a deployment that failed may be half-way between two stages, of which
 * two values cannot tell everything: after one failure in each direction they are equal again. Deleting `reached` first would,
 * but AWS asks for 30 seconds between deleting a parameter and making it again (API Reference, DeleteParameter).
 *
 * Standard parameters cost nothing; an account has 10,000 a region (AWS General Reference, "Systems Manager endpoints and
 * quotas"). The resources are written through CDKTF's own classes, because the core imports no provider; attributes are those
 * of the AWS provider's `aws_ssm_parameter` and `aws_ssm_parameters_by_path`.
 */
import {
  Aspects,
  TerraformDataSource,
  TerraformLocal,
  TerraformModule,
  TerraformResource,
  type Precondition,
  type TerraformMetaArguments,
  type TerraformProvider,
  type TerraformResourceConfig,
} from "cdktf";
import { Construct } from "constructs";
import { constructId, joinIds } from "./construct-ids";
import { admitConstruct } from "./door/admit";
import { MigrationError } from "./error";
import { literal } from "./literal";
import type { ResolvedDependency } from "./migration-dependency";
import { MigrationRegistry, stackOf } from "./migration-registry";
import { HAND_OVER_COMMENT, isOnlyForMove, type HandOverComment } from "./only-for-move";
import {
  dependentKeys,
  dependentMarks,
  DEPENDENT_RECORD_PATH,
  noDependentNeedsMore,
  interpolated,
  isOneOf,
  holdsKnownStage,
  marksAreWellFormed,
  precondition,
  recordedStages,
  valuesByName,
  type Expression,
} from "./recorded-stage-expressions";
import {
  declaredParameter,
  dependentParameter,
  NOT_REACHED,
  parameterPath,
  reachedParameter,
  type DependentMark,
  type MigrationIdentity,
} from "./stage-parameters";

/** A resource or a module: what Terraform makes, and can be told to make after something else. */
export type RecordedElement = TerraformResource | TerraformModule;

/** Properties of a {@link RecordedStage}. */
export interface RecordedStageProps {
  readonly identity: MigrationIdentity;
  /** The stage that is declared. */
  readonly stage: string;
  /** The names of all stages, in order. */
  readonly stages: readonly string[];
  /**
   * The writer of `reached`.
   *
   * - `terraform`: Terraform, after everything else of the migration.
   * - `runner`: the process that runs in AWS. Terraform creates the parameter with `none` and ignores its value from then on.
   */
  readonly reachedBy: "terraform" | "runner";
  readonly dependencies: readonly ResolvedDependency[];
  readonly tags: Readonly<Record<string, string>>;
  /**
   * The provider of the account and region in which the stage is recorded.
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
  /** Returns the migration's own resources and modules, its parts' included. Asked when the tree is finished. */
  readonly resources: () => readonly RecordedElement[];
}

/** The stage record of a migration. */
export class RecordedStage extends Construct {
  /** The parameter with the declared stage, for overrides. */
  public readonly declared: TerraformResource;
  /** The parameter with the stage that was reached, for overrides. */
  public readonly reached: TerraformResource;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RecordedStageProps,
  ) {
    admitConstruct("RecordedStage", scope, id, props);
    super(scope, id);
    const { identity, stage, stages, reachedBy, dependencies, tags } = props;
    const place = props.provider === undefined ? {} : { provider: props.provider };
    const own = new ParametersByPath(this, "recorded", { path: parameterPath(identity), recursive: true, ...place });
    const values = local(this, "values", valuesByName(own));
    const marks = local(this, "marks", dependentMarks(values, identity));
    const dependents = new ParametersByPath(this, "dependents", { path: DEPENDENT_RECORD_PATH, ...place });
    dependents.addOverride("for_each", interpolated(dependentKeys(marks)));
    const needed = this.markDependencies();
    this.declared = new Parameter(this, "declared", {
      name: declaredParameter(identity),
      description: `The stage that is declared for ${identity.name}`,
      insecureValue: stage,
      tags,
      ...place,
      // Whoever is needed knows of it before anything is changed.
      ...(needed.length === 0 ? {} : { dependsOn: needed }),
      lifecycle: {
        precondition: [
          holdsKnownStage(values, declaredParameter(identity), { stages, instead: stage }),
          marksAreWellFormed(values, identity),
          noDependentNeedsMore(marks, dependents, { identity, stage, stack: stackOf(this) }),
          ...dependencies.filter((each) => each.while.includes(stage)).map((each) => this.preconditionOf(each)),
        ],
      },
    });
    const runs = reachedBy === "runner";
    this.reached = new ReachedParameter(
      this,
      "reached",
      {
        name: reachedParameter(identity),
        description: `The stage that ${identity.name} has reached`,
        insecureValue: runs ? NOT_REACHED : stage,
        tags,
        ...place,
        lifecycle: {
          // The runner's word. Terraform would put back what it wrote first.
          ...(runs ? { ignoreChanges: ["insecure_value"] } : {}),
          precondition: [
            holdsKnownStage(values, reachedParameter(identity), { stages: [...stages, NOT_REACHED], instead: stage }),
          ],
        },
      },
      runs ? () => [addressOf(this.declared)] : () => [addressOf(this.declared), ...this.ownAddresses()],
      () => ({
        migration: scope.node.path,
        ...(runs ? { resources: this.ownAddresses() } : {}),
        onlyForMove: this.props.resources().filter(isOnlyForMove).map(addressOf).sort(),
      }),
    );
    this.recordElsewhere();
    if (dependencies.length > 0) this.orderAfterDeclared();
  }

  /** Writes a mark below each migration that this one depends on: that it does, and in which of its stages. */
  private markDependencies(): TerraformResource[] {
    const { dependencies, identity, tags } = this.props;
    if (dependencies.length === 0) return [];
    const scope = new Construct(this, "depends-on");
    return dependencies.map(({ migration, needs, before, while: stages, provider }) => {
      const mark: DependentMark = { needs, while: stages, stack: stackOf(this), before };
      this.checkMark(mark, migration.identity);
      return new Parameter(scope, idOf(migration.identity), {
        name: dependentParameter(migration.identity, identity),
        description: `${identity.app}/${identity.name} depends on ${migration.identity.name}`,
        insecureValue: JSON.stringify(mark),
        tags,
        ...(provider === undefined ? {} : { provider }),
      });
    });
  }

  /** A standard parameter holds 4 KB (AWS Systems Manager User Guide, "Managing parameter tiers"). */
  private checkMark(mark: DependentMark, of: MigrationIdentity): void {
    const { length } = JSON.stringify(mark);
    if (length <= MARK_LIMIT) return;
    throw new MigrationError({
      code: "MIGRATION_DEPENDENCY",
      path: `dependsOn`,
      received: `${mark.needs.length} stages of ${parameterPath(of)} and ${mark.while.length} own ones, ${length} characters`,
      allowed: `stages whose names have ${MARK_LIMIT} characters together, which is what one parameter holds`,
      fix: "shorten the names of the stages, or name a later stage in reached or before",
      construct: this.node.scope?.node.path ?? this.node.path,
    });
  }

  /**
   * Writes the record a second time where a migration in another account or region is depended on, under the same names: from
   * there nobody can read the record that is here, and a dependent that cannot be read holds whatever it needs.
   */
  private recordElsewhere(): void {
    const { dependencies, identity, stage, reachedBy, tags } = this.props;
    const providers = new Set(dependencies.flatMap(({ provider }) => provider ?? []));
    if (providers.size === 0) return;
    if (reachedBy === "runner") {
      throw new MigrationError({
        code: "MIGRATION_DEPENDENCY",
        path: "dependsOn",
        received: "a dependency with a provider of its own",
        allowed: "dependencies in the same account and region, for a migration whose stages a runner reaches",
        fix: "record both migrations in one region: the runner writes what it has reached in one place only",
        construct: this.node.scope?.node.path ?? this.node.path,
      });
    }
    const scope = new Construct(this, "elsewhere");
    for (const provider of providers) {
      const at = new Construct(scope, constructId(provider.alias ?? "default"));
      const parameter = { insecureValue: stage, tags, provider };
      const declared = new Parameter(at, "declared", {
        ...parameter,
        name: declaredParameter(identity),
        description: `The stage that is declared for ${identity.name}, which is recorded elsewhere`,
      });
      const reached = {
        ...parameter,
        name: reachedParameter(identity),
        description: `The stage that ${identity.name} has reached, which is recorded elsewhere`,
      };
      new ReachedParameter(at, "reached", reached, () => [addressOf(declared), ...this.ownAddresses()]);
    }
  }

  /** That the other has declared and reached enough: by its own resources in this stack, else by what is recorded. */
  private preconditionOf(dependency: ResolvedDependency): Precondition {
    const { identity, stage } = this.props;
    const { migration, reached, needs, before } = dependency;
    const path = parameterPath(migration.identity);
    const other = MigrationRegistry.of(this).find(migration.identity);
    const recorded = this.stagesOf(dependency);
    const together = other !== undefined && stackOf(other) === stackOf(this);
    const app = migration.identity.app;
    const wait = `migration-patterns status --app ${app} shows that it has reached it`;
    const remedy = together
      ? `Declare ${reached} for it and a stage before ${before} for this migration: cdktf deploy ${stackOf(this)}; wait until ${wait}; then declare ${stage} again: cdktf deploy ${stackOf(this)}`
      : `Declare ${reached} for it, and deploy it first${other === undefined ? " in its own app" : `: cdktf deploy ${stackOf(other)}`}; wait until ${wait}; then: cdktf deploy ${stackOf(this)}. Where it is recorded in another account or region, name that provider in dependsOn`;
    return precondition(
      `${isOneOf(recorded.declared, needs)} && ${isOneOf(recorded.reached, needs)}`,
      [
        literal(
          `${parameterPath(identity)} cannot be in ${stage}: from ${before} on it needs ${path} to have reached ${reached}, and that has declared "`,
        ),
        interpolated(recorded.declared),
        literal(`" and reached "`),
        interpolated(recorded.reached),
        literal(`". ${remedy}`),
      ].join(""),
    );
  }

  private stagesOf({ migration: { identity }, provider }: ResolvedDependency): {
    readonly declared: Expression;
    readonly reached: Expression;
  } {
    const record = recordOf(MigrationRegistry.of(this).find(identity));
    if (record !== undefined && provider === undefined && stackOf(record) === stackOf(this)) {
      const value = (parameter: TerraformResource): Expression => `${addressOf(parameter)}.insecure_value`;
      return { declared: value(record.declared), reached: value(record.reached) };
    }
    const scope = this.node.tryFindChild("needs") ?? new Construct(this, "needs");
    const query = { path: parameterPath(identity), ...(provider === undefined ? {} : { provider }) };
    const at = new Construct(scope, idOf(identity));
    const found = new ParametersByPath(at, "recorded", query);
    return recordedStages(local(at, "values", valuesByName(found)), identity);
  }

  /**
   * Orders the migration's resources after its declaration, and so after the condition: where both are in one stack, the
   * condition is only known while Terraform applies.
   */
  private orderAfterDeclared(): void {
    Aspects.of(this).add({
      visit: (node) => {
        if (node !== this) return;
        const declared = addressOf(this.declared);
        for (const resource of this.props.resources()) {
          if (resource.dependsOn?.includes(declared) === true) continue;
          resource.dependsOn = [...(resource.dependsOn ?? []), declared];
        }
      },
    });
  }

  private ownAddresses(): string[] {
    // In the order of their names, so that a file whose lines have changed places changes nothing here.
    return this.props.resources().map(addressOf).sort();
  }
}

/** Returns the record of a migration that has been made; undefined for one of another app. */
function recordOf(migration: object | undefined): RecordedStage | undefined {
  const record = (migration as { readonly record?: unknown } | undefined)?.record;
  return record instanceof RecordedStage ? record : undefined;
}

function idOf({ app, name }: MigrationIdentity): string {
  return joinIds(constructId(app), constructId(name));
}

/** Makes a local value, so that the expressions that use it stay readable in the plan, and returns its address. */
function local(scope: Construct, id: string, expression: Expression): Expression {
  return `local.${new TerraformLocal(scope, id, interpolated(expression)).friendlyUniqueId}`;
}

/** Returns the address in the stack. Not `fqn`, which makes a token each time, and a fleet has ten thousands. */
function addressOf(element: RecordedElement): string {
  const type = element instanceof TerraformModule ? "module" : element.terraformResourceType;
  return `${type}.${element.friendlyUniqueId}`;
}

const MARK_LIMIT = 4096;

interface ParameterProps extends Omit<TerraformMetaArguments, "dependsOn"> {
  readonly name: string;
  readonly description: string;
  readonly insecureValue: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly dependsOn?: TerraformResourceConfig["dependsOn"];
}

/** An `aws_ssm_parameter` with `insecure_value`, so that a plan shows the stage and not "sensitive". */
class Parameter extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly parameter: ParameterProps,
  ) {
    const { provider, lifecycle, dependsOn } = parameter;
    super(scope, id, {
      terraformResourceType: "aws_ssm_parameter",
      ...(provider === undefined ? {} : { provider }),
      ...(lifecycle === undefined ? {} : { lifecycle }),
      ...(dependsOn === undefined ? {} : { dependsOn }),
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { name, description, insecureValue, tags } = this.parameter;
    return { name, type: "String", description, insecure_value: insecureValue, tags: { ...tags } };
  }
}

/** The parameter that is written last. What it waits for is only known when the tree is finished. */
class ReachedParameter extends Parameter {
  constructor(
    scope: Construct,
    id: string,
    parameter: ParameterProps,
    private readonly after: () => string[],
    private readonly comment?: () => HandOverComment,
  ) {
    super(scope, id, parameter);
  }

  public override toTerraform(): unknown {
    this.dependsOn = this.after();
    if (this.comment !== undefined) this.addOverride("//", { [HAND_OVER_COMMENT]: this.comment() });
    return super.toTerraform() as unknown;
  }
}

interface ParametersByPathProps {
  readonly path: string;
  readonly recursive?: boolean;
  readonly provider?: TerraformProvider;
}

/** An `aws_ssm_parameters_by_path`: it answers empty for a path without parameters, where `aws_ssm_parameter` ends the plan. */
class ParametersByPath extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    private readonly query: ParametersByPathProps,
  ) {
    const { provider } = query;
    super(scope, id, {
      terraformResourceType: "aws_ssm_parameters_by_path",
      ...(provider === undefined ? {} : { provider }),
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { path, recursive } = this.query;
    return { path, ...(recursive === undefined ? {} : { recursive }) };
  }
}
