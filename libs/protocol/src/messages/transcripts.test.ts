import { describe, expect, it } from 'vitest';
import { examples } from '../testing/messages.js';
import { challengeTranscript, handshakeOf, proofTranscript, UNBOUND } from './transcripts.js';

const handshake = handshakeOf({ ...examples.hello, protocol: 7 }, examples.challenge, UNBOUND);
const { client, key, code = '' } = examples.proof;

describe('what is signed in the handshake', () => {
  it('names its purpose, the versions agreed and offered, and all that tells this connection from others', () => {
    expect(JSON.parse(challengeTranscript({ ...handshake, clientNonce: 'n1', binding: 'c' }))).toEqual([
      'gaitway challenge',
      6,
      6,
      7,
      examples.challenge.studyDigest,
      examples.challenge.key,
      examples.challenge.nonce,
      'n1',
      false,
      'c',
    ]);
  });

  const others = [
    proofTranscript({ ...handshake, studyDigest: '0'.repeat(64) }, { client, key, code }),
    proofTranscript({ ...handshake, coordinatorKey: 'other' }, { client, key, code }),
    proofTranscript({ ...handshake, coordinatorNonce: 'other' }, { client, key, code }),
    proofTranscript({ ...handshake, clientNonce: 'other' }, { client, key, code }),
    proofTranscript({ ...handshake, protocol: 7 }, { client, key, code }),
    proofTranscript({ ...handshake, offered: { protocol: 6, oldest: 6 } }, { client, key, code }),
    proofTranscript({ ...handshake, offered: { protocol: 7, oldest: 5 } }, { client, key, code }),
    proofTranscript({ ...handshake, binds: true }, { client, key, code }),
    proofTranscript({ ...handshake, binding: 'other' }, { client, key, code }),
    proofTranscript(handshake, { client: 'ben', key, code }),
    proofTranscript(handshake, { client, key: 'other', code }),
    proofTranscript(handshake, { client, key, code: 'other' }),
    proofTranscript(handshake, { client, key }),
    challengeTranscript(handshake),
  ];

  it('is another text where any of it is another', () => {
    expect(new Set([proofTranscript(handshake, { client, key, code }), ...others]).size).toBe(others.length + 1);
  });
});
