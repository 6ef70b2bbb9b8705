import { dataHoldingTypes } from "../losses/data-holding-types";

/**
 * The types that hold data in an account and none in the code, which a rehearsal need not know: a grant or an access key that is
 * made anew is another one.
 */
const further: Readonly<Record<string, string>> = {
  aws_iam_access_key: "credentials that nobody can read again",
  aws_kms_grant: "the right to use a key, without which what it encrypts cannot be read",
};

/** The Terraform types that hold data, each with a phrase for the data. */
export const heldData: Readonly<Record<string, string>> = { ...further, ...dataHoldingTypes };
