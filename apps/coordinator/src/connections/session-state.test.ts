import type { Handshake, Inbox } from '@gaitway/protocol';
import { describe, expect, it } from 'vitest';
import type { ClientConnection } from '../fleet/client-connection.js';
import type { RegisteredClient } from '../fleet/client-registry.js';
import type { DisconnectionCause } from '../fleet/disconnection.js';
import { clientOf, initialState, nameOf, nextState, type SessionEvent, type SessionState } from './session-state.js';

const client = { client: 'ann' } as RegisteredClient;
const challenge: SessionEvent = { kind: 'challenge', gaitway: '0.1.0', handshake: {} as Handshake };
const prove: SessionEvent = { kind: 'prove' };
const inform: SessionEvent = { kind: 'inform', name: 'ann' };
const welcome: SessionEvent = { kind: 'welcome', client };
const join: SessionEvent = { kind: 'join', tasks: {} as ClientConnection, inbox: {} as Inbox };
const proven = [challenge, prove];
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
    ['a hello', [challenge], 'challenged', undefined],
    ['a proof', [challenge, prove], 'proven', undefined],
    ['a proof of a key that may take part', [...proven, welcome], 'welcomed', 'ann'],
    ['a join', [...proven, welcome, join], 'joined', 'ann'],
    ['a proof after the end of the study', [...proven, inform], 'informed', 'ann'],
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
    const ended = after(...proven, welcome, close, endBy('close', 'replaced'), disconnect);
    expect(ended).toMatchObject({ kind: 'ended', disconnection: { cause: 'replaced' }, last: { kind: 'welcomed' } });
    expect(clientOf(ended)).toBe(client);
  });

  it.each([
    ['is not challenged twice', [challenge, challenge]],
    ['proves nothing before it is challenged', [prove]],
    ['proves its key once', [...proven, prove]],
    ['is not welcomed before it has proved its key', [challenge, welcome]],
    ['is told of no end before it has proved its key', [challenge, inform]],
    ['is not welcomed twice', [...proven, welcome, welcome]],
    ['does not join before it is welcomed', [...proven, join]],
    ['does not join twice', [...proven, welcome, join, join]],
    ['is not welcomed after its end', [...proven, close, welcome]],
  ] as const)('%s', (_, events) => {
    expect(() => after(...events)).toThrow('cannot take');
  });
});
