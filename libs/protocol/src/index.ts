/** The messages between coordinator and clients, and how they become bytes on a connection. */

export { FrameDamaged } from './framing/frame.js';
export { pack, unpack } from './framing/message-pack.js';
export { BYTES_PER_VALUE, isName } from './messages/field-schemas.js';
export { type ClientToServerEvents, type ServerToClientEvents, socketParser } from './framing/socket-parser.js';
export { LARGEST_FRAME_BYTES } from './limits.js';
export { MessageRefused, shortened, VersionRefused } from './message-refused.js';
export { decodeFromClient, decodeFromCoordinator, encode } from './messages/codec.js';
export { LARGEST_WELCOME_BYTES, largestAnswerBytes, largestTaskBytes } from './messages/message-bounds.js';
export { evaluationSchema } from './messages/evaluation-schema.js';
export { clientSchemas } from './messages/message-schemas.js';
export type {
  Answer,
  Availability,
  Cancel,
  Challenge,
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
  Proof,
  Refusal,
  SentParameters,
  SentTask,
  TaskMessage,
  TransferMessage,
  Welcome,
} from './messages/messages.js';
export { challengeTranscript, type Handshake, handshakeOf, proofTranscript, UNBOUND } from './messages/transcripts.js';
export { agreedVersion, PROTOCOL_VERSION, versionOffer, versionRefusal } from './messages/versions.js';
export { layoutDigests } from './parameters/layout-digests.js';
export { type ParameterCache, parameterCache } from './parameters/parameter-cache.js';
export { parametersDigest, receivedTask } from './parameters/received-task.js';
export { createInbox, type Inbox } from './transfer/inbox.js';
export { createOutbox, type Outbox } from './transfer/outbox.js';
export {
  createOutgoingMessage,
  createSharedOutgoingMessage,
  type OutgoingMessage,
} from './transfer/outgoing-message.js';
export {
  createReassemblyBuffer,
  emptyPartial,
  isPartOf,
  type PartialMessage,
  type ReassemblyBuffer,
} from './transfer/reassembly-buffer.js';
export { isTransfer, requireNoTransfer, takeTransfer } from './transfer/transfer-messages.js';
