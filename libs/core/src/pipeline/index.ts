/** Pipelines of training steps on one machine. */

export { type ParsedPipeline, parsePipeline } from './parse-pipeline.js';
export type { PipelineData, PipelineOptions, StepReport, TrainingReport } from './pipeline-context.js';
export { type ModelKind, type Pipeline, type PipelineStep, type StepType, takesPartsOnly } from './pipeline.js';
export { everyFifthPerson, type PreparedPipeline, preparePipelineData } from './prepare-pipeline-data.js';
export { runPipeline } from './run-pipeline.js';
