/** The coordinator's side of a study over sockets. */

export { coordinatorCommand, DEFAULT_PORT } from './command.js';
export { coordinateStudy, type CoordinateOptions } from './study/coordinate-study.js';
export type { CoordinatorEvent } from './door/coordinator-event.js';
export { serveStudy, type ServeStudyOptions, type StudyService } from './host/serve-study.js';
