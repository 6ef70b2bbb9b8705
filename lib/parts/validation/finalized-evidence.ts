/** The evidence that a migration works, which a stage without a way back requires, and its schema. */
import { z } from "zod";
import { isoDate } from "../../core/iso-date";
import { instantSchema } from "./baseline";

/** All states of a CloudWatch alarm. */
export const alarmStates = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;

/** The schema of {@link FinalizedEvidence}. */
export const finalizedEvidenceSchema = z.strictObject({
  validation: z
    .array(
      z
        .strictObject({
          alarmName: z.string().min(1).describe("The alarm's name, as the validation suite lists it"),
          state: z.enum(alarmStates).describe("The worst state of the alarm over the whole time"),
          observedFrom: instantSchema,
          observedTo: instantSchema,
        })
        .refine((result) => Date.parse(result.observedFrom) < Date.parse(result.observedTo), {
          path: ["observedTo"],
          message: "must be after observedFrom",
        }),
    )
    .describe("The observed state of each alarm while the target carried production"),
  bakeHours: z.number().positive().describe("The time that the target has carried production, in hours"),
  signOff: z.strictObject({
    name: z.string().trim().min(1).describe("The name of the person who signed off"),
    role: z.string().trim().min(1).describe("The role of that person"),
    day: isoDate.describe("The day of the sign-off"),
  }),
  restorePoint: z
    .strictObject({
      kind: z.enum(["backup-recovery-point", "ebs-snapshot", "database-snapshot", "source-backup"]),
      reference: z.string().trim().min(1).describe("The ARN or id of the restore point, or the location of the backup"),
      takenAt: instantSchema,
      restoreTestedOn: isoDate.optional().describe("The day on which it was last restored for practice"),
    })
    .describe("The restore point: from this stage on, the only way back is to restore it"),
});

/** The evidence that a migration works: its validation results, time in production, sign-off and restore point. */
export type FinalizedEvidence = Readonly<z.infer<typeof finalizedEvidenceSchema>>;
