/** The table of the provider's answers, as `lib/plan/rehearsal/replacing-attributes.ts` has it. */
import type { Answer } from "./answers";
import type { Question } from "./questions";

/** A path with what is known of it. */
interface Fact {
  readonly path: string;
  /** `?` where removing the attribute changes nothing, `~` where the provider answered nothing. */
  readonly mark: "" | "?" | "~";
  readonly replaces: boolean;
}

/** Returns the line of the table for one resource type: its replacing attributes, in order. */
export function replacingAttributesOf(questions: readonly Question[], answers: readonly Answer[]): string {
  const paths = [...new Set(questions.map((each) => each.path.join(".")))];
  const facts = paths.map((path): Fact => {
    const own = (how: Question["how"]): Answer[] =>
      answers.filter((_, index) => questions[index]?.path.join(".") === path && questions[index].how === how);
    const says = (how: Question["how"]): boolean => own(how).some((each) => "replaced" in each && each.replaced);
    const silent = (how: Question["how"]): boolean => own(how).every((each) => "refused" in each);
    if (silent("changed")) return { path, mark: "~", replaces: true };
    const keeps = own("removed").length > 0 && !silent("removed") && !says("removed");
    return { path, mark: keeps ? "?" : "", replaces: says("changed") };
  });
  return gathered(facts)
    .filter(({ replaces }) => replaces)
    .map(({ path, mark }) => `${path}${mark}`)
    .sort()
    .join(" ");
}

/** Puts the block's name in the place of its attributes where all of them replace the resource. */
function gathered(facts: readonly Fact[]): Fact[] {
  const deepest = Math.max(...facts.map(({ path }) => path.split(".").length));
  let all = [...facts];
  for (let depth = deepest; depth > 1; depth -= 1) {
    const blocks = new Map<string, Fact[]>();
    for (const fact of all) {
      const names = fact.path.split(".");
      if (names.length === depth) {
        const block = names.slice(0, -1).join(".");
        blocks.set(block, [...(blocks.get(block) ?? []), fact]);
      }
    }
    for (const [block, inner] of blocks) {
      // An attribute deeper in the block that was not gathered means that the block changes in part.
      const others = all.some(({ path }) => path.startsWith(`${block}.`) && path.split(".").length > depth);
      if (others || !inner.every(({ replaces, mark }) => replaces && mark !== "~")) continue;
      all = all.filter((fact) => !inner.includes(fact));
      all.push({ path: block, mark: "", replaces: true });
    }
  }
  return all;
}
