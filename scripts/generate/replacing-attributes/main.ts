/**
 * `npm run generate -- replacing-attributes [TYPE…]`: asks the real AWS provider, through Terraform, which attributes replace a
 * resource, prints the lines of `lib/plan/rehearsal/replacing-attributes.ts` that its answers make, and marks those that differ.
 * Without types, all of the table. Fails where a line differs that `differences.ts` does not explain.
 */
import { replacingAttributes } from "../../../lib/plan/rehearsal/replacing-attributes";
import { Provider } from "./answers";
import { differences } from "./differences";
import { questionsOf, type Question } from "./questions";
import { replacingAttributesOf } from "./table";

/** The number of questions in one plan: Terraform's errors take longer each, the larger the file is. */
const QUESTIONS_AT_ONCE = 500;

/** Asks about the types and prints their lines; returns the exit code. */
export async function askReplacingAttributes(types: readonly string[]): Promise<number> {
  const provider = await Provider.start();
  const wanted = types.length > 0 ? types : Object.keys(replacingAttributes);
  let unexplained = 0;
  for (const batch of batches(
    wanted.map((type) => {
      const schema = provider.schemas[type];
      if (schema === undefined) throw new Error(`${type}: no resource type of the provider`);
      return { type, questions: questionsOf(type, schema) };
    }),
  )) {
    const answers = await provider.ask(batch.flatMap(({ questions }) => questions));
    let start = 0;
    for (const { type, questions } of batch) {
      const line = replacingAttributesOf(questions, answers.slice(start, (start += questions.length)));
      const same = line === replacingAttributes[type];
      const explained = differences[type]?.line === line;
      if (!same && !explained) unexplained += 1;
      const mark = same ? "same     " : explained ? "explained" : "DIFFERS  ";
      process.stdout.write(`${mark} ${type}: ${JSON.stringify(line)},\n`);
    }
  }
  process.stdout.write(`${unexplained} of ${wanted.length} types differ from the table without an explanation\n`);
  return unexplained === 0 ? 0 : 1;
}

interface TypeQuestions {
  readonly type: string;
  readonly questions: readonly Question[];
}

function batches(all: readonly TypeQuestions[]): TypeQuestions[][] {
  const made: TypeQuestions[][] = [];
  let size = Infinity;
  for (const each of all) {
    if (size + each.questions.length > QUESTIONS_AT_ONCE) {
      made.push([]);
      size = 0;
    }
    made.at(-1)?.push(each);
    size += each.questions.length;
  }
  return made;
}
