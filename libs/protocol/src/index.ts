/** What coordinator and clients say to each other, and the bytes it becomes. */

export { decodeFromClient, decodeFromCoordinator, encode } from './codec.js';
export { evaluationSchema } from './evaluation-schema.js';
export type { ClientToServerEvents, ServerToClientEvents } from './events.js';
export { BYTES_PER_VALUE } from './float-bytes.js';
export { FrameDamaged } from './frame.js';
export { createInbox, type Inbox } from './inbox.js';
export { isTransfer } from './is-transfer.js';
export { layoutDigests } from './layout-digests.js';
export { LARGEST_FRAME_BYTES, shortened } from './limits.js';
export { pack, unpack } from './message-pack.js';
export { MessageRefused, VersionRefused } from './message-refused.js';
export type {
  Answer,
  Availability,
  Cancel,
  Failure,
  FromClient,
  FromCoordinator,
  Goodbye,
  Held,
  Hello,
  Join,
  Joined,
  Message,
  Offer,
  Part,
  Refusal,
  SentParameters,
  SentTask,
  TaskMessage,
  TransferMessage,
  Welcome,
} from './messages.js';
export { createOutbox, type Outbox } from './outbox.js';
export { type ParameterMemory, parameterMemory } from './parameter-memory.js';
export { createParcel, createSharedParcel, type Parcel } from './parcel.js';
export { PROTOCOL_VERSION } from './protocol-version.js';
export { receivedTask } from './received-task.js';
export { createShelf, emptyPartial, isPartOf, type PartialMessage, type Shelf } from './shelf.js';
export { socketParser } from './socket-parser.js';
export { takeTransfer } from './take-transfer.js';
