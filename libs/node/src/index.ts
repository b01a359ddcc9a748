/** Gaitway on Node: backends, data folders, run folders, worker pool, reports. */

export { type BackendName, backendNames, parseBackendName } from './backend/backend-name.js';
export { type BackendsDiagnosis, diagnoseBackends } from './backend/diagnose-backends.js';
export { loadBackend } from './backend/load-backend.js';
export { nativeFolder } from './backend/native-backend.js';
export { augmentedTrainingSteps, predictions, trainingSteps, windowsPerSecond } from './backend/student-workload.js';
export {
  type BaselineComparison,
  type BaselineRun,
  compareBaselines,
  renderBaselines,
  runBaselines,
  type TimedBaseline,
} from './baseline/compare-baselines.js';
export { loadBaselineData } from './baseline/load-baseline-data.js';
export { evaluateRecordings } from './classifier/evaluate-recordings.js';
export { predictRecordings, renderPredictions } from './classifier/predict-recordings.js';
export { renderEvaluation } from './classifier/render-evaluation.js';
export { collectWhole } from './collect-whole.js';
export { comparisonDocument, comparisonText } from './compare/comparison-text.js';
export { compareRuns } from './compare/compare-runs.js';
export { inspectDataFolder } from './data/inspect-data-folder.js';
export { proposeManifest } from './data/infer/propose-manifest.js';
export type { Ask } from './data/infer/questions.js';
export type { Inspection } from './data/inspection.js';
export type { DataCheck } from './data/data-folder.js';
export { INSPECTION_PLAN } from './data/inspection.js';
export { progressText } from './data/progress-text.js';
export { dataCheck } from './data/tell-suspects.js';
export { layoutNames } from './data/pick-layout.js';
export { renderInspection } from './data/render-inspection.js';
export { readDataFolder } from './data/data-folder.js';
export { writeCsvFolder } from './data/write-csv-folder.js';
export {
  type ConductedExperiment,
  conductExperiment,
  type ExperimentConduct,
} from './experiment/conduct-experiment.js';
export { drawSplits } from './experiment/experiment-people.js';
export { readExperiment } from './experiment/file/read-experiment.js';
export {
  type ExportedModel,
  type ExportFormat,
  exportFormats,
  exportModel,
  type ExportOptions,
  renderExport,
} from './export/export-model.js';
export { issueToken, type PageRole, type TokenOwner } from './identity/access-token.js';
export type { Applicant, Objection } from './identity/admission.js';
export { revocationReason } from './identity/admission.js';
export { channelBinding } from './identity/channel-binding.js';
export {
  type ClientIdentity,
  clientStateFolder,
  type ClientStateFolder,
  transientIdentity,
} from './identity/client-state-folder.js';
export { linesOf } from './files/json-lines.js';
export { foundInstead, readText } from './files/read-file.js';
export {
  type CoordinatorKeys,
  type CoordinatorKeysOptions,
  openCoordinatorKeys,
  transientCoordinatorKeys,
} from './identity/coordinator-keys.js';
export { enrol, type NewEnrolment, revoke, type Revocation } from './identity/enrolment.js';
export { parseEnrolmentCode, type EnrolmentCode } from './identity/enrolment-code.js';
export { createKeyPair, fingerprintOf, isSignedBy, type KeyPair, readKeyPair } from './identity/key-pair.js';
export { conductPipeline } from './pipeline/conduct-pipeline.js';
export { isRefuted, renderAudit } from './report/audit-text.js';
export { rewriteReport } from './report/render-report.js';
export { renderChoice, renderRunSummary } from './report/run-summary.js';
export { type RunEvent, taskId } from './run/events/events.js';
export { finishedRun, type Run } from './run/read-run.js';
export { defaultRunFolder, refuseOccupied, runFolder } from './run/run-folder.js';
export { parametersDigest } from './files/parameters-digest.js';
export { writeFileAtomically } from './files/atomic-write.js';
export { runEventText } from './run/events/event-text.js';
export { readCohorts, refuseAbsentClients } from './run/read-cohorts.js';
export type { RecordedChoice } from './run/choice-file.js';
export type { Traffic } from './run/run-result.js';
export { gaitwayVersion } from './run/version.js';
export { listRuns } from './runs/list-runs.js';
export { logLineText, readLog } from './runs/read-log.js';
export { pauseRun, unpauseRun } from './runs/pause-run.js';
export { renderRunTable } from './runs/run-entry.js';
export { type StoppedRun, stopRun } from './runs/stop-run.js';
export { type AuditedRun, auditRun } from './study/audit-run.js';
export {
  backendOfRun,
  chooseStudy,
  type ChooseStudyOptions,
  type ResolveOptions,
  resolveStudy,
  type StudyOfRun,
  studyOfRun,
} from './study/resolve-study.js';
export { conductStudy, type StudyConduct } from './study/conduct-study.js';
export { type DataSource, loadClient, loadCoordinator, loadSimulation } from './study/load-data.js';
export { type PrivacyOutlook, privacyOutlook, type StageOutlook } from './study/privacy-outlook.js';
export { readStudyFile, readYamlFile } from './study/read-yaml-file.js';
export { readStudyModels } from './study/study-models.js';
export { systemTimer } from './study/system-timer.js';
export { Interrupted, interruptionSignal, isDeliberateEnd, isStopForNow } from './terminal/interruption.js';
export {
  addDataOptions,
  addOutputOptions,
  addRunOptions,
  backendOption,
  type DataOptions,
  layoutOption,
  strictOption,
  type OutputOptions,
  parseCount,
  parseNames,
  parseSeconds,
  type RunOptions,
} from './terminal/options.js';
export { conductTasks, type ConductedTasks, type TasksConduct } from './tasks/conduct-tasks.js';
export { readTaskFile, readTrainingKind, type TrainingKind } from './tasks/read-task-file.js';
export { createReporter, type Reporter, type ReporterOptions } from './terminal/reporter.js';
export { type Tracked, trackRun } from './track/track-run.js';
export {
  defaultWorkers,
  openParticipantPool,
  type ParticipantPool,
  type ParticipantPoolOptions,
} from './worker/participant-pool.js';
