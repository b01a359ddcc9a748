/** The client's side of a study over sockets. */

export { clientCommand } from './command.js';
export type { ClientEvent } from './client-event.js';
export { JoinRefused } from './join-refused.js';
export { joinStudy, type JoinStudyOptions, type StudyEnding } from './join-study.js';
export type { Prepare, PreparedParticipant, StudyOffer } from './prepared-participant.js';
