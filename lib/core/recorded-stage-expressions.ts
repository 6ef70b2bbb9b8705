/** The Terraform expressions that look into stage records while a change is planned. */
import type { Precondition, TerraformDataSource } from "cdktf";
import { literal } from "./literal";
import {
  declaredParameter,
  NOT_REACHED,
  parameterPath,
  reachedParameter,
  type MigrationIdentity,
} from "./stage-parameters";

/** An expression, without the `${` and `}` around it. */
export type Expression = string;

/**
 * The template of the path of a dependent's own record, made of the key of its mark: `shop.routing`. An app's name has no
 * dot.
 */
export const DEPENDENT_RECORD_PATH = `/migration/${interpolated(`join("/", regex("^([^.]+)[.](.+)$", each.key))`)}`;

/** Returns the expression in a place where Terraform looks for expressions. */
export function interpolated(expression: Expression): string {
  return `\${${expression}}`;
}

/** Returns the expression that checks whether a stage is one of the names. */
export function isOneOf(stage: Expression, names: readonly string[]): Expression {
  return `contains(${JSON.stringify(names)}, ${stage})`;
}

/** Returns the precondition that a condition is true. */
export function precondition(condition: Expression, errorMessage: string): Precondition {
  return { condition: interpolated(condition), errorMessage };
}

/** Returns the expression of a record's values by their parameters' names. The provider calls them sensitive; they are stages. */
export function valuesByName(data: TerraformDataSource): Expression {
  const address = addressOf(data);
  return `zipmap(${address}.names, nonsensitive(${address}.values))`;
}

/** Returns the expressions of the declared and the reached stage out of a record's values; `none` where it is not there. */
export function recordedStages(
  values: Expression,
  identity: MigrationIdentity,
): { readonly declared: Expression; readonly reached: Expression } {
  const of = (name: string): Expression => `lookup(${values}, ${JSON.stringify(name)}, ${JSON.stringify(NOT_REACHED)})`;
  return { declared: of(declaredParameter(identity)), reached: of(reachedParameter(identity)) };
}

/** Returns the expression of the marks that the migration's dependents have left, by their keys: `shop.routing`. */
export function dependentMarks(values: Expression, identity: MigrationIdentity): Expression {
  const prefix = JSON.stringify(`${parameterPath(identity)}/dependents/`);
  const isMark = `startswith(name, ${prefix}) && ${isWellFormed(`trimprefix(name, ${prefix})`)}`;
  return `{ for name, value in ${values} : trimprefix(name, ${prefix}) => jsondecode(value) if ${isMark} }`;
}

/** Returns the expression that checks whether a mark has a key and a value that can be read. */
function isWellFormed(key: Expression): Expression {
  const lists = ["needs", "while"].map((list) => `can([for each in jsondecode(value).${list} : "\${each}"])`);
  const texts = ["stack", "before"].map((text) => `can("\${jsondecode(value).${text}}")`);
  return [`can(regex("^[^.]+[.].+$", ${key}))`, ...lists, ...texts].join(" && ");
}

/** Returns the precondition that every mark can be read: one that cannot may be of somebody who depends on the migration. */
export function marksAreWellFormed(values: Expression, identity: MigrationIdentity): Precondition {
  const path = `${parameterPath(identity)}/dependents/`;
  const prefix = JSON.stringify(path);
  const broken = `[for name, value in ${values} : name if startswith(name, ${prefix}) && !(${isWellFormed(`trimprefix(name, ${prefix})`)})]`;
  return precondition(
    `length(${broken}) == 0`,
    [
      literal(`Below ${path} a dependent migration says what it needs, and this is not in that form: `),
      interpolated(`join(", ", ${broken})`),
      literal(
        `. Deploy the dependent again, which writes it anew; where there is no such migration any more, delete the parameter: aws ssm delete-parameter --name NAME`,
      ),
    ].join(""),
  );
}

/** Returns the expression of the keys of the marks: `for_each` takes it. */
export function dependentKeys(marks: Expression): Expression {
  return `toset(keys(${marks}))`;
}

/** Returns the precondition that the parameter holds one of the known stages, or does not exist yet. */
export function holdsKnownStage(
  values: Expression,
  name: string,
  { stages, instead }: { readonly stages: readonly string[]; readonly instead: string },
): Precondition {
  const value = `lookup(${values}, ${JSON.stringify(name)}, ${JSON.stringify(instead)})`;
  return precondition(
    isOneOf(value, stages),
    [
      literal(`The parameter ${name} holds "`),
      interpolated(value),
      literal(
        `", which is none of ${stages.join(", ")}, and "${instead}" is declared. It is left untouched. Where a newer version of the code wrote it, deploy with that version; where somebody edited it, set it right: aws ssm put-parameter --overwrite --name ${name} --value ${instead}`,
      ),
    ].join(""),
  );
}

/**
 * Returns the precondition that nobody who depends on the migration is in a stage that needs more than `stage`. A dependent is
 * in a stage from its declaration on, and until it has reached another. One whose record cannot be read here may be in any.
 */
export function noDependentNeedsMore(
  marks: Expression,
  dependents: TerraformDataSource,
  { identity, stage, stack }: { readonly identity: MigrationIdentity; readonly stage: string; readonly stack: string },
): Precondition {
  const stages = `nonsensitive(${addressOf(dependents)}[key].values)`;
  const holding = `!contains(mark.needs, ${JSON.stringify(stage)}) && (length(${stages}) < 2 || anytrue([for each in ${stages} : contains(mark.while, each)]))`;
  const said = `"\${key} (cdktf deploy \${mark.stack} --ignore-missing-stack-dependencies, with a stage before \${mark.before})"`;
  return precondition(
    `alltrue([for key, mark in ${marks} : !(${holding})])`,
    [
      literal(`${parameterPath(identity)} cannot be in ${stage} while others need more of it. First take back `),
      interpolated(`join(" and ", [for key, mark in ${marks} : ${said} if ${holding}])`),
      literal(`, and wait until they have reached it; then: cdktf deploy ${stack}`),
    ].join(""),
  );
}

function addressOf(data: TerraformDataSource): Expression {
  return `data.${data.terraformResourceType}.${data.friendlyUniqueId}`;
}
