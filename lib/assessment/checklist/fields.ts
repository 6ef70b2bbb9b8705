/** The schemas of fields that several parts of the checklist share. */
import { z } from "zod";
import { fileText } from "../../core/file-text";
import { MigrationError } from "../../core/error";
import { Cidr } from "../../network/cidr";

/** The schema of a text that is not empty. */
export const nonEmptyText = fileText(z.string().trim().min(1));

/** The schema of an owner: a role, a team, an address. `unknown` is valid, and a finding. */
export const owner = nonEmptyText.describe("The role or team that answers for it, or 'unknown'");

/** The schema of a CIDR without host bits, kept as the text that came. */
export const cidrText = z
  .string()
  .trim()
  .superRefine((text, context) => {
    try {
      Cidr.parse(text);
    } catch (error) {
      const { allowed, fix } = error instanceof MigrationError ? error : { allowed: undefined, fix: String(error) };
      context.addIssue({
        code: "custom",
        message: `${text}: ${allowed === undefined ? "" : `allowed is ${allowed}; `}${fix}`,
      });
    }
  })
  .describe("An address range without host bits: 10.0.0.0/16");
