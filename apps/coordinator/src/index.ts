/** The coordinator of a federated study. */

export { coordinatorCommand, DEFAULT_PORT } from './command.js';
export { coordinateStudy, type CoordinateOptions } from './study/coordinate-study.js';
export type { CoordinatorEvent } from './connections/coordinator-event.js';
export { serveStudy, type ServeStudyOptions, type StudyService } from './host/serve-study.js';
export type { HostAddress } from './host/http-port.js';
