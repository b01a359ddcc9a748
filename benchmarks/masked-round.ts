/**
 * A separate process for the benchmark of secure aggregation: a round of as many clients and parameters as its arguments
 * say. Prints what it costs, as JSON.
 */

import { getRandomValues } from 'node:crypto';
import { createRng } from '@gaitway/core';
import { createKeyPair } from '@gaitway/node';
import { pack } from '@gaitway/protocol';
import {
  answer,
  type ClientState,
  type ClientStep,
  closePhase,
  type CoordinatorState,
  type CoordinatorStep,
  offerKeys,
  openRound,
  receive,
} from '@gaitway/secure-aggregation';
import { nodePrimitives } from '@gaitway/secure-aggregation/node';

export interface MaskedRoundCost {
  /** Seconds of one client, on average. */
  readonly client: number;
  /** Seconds of the coordinator. */
  readonly coordinator: number;
  /** Kilobytes that a client sends that stays, as messages of Gaitway's protocol. */
  readonly sent: number;
  /** Kilobytes that it receives. */
  readonly received: number;
  /** MiB of the process at its peak, with all clients in it. */
  readonly memory: number;
}

/** A weight of 1,024 windows and changes of up to 1, on the grid of 2^-24. */
const BOUND = 1024 * 2 ** 24;

/** One client in so many leaves when it has dealt its shares. */
const LEAVES = 10;

/** One that does not leave. */
const STAYS = 'client-0';

const [clients = 0, parameters = 0] = process.argv.slice(2).map(Number);
const names = Array.from({ length: clients }, (_, index) => `client-${index}`);
const keys = new Map(names.map((name) => [name, createKeyPair()]));
const identities = new Map([...keys].map(([name, { publicKey }]) => [name, publicKey]));
const isKnown = (name: string, key: string): boolean => identities.get(name) === key;
const digest = 'a'.repeat(64);
const terms = {
  context: { study: digest, stage: 'student', round: 1, attempt: 1 },
  model: digest,
  segments: [{ size: parameters, bound: BOUND }],
};

/** A client's changes: one stands for all but its sign and its size. */
const changes = Float64Array.from({ length: parameters }, createNormal());

function createNormal(): () => number {
  const rng = createRng(1);
  return () => Math.round(rng.normal() * 2 ** 20);
}

function vectorOf(name: string): Float64Array {
  const factor = names.indexOf(name) - 3;
  return changes.map((change) => change * factor);
}

/** Runs a step and adds its seconds. */
function timed<Value>(side: 'client' | 'coordinator', step: () => Value): Value {
  const start = performance.now();
  const value = step();
  seconds[side] += (performance.now() - start) / 1000;
  return value;
}

const seconds = { client: 0, coordinator: 0 };
const bytes = { sent: 0, received: 0 };
const states = new Map<string, ClientState>();
let state: CoordinatorState = openRound({ terms, identities, minimumCohort: 3, primitives: nodePrimitives });

function send(name: string, { state: next, message }: ClientStep): void {
  states.set(name, next);
  bytes.sent += name === STAYS ? pack(message).length : 0;
  state = timed('coordinator', () => receive(state, name, message));
}

for (const [name, signer] of keys) {
  const values = vectorOf(name);
  const random = (length: number): Uint8Array => getRandomValues(new Uint8Array(length));
  const settings = { name, signer, terms, values, minimumCohort: 3, isKnown, random, primitives: nodePrimitives };
  send(
    name,
    timed('client', () => offerKeys(settings)),
  );
}
while (state.phase !== 'completed' && state.phase !== 'aborted') {
  const open: CoordinatorState = state;
  const { state: next, messages }: CoordinatorStep = timed('coordinator', () => closePhase(open));
  state = next;
  for (const [name, message] of messages) {
    if (message.kind === 'share-delivery' && names.indexOf(name) % LEAVES === 1) {
      continue;
    }
    bytes.received += name === STAYS ? pack(message).length : 0;
    send(
      name,
      timed('client', () => answer(states.get(name)!, message)),
    );
  }
}

if (state.phase !== 'completed') {
  throw new Error(state.reason);
}
const factors = state.survivors.reduce((sum, name) => sum + names.indexOf(name) - 3, 0);
if (state.sum.some((value, place) => value !== changes[place]! * factors)) {
  throw new Error('The sum is not the plain sum');
}
const cost: MaskedRoundCost = {
  client: seconds.client / clients,
  coordinator: seconds.coordinator,
  sent: bytes.sent / 1000,
  received: bytes.received / 1000,
  memory: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(cost));
