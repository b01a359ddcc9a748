import { studyDigest } from '@gaitway/core';
import { channelBinding, isSignedBy } from '@gaitway/node';
import { challengeTranscript, handshakeOf, UNBOUND } from '@gaitway/protocol';
import { selfSigned } from '@gaitway/protocol/testing/self-signed';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStudyEndpoint } from '../host/study-endpoint.js';
import { connectBare, hello, proofOf, type BareClient } from '../testing/bare-client.js';
import { smallStudy } from '../testing/open-service.js';

/** A client of an endpoint with TLS, and what its end of the channel knows. */
async function connectSecure(): Promise<{ readonly bare: BareClient; readonly binding: string }> {
  const endpoint = await openStudyEndpoint({
    study: smallStudy,
    studyDigest: await studyDigest(smallStudy),
    normalisation: null,
    onEvent: () => undefined,
  });
  const https = createServer(selfSigned);
  https.on('upgrade', (...upgrade) => endpoint.http.emit('upgrade', ...upgrade));
  https.listen(0, '127.0.0.1');
  await once(https, 'listening');
  const bare = await connectBare(`https://127.0.0.1:${(https.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    bare.destroy();
    await endpoint[Symbol.asyncDispose]();
    https.close();
  });
  return { bare, binding: channelBinding(bare.stream()) };
}

describe('a coordinator with TLS', () => {
  it.each([
    ['to its channel, for a client that knows it', true],
    ['to none, for a client that does not', false],
  ])('ties its signature %s', async (_, binds) => {
    const { bare, binding } = await connectSecure();
    const first = hello({ binds });
    bare.say(first);
    const challenge = await bare.hear('challenge');
    const isTiedTo = (tie: string): boolean =>
      isSignedBy(challenge.key, challengeTranscript(handshakeOf(first, challenge, tie)), challenge.signature);
    expect([isTiedTo(binding), isTiedTo(UNBOUND)]).toEqual([binds, !binds]);
  });

  it('takes a proof that is tied to the channel on which it comes, and no other', async () => {
    const [own, other] = [await connectSecure(), await connectSecure()];
    for (const { bare } of [own, other]) {
      const first = hello({ binds: true });
      bare.say(first);
      bare.say(proofOf(first, await bare.hear('challenge'), { client: 'ann', binding: own.binding }));
    }
    await own.bare.hear('welcome');
    expect((await other.bare.hear('refusal')).reason).toContain('of this challenge; found another');
  });
});
