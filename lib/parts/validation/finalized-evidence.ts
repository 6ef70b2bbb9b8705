/** The record that a migration works: what a stage without a way back asks for, and how it is checked. */
import { z } from "zod";
import { isoDate } from "../../core/iso-date";
import { instant } from "./baseline";

/** The states of a CloudWatch alarm. */
export const alarmStates = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;

/** Checks {@link FinalizedEvidence}. */
export const finalizedEvidenceSchema = z.strictObject({
  validation: z
    .array(
      z
        .strictObject({
          alarmName: z.string().min(1).describe("The alarm's name, as the validation suite lists it"),
          state: z.enum(alarmStates).describe("The worst state it was in over the whole time"),
          observedFrom: instant,
          observedTo: instant,
        })
        .refine((result) => Date.parse(result.observedFrom) < Date.parse(result.observedTo), {
          path: ["observedTo"],
          message: "must be after observedFrom",
        }),
    )
    .describe("What each alarm said while the target carried production"),
  bakeHours: z.number().positive().describe("How long the target has carried production, in hours"),
  signOff: z.strictObject({
    name: z.string().trim().min(1).describe("Who signed"),
    role: z.string().trim().min(1).describe("In what role"),
    day: isoDate.describe("On which day"),
  }),
  restorePoint: z
    .strictObject({
      kind: z.enum(["backup-recovery-point", "ebs-snapshot", "database-snapshot", "source-backup"]),
      reference: z.string().trim().min(1).describe("Its ARN or id, or where the backup is kept"),
      takenAt: instant,
      restoreTestedOn: isoDate.optional().describe("The day on which it was last restored for practice"),
    })
    .describe("What going back means from here on: restoring this"),
});

/** The record that a migration works, and what to restore where it turns out not to. */
export type FinalizedEvidence = Readonly<z.infer<typeof finalizedEvidenceSchema>>;
