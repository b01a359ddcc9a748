/** One connection through a proxy: two directions, each with its faults, and an end that both share. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionFault, Direction, FaultKind } from './connection-fault.js';
import { faultyStream, type Step } from './faulty-stream.js';

export interface FaultyLineOptions {
  /** Whoever connected. */
  readonly socket: Socket;
  /** Port on 127.0.0.1 to which it goes on. */
  readonly target: number;
  /** Of this connection. */
  readonly faults: readonly ConnectionFault[];
  /** Whether a fault happens whose turn it is. */
  readonly happens: (fault: ConnectionFault) => boolean;
}

export interface FaultyLine {
  readonly ended: Promise<void>;
  /** Ends both sides at once. */
  end(): void;
}

interface Line {
  readonly sides: readonly [Socket, Socket];
  readonly over: AbortController;
  silent: boolean;
}

/** Bytes on their way through one direction. */
interface Flow {
  readonly line: Line;
  readonly sink: Socket;
  /** By which everything is late. */
  lag: number;
}

export function openFaultyLine({ socket, target, faults, happens }: FaultyLineOptions): FaultyLine {
  const onward = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
  const line: Line = { sides: [socket, onward], over: new AbortController(), silent: false };
  const end = (): void => {
    line.over.abort();
    line.sides.forEach((side) => side.destroy());
  };
  line.sides.forEach((side) => {
    side.setNoDelay();
    side.on('error', () => {
      if (!line.silent) {
        end();
      }
    });
  });
  const flow = async (source: Socket, sink: Socket, direction: Direction): Promise<void> => {
    const own = faults.filter((fault) => fault.direction === direction);
    await pass(source, { line, sink, lag: 0 }, faultyStream(own, happens));
  };
  const passing = [flow(socket, onward, 'up'), flow(onward, socket, 'down')];
  const closed = line.sides.map((side) => new Promise<void>((resolve) => side.once('close', resolve)));
  return { end, ended: Promise.all([...passing, ...closed]).then(end) };
}

/** Hands on what comes, as long as it comes. */
async function pass(source: Socket, flow: Flow, stream: ReturnType<typeof faultyStream>): Promise<void> {
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      for (const step of stream.next(chunk)) {
        await take(step, flow);
      }
    }
    await hand(stream.rest(), flow);
    if (flow.line.silent) {
      source.end(); // The other side does not learn of it.
    } else {
      flow.sink.end();
    }
  } catch {
    // A side broke, or the line was ended in the middle of a pause: what still comes is for nobody.
    source.resume();
  }
}

async function take(step: Step, flow: Flow): Promise<void> {
  if (step.kind === 'forward') {
    await hand(step.bytes, flow);
    return;
  }
  const { fault } = step;
  if (fault.kind === 'delay') {
    flow.lag += fault.milliseconds;
  } else if (fault.kind === 'stall') {
    await pause(fault.milliseconds, undefined, { signal: flow.line.over.signal });
  } else {
    breakLine(flow.line, fault.kind);
  }
}

function breakLine(line: Line, kind: Exclude<FaultKind, 'delay' | 'stall'>): void {
  switch (kind) {
    case 'silence':
      line.silent = true;
      break;
    case 'truncate':
      line.over.abort();
      line.sides.forEach((side) => side.end());
      break;
    case 'cut':
      line.over.abort();
      line.sides.forEach((side) => side.resetAndDestroy());
      break;
    case 'corrupt':
    case 'drop':
    case 'duplicate':
    case 'reorder': // What happened to bytes is in the bytes.
  }
}

/** Writes as fast as the other side reads. */
async function hand(bytes: Buffer, { line, sink, lag }: Flow): Promise<void> {
  if (lag > 0) {
    await pause(lag, undefined, { signal: line.over.signal });
  }
  if (!line.silent && !line.over.signal.aborted && bytes.length > 0 && !sink.write(bytes)) {
    await once(sink, 'drain', { signal: line.over.signal });
  }
}
