/**
 * Where a migration stands, written down where everybody can look: two parameters of Systems Manager, `declared` and
 * `reached`. Terraform writes `declared` first and `reached` last, or leaves `reached` to the runner that brings data to the
 * declared stage. Before anything is changed the plan looks at what is recorded: a stage that others still need is not left,
 * one that needs others is not entered, and a value that nobody here knows is not overwritten.
 *
 * Standard parameters cost nothing; an account has 10,000 a region (AWS General Reference, "Systems Manager endpoints and
 * quotas"). The resources are written through CDKTF's own classes, because the core imports no provider; attributes are those
 * of the AWS provider's `aws_ssm_parameter` and `aws_ssm_parameters_by_path`.
 */
import {
  Aspects,
  TerraformDataSource,
  TerraformLocal,
  TerraformResource,
  type Precondition,
  type TerraformMetaArguments,
  type TerraformProvider,
  type TerraformResourceConfig,
} from "cdktf";
import { Construct } from "constructs";
import { constructId } from "./construct-ids";
import type { ResolvedDependency } from "./migration-dependency";
import { MigrationRegistry, stackOf } from "./migration-registry";
import {
  dependentKeys,
  dependentMarks,
  EACH_DEPENDENT_PATH,
  holdsNobody,
  interpolated,
  isIn,
  knows,
  literal,
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

/** Properties of a {@link RecordedStage}. */
export interface RecordedStageProps {
  readonly identity: MigrationIdentity;
  /** The stage that is declared. */
  readonly stage: string;
  /** The names of all stages, in order. */
  readonly stages: readonly string[];
  /**
   * Who writes `reached`.
   *
   * - `terraform`: Terraform, after everything else of the migration.
   * - `runner`: what runs in AWS. Terraform creates the parameter with `none` and ignores its value from then on.
   */
  readonly reachedBy: "terraform" | "runner";
  readonly dependencies: readonly ResolvedDependency[];
  readonly tags: Readonly<Record<string, string>>;
  /** Returns the migration's own resources, its parts' included. Asked when the tree is finished. */
  readonly resources: () => readonly TerraformResource[];
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
    super(scope, id);
    const { identity, stage, stages, reachedBy, dependencies, tags } = props;
    const own = new ParametersByPath(this, "recorded", { path: parameterPath(identity), recursive: true });
    const values = local(this, "values", valuesByName(own));
    const marks = local(this, "marks", dependentMarks(values, identity));
    const dependents = new ParametersByPath(this, "dependents", { path: EACH_DEPENDENT_PATH });
    dependents.addOverride("for_each", interpolated(dependentKeys(marks)));
    const needed = this.markDependencies();
    this.declared = new Parameter(this, "declared", {
      name: declaredParameter(identity),
      description: `The stage that is declared for ${identity.name}`,
      insecureValue: stage,
      tags,
      // Whoever is needed knows of it before anything is changed.
      ...(needed.length === 0 ? {} : { dependsOn: needed }),
      lifecycle: {
        precondition: [
          knows(values, declaredParameter(identity), { stages, instead: stage }),
          holdsNobody(marks, dependents, { identity, stage, stack: stackOf(this) }),
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
        lifecycle: {
          // The runner's word. Terraform would put back what it wrote first.
          ...(runs ? { ignoreChanges: ["insecure_value"] } : {}),
          precondition: [
            knows(values, reachedParameter(identity), { stages: [...stages, NOT_REACHED], instead: stage }),
          ],
        },
      },
      runs ? () => [addressOf(this.declared)] : () => [addressOf(this.declared), ...this.ownAddresses()],
    );
    if (dependencies.length > 0) this.orderAfterDeclared();
  }

  /** Tells each migration that this one depends on it, and while what. */
  private markDependencies(): TerraformResource[] {
    const { dependencies, identity, tags } = this.props;
    if (dependencies.length === 0) return [];
    const scope = new Construct(this, "depends-on");
    return dependencies.map(({ migration, needs, before, while: stages, provider }) => {
      const mark: DependentMark = { needs, while: stages, stack: stackOf(this), before };
      return new Parameter(scope, idOf(migration.identity), {
        name: dependentParameter(migration.identity, identity),
        description: `${identity.app}/${identity.name} depends on ${migration.identity.name}`,
        insecureValue: JSON.stringify(mark),
        tags,
        ...(provider === undefined ? {} : { provider }),
      });
    });
  }

  /** That the other has declared and reached enough: by its own resources in this stack, else by what is recorded. */
  private preconditionOf(dependency: ResolvedDependency): Precondition {
    const { identity, stage } = this.props;
    const { migration, reached, needs, before } = dependency;
    const path = parameterPath(migration.identity);
    const other = MigrationRegistry.of(this).find(migration.identity);
    const recorded = this.stagesOf(dependency);
    const first = `deploy it first${other === undefined ? " in its own app" : `: cdktf deploy ${stackOf(other)}`}`;
    return precondition(
      `${isIn(recorded.declared, needs)} && ${isIn(recorded.reached, needs)}`,
      [
        literal(
          `${parameterPath(identity)} cannot be in ${stage}: from ${before} on it needs ${path} to have reached ${reached}, and that has declared "`,
        ),
        interpolated(recorded.declared),
        literal(`" and reached "`),
        interpolated(recorded.reached),
        literal(
          `". Declare ${reached} for it, and ${first}; wait until migration-patterns status --app ${migration.identity.app} shows that it has reached it; then: cdktf deploy ${stackOf(this)}`,
        ),
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
    const found = new ParametersByPath(scope, idOf(identity), query);
    return recordedStages(local(scope, `${idOf(identity)}-values`, valuesByName(found)), identity);
  }

  /**
   * Whatever serves on another migration is changed after the condition was looked at and the declaration written, not beside
   * it: where both are in one stack, the condition is only known while Terraform applies.
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
  return constructId(`${app}-${name}`);
}

/** Makes a local value, so that the expressions that use it stay readable in the plan, and returns its address. */
function local(scope: Construct, id: string, expression: Expression): Expression {
  return `local.${new TerraformLocal(scope, id, interpolated(expression)).friendlyUniqueId}`;
}

/** Returns the address in the stack. Not `fqn`, which makes a token each time, and a fleet has ten thousands. */
function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

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
  ) {
    super(scope, id, parameter);
  }

  public override toTerraform(): unknown {
    this.dependsOn = this.after();
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
