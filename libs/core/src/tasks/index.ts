/** Several tasks that learn together: label tables, training and comparison. */

export { CLEAR_MARGIN, compareTasks, type TaskReport, type Transfer, type Verdict } from './compare-tasks.js';
export { type LabelTable, parseLabelTable } from './label-table.js';
export { parseTasks } from './parse-tasks.js';
export { type PreparedTasks, prepareTaskData, type TaskData } from './prepare-task-data.js';
export type { LabelColumns, TaskKind, TaskPlan, TasksPlan } from './task-plan.js';
export { labelledWindows, type PlacedRecording, placedRecordings, type TaskWindows } from './task-windows.js';
export { predictTasks, type TaskModel, trainAlone, trainJointly } from './train-tasks.js';
