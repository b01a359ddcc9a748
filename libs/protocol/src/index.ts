/** What coordinator and clients say to each other, and the bytes it becomes. */

export { decodeFromClient, decodeFromCoordinator, encode } from './codec.js';
export { evaluationSchema } from './evaluation-schema.js';
export type { ClientToServerEvents, ServerToClientEvents } from './events.js';
export { BYTES_PER_VALUE } from './float-bytes.js';
export { FrameDamaged } from './frame.js';
export { layoutDigests } from './layout-digests.js';
export { shortened } from './limits.js';
export { pack, unpack } from './message-pack.js';
export { MessageRefused } from './message-refused.js';
export type {
  Answer,
  Availability,
  Cancel,
  Failure,
  FromClient,
  FromCoordinator,
  Goodbye,
  Hello,
  Join,
  Joined,
  Message,
  Refusal,
  SentTask,
  TaskMessage,
  TeacherReference,
  Welcome,
} from './messages.js';
export { PROTOCOL_VERSION } from './protocol-version.js';
export { socketParser } from './socket-parser.js';
export { type TeacherMemory, teacherMemory } from './teacher-memory.js';
