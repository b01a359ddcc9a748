import { inMemoryFleet, InvalidInput, parseStudy, type Participant, type Study } from '@gaitway/core';
import type { RecordedCohorts } from '@gaitway/core/engine';
import { changeBy, fail, handMade } from '@gaitway/core/testing/hand-made';
import { minimalStudy, tiny } from '@gaitway/core/testing/studies';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backendForRun } from '../run/open-run-folder.js';
import type { Run } from '../run/read-run.js';
import { modelPath } from '../run/run-folder.js';
import { readState, writeState } from '../run/state/state-folder.js';
import { gaitwayVersion } from '../run/version.js';
import type { Reporter } from '../terminal/reporter.js';
import { noFiles } from '../testing/no-files.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { conductStudy } from './conduct-study.js';

const stages = [
  { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 1 },
  {
    name: 'student',
    where: 'clients',
    objective: 'self-har',
    from: 'teacher',
    teacher: { average: 'newest', decay: 0.75 },
    transformations: ['negate'],
    epochs: 1,
    rounds: 3,
    strategy: 'fed-adam',
  },
  { name: 'fine-tune', where: 'coordinator', objective: 'supervised', from: 'student', steps: 1 },
];

function studyOf(changes: object = {}): Study {
  return parseStudy({ ...minimalStudy, ...tiny, people: { test: ['t'], labelled: ['l'] }, stages, ...changes });
}

const study = studyOf();
/** One of the coordinator, three of the clients, one of the coordinator. */
const ROUNDS = 5;

interface Conduct {
  readonly study?: Study;
  readonly backend?: string;
  readonly normalisation?: { readonly mean: readonly number[]; readonly standardDeviation: readonly number[] };
  readonly cohorts?: RecordedCohorts;
  /** Called when as many rounds are finished, before the next is. */
  readonly onRounds?: (finished: number) => void;
  /** Nobody answers in that round of the clients' stage. */
  readonly silentRound?: number;
}

interface Conducted {
  readonly run: Run;
  /** Lines and warnings on the terminal. */
  readonly told: readonly string[];
}

/** Runs the study with participants whose answers depend on all that their tasks bring. */
async function conduct(folder: string, options: Conduct = {}): Promise<Conducted> {
  const { study: conducted = study, backend = 'wasm', normalisation, cohorts, onRounds = () => undefined } = options;
  const told: string[] = [];
  let finished = 0;
  const tell = (text: string): void => {
    told.push(text);
  };
  const reporter: Reporter = {
    line: (text) => {
      tell(text);
      if (/^(teacher|student|fine-tune)/.test(text)) {
        onRounds(++finished);
      }
    },
    status: () => undefined,
    warn: tell,
    outcome: () => undefined,
  };
  const drifting = (share: number, failsIn?: number): Participant =>
    handMade((task) => {
      if (task.stage === 'teacher' && finished === 0) {
        onRounds(0);
      }
      const ahead = (task.teacher?.parameters[0] ?? 0) + task.parameters[1]!;
      if (task.stage === 'student' && task.round === options.silentRound) {
        return new Promise(() => undefined);
      }
      return task.round === failsIn ? fail() : changeBy(share + 0.01 * task.round + 0.1 * ahead, 3)(task);
    });
  const run = await conductStudy({
    study: conducted,
    run: { folder, backend, ...(normalisation && { normalisation }) },
    fleet: inMemoryFleet(new Map([['ann', drifting(0.25, 2)], ['ben', drifting(-0.5)]])), // prettier-ignore
    coordinator: drifting(0.125),
    cohorts,
    traffic: () => ({ bytesDown: 10, bytesUp: 1 }),
    reporter,
    signal: new AbortController().signal,
  });
  return { run, told };
}

/** What must be the same, however often a run was interrupted. */
async function bitsOf({ result, folder }: Run): Promise<unknown> {
  const rounds = (await readFile(folder.rounds, 'utf8')).split('\n').slice(0, -1);
  return {
    stages: result.stages.map((stage) => ({ ...stage, seconds: 0 })),
    clients: result.clients,
    evaluation: result.evaluation,
    model: result.model,
    rounds: rounds.map((line) => ({ ...(JSON.parse(line) as object), seconds: 0, phases: undefined })),
  };
}

interface Disturbable {
  readonly undisturbed: Run;
  /** A copy of the folder as it was after so many rounds, as a process would leave it that is killed there. */
  readonly after: (rounds: number) => string;
}

async function disturbable(): Promise<Disturbable> {
  const parent = await temporaryFolder();
  const folder = join(parent, 'run');
  const copyOf = (rounds: number): string => join(parent, `after-${rounds}`);
  const { run } = await conduct(folder, {
    onRounds: (rounds) => {
      cpSync(folder, copyOf(rounds), { recursive: true });
      // This process lives on; the note of one that was killed would not count.
      const claims = readdirSync(copyOf(rounds)).filter((name) => name.startsWith('running-'));
      claims.forEach((name) => {
        rmSync(join(copyOf(rounds), name));
      });
    },
  });
  return { undisturbed: run, after: copyOf };
}

describe('a run that is conducted again after it was interrupted', () => {
  it('comes to the same bits and lines after each round, and leaves nothing behind', async () => {
    const { undisturbed, after } = await disturbable();
    const bits = await bitsOf(undisturbed);
    for (let rounds = 0; rounds <= ROUNDS; rounds++) {
      const folder = after(rounds);
      const { run, told } = await conduct(folder);
      expect(await bitsOf(run)).toEqual(bits);
      expect(told.filter((text) => /^(teacher|student|fine-tune)/.test(text))).toHaveLength(ROUNDS - rounds);
      expect(run.warnings).toEqual([]);
      expect(await readdir(folder)).toEqual(await readdir(undisturbed.folder.path));
    }
    const { told, run } = await conductAgainAfter(await disturbable(), 3);
    expect(told[0]).toBe(`Resuming the run in ${run.folder.path}, after round 2 of stage "student".`);
    expect(run.result.traffic).toEqual({ bytesDown: 20, bytesUp: 2 });
  });

  it('drops what was written of a round that was not finished', async () => {
    const { undisturbed, after } = await disturbable();
    const lines = (await readFile(undisturbed.folder.rounds, 'utf8')).split('\n');
    const leftover = '0a1b2c3d-0000-4000-8000-000000000000.tmp';
    for (const [rounds, written] of [
      [0, lines[0]!.slice(0, 40)],
      [2, `${lines[2]!}\n`],
      [3, `${lines[3]!}\n{"sta`],
    ] as const) {
      const folder = after(rounds);
      await appendFile(join(folder, 'rounds.jsonl'), written);
      await appendFile(join(folder, 'events.log'), '{"time":"2026');
      await writeFile(join(folder, 'state', `${rounds + 1}.state.${leftover}`), 'gaitway-sta');
      await writeFile(join(folder, 'models', `student.safetensors.${leftover}`), 'x');
      const { run } = await conduct(folder);
      expect(await bitsOf(run)).toEqual(await bitsOf(undisturbed));
      expect(run.warnings).toEqual([]);
      expect((await readdir(join(folder, 'models'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }
  });

  it('writes the report of a run that was killed between its result and its report', async () => {
    const { undisturbed, after } = await disturbable();
    const folder = after(ROUNDS);
    cpSync(undisturbed.folder.result, join(folder, 'result.json'));
    const { run } = await conduct(folder);
    expect(await bitsOf(run)).toEqual(await bitsOf(undisturbed));
    expect(await readdir(folder)).toEqual(await readdir(undisturbed.folder.path));
  });

  it('uses the state before one that is damaged, and says so', async () => {
    const { undisturbed, after } = await disturbable();
    const folder = after(3);
    expect((await readdir(join(folder, 'state'))).sort()).toEqual(['2.state', '3.state']);
    await truncate(join(folder, 'state', '3.state'), 300);
    const { run, told } = await conduct(folder);
    expect(told[0]).toMatch(/3\.state: expected content with the SHA-256 .*; the state before it is used$/);
    expect(told[1]).toContain('after round 1 of stage "student"');
    expect(await bitsOf(run)).toEqual(await bitsOf(undisturbed));
    const events = (await readFile(run.folder.events, 'utf8'))
      .split('\n')
      .filter((line) => /state-|resumed/.test(line));
    expect(events.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'state-damaged', reason: told[0] },
      { event: 'run-resumed', rounds: 2, stage: 'student', round: 1 },
    ]);
  });

  it('has every model in the end, where one was damaged or all were deleted, and says so', async () => {
    const { undisturbed, after } = await disturbable();
    const models = async (folder: string): Promise<readonly Buffer[]> =>
      Promise.all(stages.map((stage) => readFile(join(folder, modelPath(stage)))));
    const stages = undisturbed.result.stages.map(({ name }) => name);
    const damaged = after(3);
    await truncate(join(damaged, 'models', 'teacher.safetensors'), 300);
    const { told } = await conduct(damaged);
    expect(told[0]).toMatch(/teacher\.safetensors: missing or damaged; written anew from the state of the run$/);
    expect(await models(damaged)).toEqual(await models(undisturbed.folder.path));
    const deleted = after(ROUNDS);
    await rm(join(deleted, 'models'), { recursive: true });
    await conduct(deleted);
    expect(await models(deleted)).toEqual(await models(undisturbed.folder.path));
  });

  it('is refused before any work when its study was edited', async () => {
    const { after } = await disturbable();
    const folder = after(2);
    const file = join(folder, 'study.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"seed": ', '"seed": 1'));
    await expect(conduct(folder)).rejects.toThrow(`${file}: digest: expected`);
    await writeFile(file, Buffer.from(text.replace('"name": "', '"name": "Gr\u00fcn '), 'latin1'));
    await expect(conduct(folder)).rejects.toThrow(`${file}: expected text in UTF-8, found other bytes`);
  });

  it('is refused where a folder is in the place of its state, or a note of a process is empty', async () => {
    const { after } = await disturbable();
    const folder = after(2);
    for (const name of ['1.state', '2.state']) {
      await rm(join(folder, 'state', name));
      await mkdir(join(folder, 'state', name));
    }
    await expect(conduct(folder)).rejects.toThrow("2.state: expected a run's state, found a folder");
    const other = after(1);
    await writeFile(join(other, 'running-0a1b2c3d-0000-4000-8000-000000000000.json'), '');
    await expect(conduct(other)).rejects.toThrow('found an empty file: delete it if no process works here');
  });

  it.runIf(process.platform !== 'win32')(
    'is refused at once where something else is in the place of a file, and waits for no pipe',
    async () => {
      const { after } = await disturbable();
      const interrupted = after(2);
      const note = 'running-0a1b2c3d-0000-4000-8000-000000000000.json';
      for (const name of ['study.json', 'rounds.jsonl', 'events.log', note]) {
        for (const [index, { found, put }] of noFiles.entries()) {
          const folder = `${interrupted}-${name}-${index}`;
          cpSync(interrupted, folder, { recursive: true });
          rmSync(join(folder, name), { force: true });
          put(join(folder, name));
          await expect(conduct(folder)).rejects.toThrow(InvalidInput);
          await expect(conduct(folder)).rejects.toThrow(`${join(folder, name)}: expected`);
          await expect(conduct(folder)).rejects.toThrow(`found ${found}`);
        }
      }
    },
  );

  it('is refused where its rounds or its log are in another encoding, or its state is a file', async () => {
    const { after } = await disturbable();
    const folder = after(2);
    for (const name of ['events.log', 'rounds.jsonl']) {
      const text = await readFile(join(folder, name), 'utf8');
      await writeFile(join(folder, name), Buffer.from(text.replace('{', '{"place":"Gr\u00fcn",'), 'latin1'));
      await expect(conduct(folder)).rejects.toThrow(`${join(folder, name)}: expected text in UTF-8, found other bytes`);
      await writeFile(join(folder, name), text);
    }
    await rm(join(folder, 'state'), { recursive: true });
    await writeFile(join(folder, 'state'), '');
    await expect(conduct(folder)).rejects.toThrow(
      `${join(folder, 'state')}: expected a folder, but a part of the path`,
    );
  });

  it('is refused when no state is whole, or the rounds are not those of the state', async () => {
    const { after } = await disturbable();
    const folder = after(3);
    const rounds = await readFile(join(folder, 'rounds.jsonl'), 'utf8');
    await writeFile(join(folder, 'rounds.jsonl'), rounds.split('\n').slice(0, 2).join('\n'));
    await expect(conduct(folder)).rejects.toThrow('rounds.jsonl: expected at least 3 lines, found 1: it was changed');
    await writeFile(
      join(folder, 'rounds.jsonl'),
      rounds.replace(/"parametersSha256":"[0-9a-f]{4}/g, '"parametersSha256":"0000'),
    );
    await expect(conduct(folder)).rejects.toThrow('files of two runs are mixed');
    await writeFile(join(folder, 'state', '2.state'), '');
    await writeFile(join(folder, 'state', '3.state'), '');
    await expect(conduct(folder)).rejects.toThrow(
      'expected a state from which the run can be resumed, found none: delete the run, or choose another folder',
    );
  });

  it('is refused as another run, naming both, and as a finished one', async () => {
    const { undisturbed, after } = await disturbable();
    const folder = after(2);
    const seed = `${folder}: expected seed 0, with which the run in this folder began, found seed 8: choose another folder`;
    await expect(conduct(folder, { study: studyOf({ seed: 8 }) })).rejects.toThrow(
      seed.replace('seed 0', `seed ${study.seed}`),
    );
    await expect(conduct(folder, { backend: 'cpu' })).rejects.toThrow('expected backend wasm, with which');
    const other = studyOf({ evaluation: { everyRounds: 2 } });
    await expect(conduct(folder, { study: other })).rejects.toThrow(
      /expected a study with the digest [0-9a-f]{64}, .* found/,
    );
    const normalisation = { mean: [0.5], standardDeviation: [2] };
    await expect(conduct(folder, { normalisation })).rejects.toThrow(
      'expected recordings that are normalised by none, with which the run in this folder began, found recordings that are normalised by {"mean":[0.5]',
    );
    const cohorts = new Map([['student', [[{ client: 'ann' }]]]]);
    await expect(conduct(folder, { cohorts })).rejects.toThrow(
      /expected cohorts as drawn, with which .*, found cohorts [0-9a-f]{64}/,
    );
    await expect(backendForRun(folder, study, 'cpu')).rejects.toThrow('expected backend wasm');
    expect(await backendForRun(folder, study, undefined)).toBe('wasm');
    await expect(conduct(undisturbed.folder.path)).rejects.toThrow('expected a new folder, found a finished run');
    expect(await bitsOf((await conduct(folder)).run)).toEqual(await bitsOf(undisturbed));
  });
});

/** Makes the newest state of a run that of another version of Gaitway. */
async function beginWith(folder: string, gaitway: string): Promise<void> {
  const { state } = await readState(join(folder, 'state'));
  await writeState(join(folder, 'state'), { ...state, identity: { ...state.identity, gaitway } });
}

describe('a run that another version of Gaitway began', () => {
  const [major = '', minor = '', patch = ''] = gaitwayVersion.split('.');

  it('goes on with the same bits where the versions differ in the last number alone, and the log says so', async () => {
    const { undisturbed, after } = await disturbable();
    const folder = after(3);
    await beginWith(folder, `${major}.${minor}.${Number(patch) + 1}`);
    expect(await backendForRun(folder, study, undefined)).toBe('wasm');
    const { run } = await conduct(folder);
    expect(run.result.stages.map(({ parametersSha256 }) => parametersSha256)).toEqual(
      undisturbed.result.stages.map(({ parametersSha256 }) => parametersSha256),
    );
    const log = await readFile(join(folder, 'events.log'), 'utf8');
    expect(log).toMatch(new RegExp(`"event":"run-resumed".*"gaitway":"${gaitwayVersion}"`));
  });

  it('is refused otherwise, with two ways to go on', async () => {
    const { after } = await disturbable();
    const folder = after(3);
    const began = `${major}.${Number(minor) + 1}.0`;
    await beginWith(folder, began);
    const reason = `expected Gaitway ${began}, with which the run in this folder began, or another ${major}.${Number(minor) + 1}, found Gaitway ${gaitwayVersion}: install that version to go on with the run, or start a new one in another folder`;
    await expect(conduct(folder)).rejects.toThrow(reason);
    await expect(backendForRun(folder, study, undefined)).rejects.toThrow(reason);
  });
});

function conductAgainAfter({ after }: Disturbable, rounds: number): Promise<Conducted> {
  return conduct(after(rounds));
}

describe.runIf(existsSync('/dev/full'))('a run on a disk that is full', () => {
  it('stops with a reason and goes on when there is room', async () => {
    const { undisturbed } = await disturbable();
    const folder = join(await temporaryFolder(), 'run');
    const rounds = join(folder, 'rounds.jsonl');
    const onRounds = (finished: number): void => {
      if (finished === 2) {
        renameSync(rounds, `${rounds}.kept`);
        symlinkSync('/dev/full', rounds);
      }
    };
    // The second round cannot be kept; the third has begun by then.
    await expect(conduct(folder, { onRounds, silentRound: 3 })).rejects.toThrow(
      'the disk is full (ENOSPC). Its finished rounds are kept: mend that, and start again with --run ',
    );
    await rm(rounds);
    renameSync(`${rounds}.kept`, rounds);
    const { run, told } = await conduct(folder);
    expect(told[0]).toContain('after round 1 of stage "student"');
    expect(await bitsOf(run)).toEqual(await bitsOf(undisturbed));
  });
});

describe.runIf(canMount())('a run on a small disk', () => {
  it('stops wherever the disk is full, and loses no finished round', async () => {
    const { undisturbed } = await disturbable();
    const disk = await temporaryFolder();
    mount(disk);
    const folder = join(disk, 'run');
    const filler = join(disk, 'filler');
    for (let free = 0; free < 4; free++) {
      const attempt = conduct(folder, {
        onRounds: (finished) => {
          if (finished === 1) {
            fill(filler, free);
          }
        },
      });
      await expect(attempt).rejects.toThrow('is full (ENOSPC). Its finished rounds are kept');
      await rm(filler);
    }
    expect(await bitsOf((await conduct(folder)).run)).toEqual(await bitsOf(undisturbed));
  });
});

const PAGE = 4096;

/** Fills a disk up to so many pages. */
function fill(filler: string, free: number): void {
  const disk = join(filler, '..');
  const { stdout } = spawnSync('df', ['--output=avail', '-B', String(PAGE), disk], { encoding: 'utf8' });
  writeFileSync(filler, Buffer.alloc(Math.max(0, Number(stdout.split('\n')[1]) - free) * PAGE));
}

function mount(folder: string): void {
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]);
  onTestFinished(() => {
    spawnSync('umount', [folder]);
  });
}

function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'gaitway-'));
  const mounted = process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', place]).status === 0;
  if (mounted) {
    spawnSync('umount', [place]);
  }
  rmdirSync(place);
  return mounted;
}
