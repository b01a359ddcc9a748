import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { appendToChaosLog, type ChaosEvent, readChaosLog } from './chaos-log.js';
import { chaosRuns } from './chaos-options.js';
import { type ChaosPlan, type ChaosSettings, drawChaosPlan } from './chaos-plan.js';
import { outcomeText } from './outcome-text.js';
import { digestDifference, runChaos } from './run-chaos.js';

const settings: ChaosSettings = {
  seed: 4,
  minutes: 5,
  clients: 3,
  liars: 1,
  deadlines: false,
  kinds: ['delay', 'stall', 'truncate', 'cut', 'silence'],
};

/** Each thing in the middle of a round. */
const plan: ChaosPlan = {
  faults: {
    'person-03': [
      { connection: 1, direction: 'up', at: 4_000, kind: 'cut' },
      { connection: 2, direction: 'down', at: 200, kind: 'cut' },
    ],
    'person-04': [{ connection: 1, direction: 'down', at: 12_000, kind: 'truncate' }],
  },
  kills: [
    { process: 'coordinator', life: 1, line: 'student ', count: 2, milliseconds: 0 },
    { process: 'coordinator', life: 2, line: 'student ', count: 1, milliseconds: 5 },
    { process: 'person-05', life: 1, line: 'student round', count: 1, milliseconds: 5 },
  ],
};

async function logFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'log.jsonl');
}

const sorted = (things: readonly unknown[]): readonly string[] => things.map((thing) => JSON.stringify(thing)).sort();

describe.skipIf(process.platform === 'win32')('a study under faults', () => {
  it('comes to the same bits, and its log is a plan by which the same happens again', async () => {
    const log = await logFile();
    const outcome = await runChaos(settings, plan, (event) => {
      appendToChaosLog(log, event);
    });
    expect(outcome.failure).toBeUndefined();
    const again = readChaosLog(log);
    expect(again.settings).toEqual(settings);
    expect(sorted(again.plan.kills)).toEqual(sorted(plan.kills));
    expect(again.plan.faults).toEqual(plan.faults);
    expect(outcomeText(4, outcome)).toContain(
      'seed 4: the same bits after 2 cut, 1 kills of clients, 2 kills of the coordinator, 1 truncate',
    );
  });
});

describe('a plan', () => {
  it('is the same for the same seed', () => {
    expect(drawChaosPlan(settings, ['ann', 'ben'])).toEqual(drawChaosPlan(settings, ['ann', 'ben']));
    expect(drawChaosPlan(settings, ['ann'])).not.toEqual(drawChaosPlan({ ...settings, seed: 5 }, ['ann']));
    const { faults } = drawChaosPlan({ ...settings, kinds: ['cut'] }, ['ann']);
    expect(new Set(faults['ann']!.map(({ kind }) => kind))).toEqual(new Set(['cut']));
  });
});

describe('a log', () => {
  it('is refused where it is none, with its line', async () => {
    const log = await logFile();
    appendToChaosLog(log, { event: 'start', settings });
    await appendFile(log, '{"event":"kill","seconds":1}\n');
    expect(() => readChaosLog(log)).toThrow(/log\.jsonl, line 2: kill: /);
    await writeFile(log, '{"event":"calm","seconds":1}\n');
    expect(() => readChaosLog(log)).toThrow('expected the start of a run');
    await writeFile(log, 'calm');
    expect(() => readChaosLog(log)).toThrow('line 1: expected JSON');
  });

  it('is written at once', async () => {
    const log = await logFile();
    const event: ChaosEvent = { event: 'end', seconds: 2.5, failure: 'a reason' };
    appendToChaosLog(log, event);
    expect(JSON.parse(await readFile(log, 'utf8'))).toEqual(event);
  });
});

describe('the command line', () => {
  it('asks for one seed or several', () => {
    const [run] = chaosRuns(['--seed', '7', '--minutes', '0.5', '--clients', '3', '--deadlines', '--kinds', 'cut']);
    expect(run).toEqual({ settings: { seed: 7, minutes: 0.5, clients: 3, liars: 0, deadlines: true, kinds: ['cut'] } });
    expect(chaosRuns(['--seeds', '3..5']).map(({ settings: { seed } }) => seed)).toEqual([3, 4, 5]);
  });

  it.each([
    [['--seeds', '5..3'], 'expected such as 1..20, found 5..3'],
    [['--seed', 'x'], 'expected'],
    [['--kinds', 'cats'], 'cats'],
    [['--minutes', '0'], 'minutes'],
    [['--sed', '1'], '--sed'],
  ])('refuses %o', (parameters, reason) => {
    expect(() => chaosRuns(parameters)).toThrow(reason);
  });
});

it('tells which stages differ, and those that one run lacks', () => {
  expect(digestDifference({ a: '1', b: '2' }, { b: '2', a: '1' })).toBeUndefined();
  expect(digestDifference({ a: '1', b: '2' }, { a: '3' })).toBe(
    'stage "a": expected 1, found 3; stage "b": expected 2, found none',
  );
});
