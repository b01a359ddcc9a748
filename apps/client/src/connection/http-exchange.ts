/** One HTTP request and its answer, whose size is bounded. */

import { request as plainRequest, type Agent, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { LARGEST_FRAME_BYTES } from '@gaitway/protocol';

/** The coordinator answers each request within a heartbeat interval, which is 25 seconds by default. */
const TIMEOUT_MS = 60_000;

/** Bytes of the largest answer: all frames that may be in flight, and as much again for small messages. */
const LARGEST_ANSWER_BYTES = 8 * LARGEST_FRAME_BYTES;

export interface ExchangeOptions {
  /** What makes the connections; undefined for direct ones. */
  readonly agent: Agent | undefined;
  /** The certificates of the authorities to trust, as PEM; undefined for those that Node trusts. */
  readonly ca: string | undefined;
  /** The body of a POST request; undefined for a GET request. */
  readonly body?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The answer to a request is one that no coordinator gives. */
export class AnswerRefused extends Error {
  override readonly name: string = 'AnswerRefused';
}

/**
 * Makes a request.
 *
 * @throws AnswerRefused when the answer is compressed or too large; an Error when there is none
 */
export async function exchange(url: string, { agent, ca, body }: ExchangeOptions): Promise<Answer> {
  const send = url.startsWith('https:') ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const asking = send(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: body === undefined ? {} : { 'content-type': 'text/plain;charset=UTF-8' },
      agent,
      ca,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    asking.once('error', reject);
    asking.once('response', (answer) => {
      readAnswer(answer).then(resolve, reject);
    });
    asking.end(body);
  });
}

async function readAnswer(answer: IncomingMessage): Promise<Answer> {
  const { statusCode = 0, headers } = answer;
  if (headers['content-encoding'] !== undefined) {
    answer.destroy();
    throw new AnswerRefused('expected an answer that is not compressed, which nobody asked for');
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > LARGEST_ANSWER_BYTES) {
      throw new AnswerRefused(`expected an answer of at most ${LARGEST_ANSWER_BYTES} bytes, found a larger one`);
    }
    pieces.push(piece);
  }
  return { status: statusCode, text: Buffer.concat(pieces).toString('utf8') };
}
