import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, startGaitwayUntil } from '../testing/gaitway-process.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { clientNames, writeStudyFile, writeTinyStudy } from '../testing/tiny-study.js';

/** The lines of a file in which each line is a JSON document. */
async function jsonLines(path: string): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(path, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function filesOf(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).sort();
}

describe('gaitway simulate', () => {
  it('leaves a complete run, and tells how it went', async () => {
    const { folder, study, data } = await writeTinyStudy();
    const run = join(folder, 'run');
    const { code, stdout } = await gaitway('simulate', study, '--data', data, '--run', run, '--backend', 'wasm');
    expect(code).toBe(0);
    expect(stdout).toContain('Study "tiny": 3 clients, backend wasm');
    expect(stdout).toMatch(/^student 2\/2: 4 answered, weighted F1 \d\.\d{3}$/m);
    expect(stdout).toContain(`Report: ${join(run, 'report.html')}`);
    expect(await filesOf(run)).toEqual([
      'events.log',
      'models',
      'report.html',
      'result.json',
      'rounds.jsonl',
      'study.json',
    ]);
    expect(await filesOf(join(run, 'models'))).toEqual([
      'fine-tune.md',
      'fine-tune.safetensors',
      'student.safetensors',
      'teacher.safetensors',
    ]);
    const rounds = await jsonLines(join(run, 'rounds.jsonl'));
    expect(rounds.map(({ stage, round }) => [stage, round])).toEqual([
      ['teacher', 1],
      ['student', 1],
      ['student', 2],
      ['fine-tune', 1],
    ]);
    const page = await readFile(join(run, 'report.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>[^]*<\/html>\s*$/i);
    expect(page).toContain('windows of people of the clients, whose labels no model saw');
  });

  it('tells what is suspect in its data, and refuses it where it is strict', async () => {
    const { folder, study, data } = await writeTinyStudy();
    const [name = ''] = await filesOf(join(data, 'person-05'));
    const path = join(data, 'person-05', name);
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    const dead = lines.map((line, index) => (index === 0 ? line : line.replace(/[^,]+$/, '0')));
    await writeFile(path, `${dead.join('\n')}\n`);
    const suspect = new RegExp(`person-05/${name}:? channel z never changes: always 0`);
    const strict = await gaitway('simulate', study, '--data', data, '--run', join(folder, 'strict'), '--strict');
    expect(strict).toMatchObject({ code: 2, stderr: expect.stringMatching(suspect) });
    const run = await gaitway('simulate', study, '--data', data, '--run', join(folder, 'run'), '--backend', 'wasm');
    expect(run).toMatchObject({ code: 0, stderr: expect.stringMatching(suspect) });
  });

  it("keeps figures of the test people and of the clients' own, for each stage and person", async () => {
    const { folder, study, data } = await writeTinyStudy();
    const run = join(folder, 'run');
    expect((await gaitway('simulate', study, '--data', data, '--run', run, '--backend', 'wasm')).code).toBe(0);
    const result = JSON.parse(await readFile(join(run, 'result.json'), 'utf8')) as Record<
      'evaluation' | 'clientEvaluation',
      Record<string, { readonly windows: number; readonly people: readonly { name: string; windows: number }[] }>
    >;
    for (const [key, names] of [
      ['evaluation', ['person-01']],
      ['clientEvaluation', clientNames],
    ] as const) {
      expect(Object.keys(result[key])).toEqual(['teacher', 'student', 'fine-tune']);
      for (const { windows, people } of Object.values(result[key])) {
        expect(people.map(({ name }) => name)).toEqual(names);
        expect(people.reduce((sum, person) => sum + person.windows, 0)).toBe(windows);
      }
    }
  });

  it('repeats the cohorts of another run to the same bits', async () => {
    const { folder, study, data } = await writeTinyStudy({
      cohort: { target: 1, overSelect: 2, minimum: 3, quorum: 1 },
    });
    const [first, again] = [join(folder, 'first'), join(folder, 'again')];
    const arguments_ = ['simulate', study, '--data', data, '--backend', 'wasm', '--workers', '2'];
    expect((await gaitway(...arguments_, '--run', first)).code).toBe(0);
    expect((await gaitway(...arguments_, '--run', again, '--cohorts', first)).code).toBe(0);
    const lines = async (run: string): Promise<readonly unknown[]> =>
      (await jsonLines(join(run, 'rounds.jsonl'))).map(({ clients, parametersSha256 }) => [
        (clients as readonly { client: string; outcome: string }[])
          .filter(({ outcome }) => outcome === 'answered')
          .map(({ client }) => client),
        parametersSha256,
      ]);
    const rounds = await lines(first);
    expect(rounds[1]).toEqual([['coordinator', expect.stringContaining('person-')], expect.any(String)]);
    expect(await lines(again)).toEqual(rounds);

    const other = await gaitway(...arguments_, '--run', join(folder, 'other'), '--cohorts', first, '--seed', '9');
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('expected a run of this very study') });
  });

  it('fills a buffer in a drawn order: the same bits with any number of workers, killed, and repeated', async () => {
    const { folder, study, data } = await writeTinyStudy({
      rounds: 4,
      cohort: {},
      coordinatorTakesPart: false,
      buffer: { size: 1, concurrency: 3 },
    });
    const argumentsFor = (name: string, workers: string): readonly string[] => [
      ...['simulate', study, '--data', data, '--run', join(folder, name)],
      ...['--backend', 'wasm', '--workers', workers],
    ];
    const lines = async (name: string): Promise<readonly object[]> =>
      (await jsonLines(join(folder, name, 'rounds.jsonl'))).map((line) => ({ ...line, seconds: 0, phases: undefined }));
    const first = await gaitway(...argumentsFor('first', '1'));
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^student 4\/4: .*staleness [1-3]\.0/m) });
    const undisturbed = await lines('first');
    expect((await gaitway(...argumentsFor('second', '2'))).code).toBe(0);
    expect(await lines('second')).toEqual(undisturbed);

    await startGaitwayUntil(/^student 2\/4: /m, ...argumentsFor('killed', '2')).ended;
    expect((await gaitway(...argumentsFor('killed', '1'))).code).toBe(0);
    expect(await lines('killed')).toEqual(undisturbed);

    expect((await gaitway(...argumentsFor('again', '1'), '--cohorts', join(folder, 'first'))).code).toBe(0);
    const digests = (rounds: readonly object[]): readonly unknown[] =>
      rounds.map((line) => (line as { readonly parametersSha256: string }).parametersSha256);
    expect(digests(await lines('again'))).toEqual(digests(undisturbed));
  });

  it('keeps what was learned when somebody interrupts it', async () => {
    const { folder, study, data } = await writeTinyStudy({ steps: 1_000_000 });
    const run = join(folder, 'run');
    const simulation = startGaitway('simulate', study, '--data', data, '--run', run, '--backend', 'wasm', '--json');
    await simulation.says(/^teacher: /m);
    simulation.interrupt();
    expect(await simulation.ended).toMatchObject({
      code: 130,
      stdout: '',
      stderr: expect.stringContaining('Interrupted.'),
    });
    expect(await filesOf(run)).toEqual(['events.log', 'models', 'rounds.jsonl', 'state', 'study.json']);
    expect(await filesOf(join(run, 'models'))).toEqual(['teacher.safetensors']);
    expect((await jsonLines(join(run, 'rounds.jsonl'))).map(({ stage }) => stage)).toEqual(['teacher']);
    expect((await jsonLines(join(run, 'events.log'))).at(-1)).toMatchObject({
      event: 'run-stopped',
      reason: 'interrupted',
    });
  });

  it('goes on with a run that was killed, to the same bits, and only with that', async () => {
    const { folder, study, data } = await writeTinyStudy();
    const argumentsFor = (name: string): readonly string[] => [
      ...['simulate', study, '--data', data, '--run', join(folder, name)],
      ...['--backend', 'wasm', '--workers', '1', '--json'],
    ];
    await startGaitwayUntil(/^student 1\/2: /m, ...argumentsFor('killed')).ended;

    const other = await gaitway(...argumentsFor('killed'), '--seed', '8');
    expect(other).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/expected seed \d+, .*, found seed 8: choose/),
    });

    const again = await gaitway(...argumentsFor('killed'));
    expect(again.stderr).toMatch(/^Resuming the run in .*, after round 1 of stage "student"\.$/m);
    expect(again.stderr).not.toMatch(/^teacher: /m);
    const undisturbed = await gaitway(...argumentsFor('undisturbed'));
    const digests = ({ stdout }: { readonly stdout: string }): readonly string[] =>
      (JSON.parse(stdout) as { readonly stages: readonly { readonly parametersSha256: string }[] }).stages.map(
        ({ parametersSha256 }) => parametersSha256,
      );
    expect(digests(again)).toEqual(digests(undisturbed));
    const lines = async (name: string): Promise<readonly object[]> =>
      (await jsonLines(join(folder, name, 'rounds.jsonl'))).map((line) => ({ ...line, seconds: 0, phases: undefined }));
    expect(await lines('killed')).toEqual(await lines('undisturbed'));
  });

  it('ends with 3 when the study cannot go on, and says why', async () => {
    const { folder, study, data } = await writeTinyStudy({ selection: { minimumConfidence: 1 } });
    const run = join(folder, 'run');
    const { code, stderr } = await gaitway('simulate', study, '--data', data, '--run', run, '--backend', 'wasm');
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^The study stopped: No round of stage "student" was completed: all 4 asked abstained \(.*person-03 abstained: the teacher was sure of none of its 36 windows/,
    );
    expect((await jsonLines(join(run, 'events.log'))).at(-1)).toMatchObject({ event: 'run-stopped' });
  });

  it('ends with 2 for an unknown key, with the file, the path and what was probably meant', async () => {
    const study = await writeStudyFile(await temporaryFolder(), { selection: { minimumConfidnce: 0 } });
    expect(await gaitway('simulate', study, '--data', 'data')).toEqual({
      code: 2,
      stdout: '',
      stderr: `${study}: stages[1].selection.minimumConfidnce: unknown key, expected one of "kind", "minimumConfidence", "pluralityOnly", "maximumPerClass"; did you mean "minimumConfidence"?\n`,
    });
  });

  it('ends with 2 for a data folder without recordings', async () => {
    const study = await writeStudyFile(await temporaryFolder());
    const empty = await temporaryFolder();
    const { code, stderr } = await gaitway('simulate', study, '--data', empty);
    expect(code).toBe(2);
    expect(stderr).toMatch(/: expected files of a known layout \(.*\), found an empty folder\n$/);
    expect(stderr.startsWith(empty)).toBe(true);
  });
});
