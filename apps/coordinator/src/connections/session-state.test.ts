import type { Inbox } from '@gaitway/protocol';
import { describe, expect, it } from 'vitest';
import type { ClientConnection } from '../fleet/client-connection.js';
import type { RegisteredClient } from '../fleet/client-registry.js';
import type { DisconnectionCause } from '../fleet/disconnection.js';
import { clientOf, initialState, nameOf, nextState, type SessionEvent, type SessionState } from './session-state.js';

const client = { client: 'ann' } as RegisteredClient;
const inform: SessionEvent = { kind: 'inform', name: 'ann' };
const welcome: SessionEvent = { kind: 'welcome', client };
const join: SessionEvent = { kind: 'join', tasks: {} as ClientConnection, inbox: {} as Inbox };
const close = endBy('close', 'dismissed');
const disconnect = endBy('disconnect', 'left');

function endBy(kind: 'close' | 'disconnect', cause: DisconnectionCause): SessionEvent {
  return { kind, disconnection: { reason: 'r', cause } };
}

function after(...events: readonly SessionEvent[]): SessionState {
  return events.reduce(nextState, initialState);
}

describe('a client session', () => {
  it.each([
    ['a connection', [], 'connected', undefined],
    ['a hello', [welcome], 'welcomed', 'ann'],
    ['a join', [welcome, join], 'joined', 'ann'],
    ['a hello after the end of the study', [inform], 'informed', 'ann'],
    ['two hellos after the end of the study', [inform, inform], 'informed', 'ann'],
    ['the end of the study meanwhile', [welcome, join, inform], 'joined', 'ann'],
  ] as const)('has its state after %s', (_, events, kind, name) => {
    const state = after(...events);
    expect(state.kind).toBe(kind);
    expect(nameOf(state)).toBe(name);
    expect(clientOf(state)).toBe(kind === 'welcomed' || kind === 'joined' ? client : undefined);
    expect(nextState(state, disconnect)).toEqual({
      kind: 'ended',
      disconnection: { reason: 'r', cause: 'left' },
      last: state,
    });
  });

  it('ends for the reason of the coordinator where that closed it, and for the last one', () => {
    const ended = after(welcome, close, endBy('close', 'replaced'), disconnect);
    expect(ended).toMatchObject({ kind: 'ended', disconnection: { cause: 'replaced' }, last: { kind: 'welcomed' } });
    expect(clientOf(ended)).toBe(client);
  });

  it.each([
    ['is not welcomed twice', [welcome, welcome]],
    ['does not join before it is welcomed', [join]],
    ['does not join twice', [welcome, join, join]],
    ['is not welcomed after its end', [close, welcome]],
  ] as const)('%s', (_, events) => {
    expect(() => after(...events)).toThrow('cannot take');
  });
});
