/**
 * ```ts
 * taskSettings({ lob: { mode: "full" }, validation: true }, "full-load-and-cdc"); // the JSON of replication_task_settings
 * ```
 *
 * The settings document of a DMS task. Every setting that DMS returns for a task is written out, so that a default that
 * AWS changes cannot change a migration that is under way, and a plan after apply is empty. The AWS provider compares the
 * requested settings with those that DMS returns: a setting that is left out never differs, one that DMS does not return
 * always does. So four kinds are left out on purpose:
 *
 * - `CloudWatchLogGroup`, `CloudWatchLogStream`: read only; DMS refuses them ("Saving task settings").
 * - sections that are null by default (`BeforeImageSettings`, `CharacterSetSettings`, `LoopbackPreventionSettings`,
 *   `PostProcessingRules`): some engine versions answer them, others do not.
 * - `TTSettings`, `Logging.EnableLogContext`: `FailTaskOnTTFailure` is not answered by all engine versions
 *   (terraform-provider-aws issue 43974), and older provider versions drop the log context from the state.
 * - `ValidationMode`: engine 3.5.4 and later choose it themselves ("Data validation task settings").
 *
 * Source: AWS DMS User Guide, "Specifying task settings" with its sections, and "Saving task settings" for the key set.
 */
import { z } from "zod";
import { admit } from "../../../core/door/admit";

/**
 * The mode in which large objects (LOBs) are moved.
 *
 * - `full`: whole, however large, in pieces. Slow, loses nothing.
 * - `limited`: cut at `maxKiB`. Fast; a larger object is truncated, which is a warning of the task's log and no error.
 * - `none`: columns of such types are not moved.
 */
export type LargeObjects =
  | {
      readonly mode: "full";
      /**
       * The size of a piece in KiB; above 64 tasks may fail.
       * @default 64
       */
      readonly chunkKiB?: number;
      /**
       * The size in KiB up to which objects are transferred with their row, 0 to 102,400.
       * @default 32
       */
      readonly inlineKiB?: number;
    }
  | { readonly mode: "limited"; /** At most 102,400 KiB. */ readonly maxKiB: number }
  | { readonly mode: "none" };

/** Options of a DMS task: its treatment of large objects and existing tables, validation and throughput. */
export interface TaskSettingsOptions {
  /** @default { mode: "full" } */
  readonly largeObjects?: LargeObjects;
  /**
   * The treatment of tables that exist at the target before the full load.
   *
   * - `do-nothing`: rows are added to them as they are, which duplicates existing rows.
   * - `truncate`: they are emptied, and keep their structure.
   * - `drop-and-create`: they are dropped and created anew.
   *
   * @default "truncate"
   */
  readonly targetTables?: "do-nothing" | "truncate" | "drop-and-create";
  /**
   * Whether DMS compares every row of source and target. Switching it off blocks the migration.
   * @default true
   */
  readonly validation?: boolean;
  /**
   * The number of tables loaded in parallel, 1 to 49.
   * @default 8
   */
  readonly parallelTables?: number;
  /**
   * The number of rows transferred together in the full load, 1 to 50,000.
   * @default 10000
   */
  readonly commitRate?: number;
  /**
   * Whether changes are applied in batches: faster, and constraints may be violated for moments.
   * @default false
   */
  readonly batchApply?: boolean;
  /**
   * The schema at the target in which DMS keeps its own tables, with failed validations among them.
   * @default - the user's own schema
   */
  readonly controlSchema?: string;
}

/** The kind of a DMS task: it loads existing rows, applies changes, or both. */
export type MigrationType = "full-load" | "cdc" | "full-load-and-cdc";

/** All kinds of DMS tasks. */
export const migrationTypes = ["full-load", "cdc", "full-load-and-cdc"] as const satisfies readonly MigrationType[];

const kibibytes = z.int().min(0).max(102_400);

/**
 * The schema of {@link TaskSettingsOptions}. Limits: AWS DMS User Guide, "Target metadata" and "Full-load task settings".
 */
export const taskSettingsSchema = z.strictObject({
  largeObjects: z
    .discriminatedUnion("mode", [
      z.strictObject({
        mode: z.literal("full"),
        chunkKiB: z.int().min(1).max(64).optional(),
        inlineKiB: kibibytes.optional(),
      }),
      z.strictObject({ mode: z.literal("limited"), maxKiB: kibibytes.min(1) }),
      z.strictObject({ mode: z.literal("none") }),
    ])
    .optional(),
  targetTables: z.enum(["do-nothing", "truncate", "drop-and-create"]).optional(),
  validation: z.boolean().optional(),
  parallelTables: z.int().min(1).max(49).optional(),
  commitRate: z.int().min(1).max(50_000).optional(),
  batchApply: z.boolean().optional(),
  controlSchema: z.string().max(128).optional(),
});

const LOG_COMPONENTS = [
  "ADDONS",
  "COMMON",
  "COMMUNICATION",
  "DATA_STRUCTURE",
  "FILE_FACTORY",
  "FILE_TRANSFER",
  "IO",
  "METADATA_MANAGER",
  "PERFORMANCE",
  "REST_SERVER",
  "SORTER",
  "SOURCE_CAPTURE",
  "SOURCE_UNLOAD",
  "TABLES_MANAGER",
  "TARGET_APPLY",
  "TARGET_LOAD",
  "TASK_MANAGER",
  "TRANSFORMATION",
  "VALIDATOR_EXT",
];

const TABLE_PREPARATION = {
  "do-nothing": "DO_NOTHING",
  truncate: "TRUNCATE_BEFORE_LOAD",
  "drop-and-create": "DROP_AND_CREATE",
} as const;

// So that the change of a row that is being compared has time to arrive ("Data validation task settings").
const VALIDATION_DELAY_SECONDS = 180;

/** Returns the complete settings of a task as JSON, with its keys in a fixed order. */
export function taskSettings(options: TaskSettingsOptions, type: MigrationType): string {
  admit("taskSettings", { options, type });
  return JSON.stringify({
    TargetMetadata: targetMetadata(options),
    FullLoadSettings: {
      TargetTablePrepMode: TABLE_PREPARATION[options.targetTables ?? "truncate"],
      CreatePkAfterFullLoad: false,
      StopTaskCachedChangesApplied: false,
      StopTaskCachedChangesNotApplied: false,
      MaxFullLoadSubTasks: options.parallelTables ?? 8,
      TransactionConsistencyTimeout: 600,
      CommitRate: options.commitRate ?? 10_000,
    },
    Logging: {
      EnableLogging: true,
      LogComponents: LOG_COMPONENTS.map((id) => ({ Id: id, Severity: "LOGGER_SEVERITY_DEFAULT" })),
    },
    ControlTablesSettings: {
      ControlSchema: options.controlSchema ?? "",
      HistoryTimeslotInMinutes: 5,
      HistoryTableEnabled: false,
      SuspendedTablesTableEnabled: true,
      StatusTableEnabled: true,
      FullLoadExceptionTableEnabled: true,
    },
    StreamBufferSettings: { StreamBufferCount: 3, StreamBufferSizeInMB: 8, CtrlStreamBufferSizeInMB: 5 },
    ChangeProcessingDdlHandlingPolicy: {
      HandleSourceTableDropped: true,
      HandleSourceTableTruncated: true,
      HandleSourceTableAltered: true,
    },
    ErrorBehavior: ERROR_BEHAVIOR,
    ChangeProcessingTuning: {
      BatchApplyPreserveTransaction: true,
      BatchApplyTimeoutMin: 1,
      BatchApplyTimeoutMax: 30,
      BatchApplyMemoryLimit: 500,
      BatchSplitSize: 0,
      MinTransactionSize: 1000,
      CommitTimeout: 1,
      MemoryLimitTotal: 1024,
      MemoryKeepTime: 60,
      StatementCacheSize: 50,
    },
    ValidationSettings: {
      EnableValidation: options.validation ?? true,
      ThreadCount: 5,
      PartitionSize: 10_000,
      FailureMaxCount: 10_000,
      TableFailureMaxCount: 1000,
      RecordFailureDelayInMinutes: 5,
      RecordFailureDelayLimitInMinutes: 0,
      RecordSuspendDelayInMinutes: 30,
      MaxKeyColumnSize: 8096,
      ValidationOnly: false,
      HandleCollationDiff: false,
      SkipLobColumns: false,
      ValidationPartialLobSize: 0,
      ValidationQueryCdcDelaySeconds: type === "full-load" ? 0 : VALIDATION_DELAY_SECONDS,
    },
    FailTaskWhenCleanTaskResourceFailed: false,
  });
}

function targetMetadata({ largeObjects = { mode: "full" }, batchApply = false }: TaskSettingsOptions): unknown {
  const full = largeObjects.mode === "full";
  return {
    TargetSchema: "",
    SupportLobs: largeObjects.mode !== "none",
    FullLobMode: full,
    LobChunkSize: full ? (largeObjects.chunkKiB ?? 64) : 64,
    LimitedSizeLobMode: largeObjects.mode === "limited",
    LobMaxSize: largeObjects.mode === "limited" ? largeObjects.maxKiB : 32,
    InlineLobMaxSize: full ? (largeObjects.inlineKiB ?? 32) : 0,
    LoadMaxFileSize: 0,
    ParallelLoadThreads: 0,
    ParallelLoadBufferSize: 0,
    ParallelLoadQueuesPerThread: 0,
    ParallelApplyThreads: 0,
    ParallelApplyBufferSize: 0,
    ParallelApplyQueuesPerThread: 0,
    BatchApplyEnabled: batchApply,
    TaskRecoveryTableEnabled: true,
  };
}

/**
 * The error policies: DMS's own but for three, by which a value that is refused or truncated suspends its table instead of
 * being logged.
 */
const ERROR_BEHAVIOR = {
  DataErrorPolicy: "SUSPEND_TABLE",
  DataTruncationErrorPolicy: "SUSPEND_TABLE",
  DataErrorEscalationPolicy: "SUSPEND_TABLE",
  DataErrorEscalationCount: 0,
  EventErrorPolicy: "IGNORE",
  TableErrorPolicy: "SUSPEND_TABLE",
  TableErrorEscalationPolicy: "STOP_TASK",
  TableErrorEscalationCount: 0,
  RecoverableErrorCount: -1,
  RecoverableErrorInterval: 5,
  RecoverableErrorThrottling: true,
  RecoverableErrorThrottlingMax: 1800,
  RecoverableErrorStopRetryAfterThrottlingMax: true,
  ApplyErrorDeletePolicy: "IGNORE_RECORD",
  ApplyErrorInsertPolicy: "LOG_ERROR",
  ApplyErrorUpdatePolicy: "LOG_ERROR",
  ApplyErrorEscalationPolicy: "LOG_ERROR",
  ApplyErrorEscalationCount: 0,
  ApplyErrorFailOnTruncationDdl: true,
  FullLoadIgnoreConflicts: true,
  FailOnTransactionConsistencyBreached: false,
  FailOnNoTablesCaptured: true,
};
