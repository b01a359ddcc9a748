/** The client of a federated study. */

export { clientCommand } from './command.js';
export type { ClientEvent } from './client-event.js';
export { JoinRefused } from './connection/conversation.js';
export { ledgerCommand } from './ledger/command.js';
export { NEVER_LEAVES, studyTerms, type StudyTerms } from './policy/explain-study.js';
export { defaultPolicy, lowestFloors, parsePolicy, type SitePolicy } from './policy/site-policy.js';
export { StudyRefused } from './policy/study-floors.js';
export { joinStudy, type JoinStudyOptions, type StudyEnding } from './join-study.js';
export type { Prepare, PreparedParticipant, StudyOffer } from './tasks/prepared-participant.js';
