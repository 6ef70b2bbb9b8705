/** Tags, and the names that are made of them. */
import type { FileText } from "../../core/file-text";
import { slugOf } from "../../core/construct-ids";
import type { DescribedTag } from "./described-model";

/** Tags whose keys begin so are AWS's own, which nobody can set (AWS General Reference, "Tag your AWS resources"). */
const RESERVED = "aws:";

/** Returns the value of a tag; undefined where there is none, or an empty one. */
export function tagOf(tags: readonly DescribedTag[], key: string): FileText | undefined {
  const value = tags.find(({ Key }) => Key === key)?.Value;
  return value === "" ? undefined : value;
}

/** Returns the tags that Terraform can set, by key; nothing where there is none. */
export function keptTags(tags: readonly DescribedTag[]): { readonly tags?: Readonly<Record<string, FileText>> } {
  const own = tags.filter(({ Key }) => !Key.startsWith(RESERVED));
  if (own.length === 0) return {};
  return { tags: Object.fromEntries(own.map(({ Key, Value }) => [Key, Value] as const)) };
}

/** The tags by which an AWS service says that a resource is its own, with the service. */
const OWNERS: readonly (readonly [key: string, owner: string, fix: string])[] = [
  [
    "aws:cloudformation:stack-name",
    "a CloudFormation stack",
    "set DeletionPolicy: Retain in that stack, remove it there, and describe it again",
  ],
  [
    "aws:autoscaling:groupName",
    "an Auto Scaling group, which replaces it when it likes",
    "detach it from its group first, or leave it there",
  ],
];

/** Returns who owns a resource by its tags, and what to do; undefined where none of these does. */
export function ownerOf(tags: readonly DescribedTag[]): { readonly owner: string; readonly fix: string } | undefined {
  const found = OWNERS.find(([key]) => tagOf(tags, key) !== undefined);
  return found === undefined ? undefined : { owner: found[1], fix: found[2] };
}

/** Names by ids: from the Name tag where it gives one that no other has, else the id itself. */
export class Names {
  private readonly taken = new Set<string>();

  /**
   * Returns the name, which depends on nothing but the resource itself and those that had it before.
   *
   * @param limit the most characters
   */
  public nameOf(id: string, tags: readonly DescribedTag[], limit = 60): string {
    const slug = slugOf(tagOf(tags, "Name") ?? "")
      .replaceAll("_", "-")
      .replace(/-{2,}/g, "-")
      .replace(/^-|-$/g, "");
    const usable = /^[A-Za-z]/.test(slug) && slug.length <= limit && !(slug in Object.prototype);
    const name = usable && !this.taken.has(slug) ? slug : id;
    this.taken.add(name);
    return name;
  }
}
