/** Runs a study, keeps it in its folder and says how it goes: what simulations, services and demos share. */

import {
  type EvaluateTask,
  type Participant,
  type RoundReport,
  runStudy,
  type Study,
  type StudyContext,
} from '@gaitway/core';
import type { BaselineResult } from '@gaitway/core/baseline';
import { join } from 'node:path';
import { storageFault } from '../files/file-fault.js';
import { readModel } from '../models/model-file.js';
import { writeModelCard } from '../report/model-card.js';
import { writeReport } from '../report/render-report.js';
import { roundText } from '../run/events/event-text.js';
import type { Run } from '../run/read-run.js';
import type { RoundPhases } from '../run/round-line.js';
import { modelPath } from '../run/run-folder.js';
import { openPrivacyLedger, type StoredPrivacyLedger } from '../run/privacy-ledger.js';
import { type RunPlan, type RunRecorder, startRun } from '../run/run-recorder.js';
import type { RunResult, Traffic } from '../run/run-result.js';
import type { Reporter } from '../terminal/reporter.js';
import { phaseClock } from './phase-clock.js';
import { isPaused, waitWhilePaused, untilStopped } from './pause-and-stop.js';

export interface StudyConduct extends Omit<StudyContext, 'resume' | 'privacy'> {
  readonly study: Study;
  readonly run: Omit<RunPlan, 'study' | 'cohorts' | 'traffic' | 'now'>;
  /** Bytes to and from the clients so far. */
  readonly traffic: () => Traffic;
  /** Holds labelled windows of the clients' people, on which each stage's model is evaluated after the last stage. */
  readonly clientPeople?: Participant | undefined;
  readonly reporter: Reporter;
  /** Called when the run's folder is there; `note` adds an event to its log. */
  readonly onStart?: (note: RunRecorder['note']) => void;
  /** Called after each round that is kept. */
  readonly onRound?: (report: RoundReport) => void;
  /** Folder of a privacy ledger that several runs on the same people share; the run's own if absent. */
  readonly budget?: string | undefined;
  /** What baselines reach; called once, after the last stage. */
  readonly baselines?: ((signal: AbortSignal) => Promise<readonly BaselineResult[]>) | undefined;
  /** Called when the result is on disk. Until it resolves, the run can be taken up, and comes to this point again. */
  readonly onResult?: (result: RunResult, signal: AbortSignal) => Promise<void>;
  /** Called when the run begins to rest between two rounds, and when it goes on. */
  readonly onPause?: (change: 'paused' | 'unpaused') => void;
}

/**
 * Runs all stages, or those that an interrupted run in the folder has left. A round is put on the disk while the next
 * one is asked for, and is there before that one ends; the report and the final model's card are written at the end. Between rounds it rests as long
 * as the folder says that it is paused.
 *
 * @throws InvalidInput when the run's folder is taken; StudyStopped when the study could not go on, or its files cannot be written (`RunNotStored`);
 *   the signal's reason when it aborts; Interrupted when `gaitway stop` ends this run alone. The run's folder says so in
 *   each case.
 */
export async function conductStudy(conduct: StudyConduct): Promise<Run> {
  const { study, run, cohorts, reporter, traffic } = conduct;
  try {
    await using recorder = await startRun({ ...run, study, cohorts, traffic, now: () => new Date() });
    tellResume(recorder, reporter);
    conduct.onStart?.(recorder.note);
    const { signal } = conduct;
    return await untilStopped(recorder.stopNote, signal, (until) =>
      conductWith(recorder, { ...conduct, signal: until }),
    );
  } catch (error) {
    throw storageFault(error, run.folder) ?? error;
  }
}

async function conductWith(recorder: RunRecorder, conduct: StudyConduct): Promise<Run> {
  let keeping = Promise.resolve();
  const lost = new AbortController();
  const signal = AbortSignal.any([conduct.signal, lost.signal]);
  const clock = phaseClock(conduct, () => performance.now());
  const keep = async (report: RoundReport, phases: RoundPhases): Promise<void> => {
    await recorder.record(report, phases);
    conduct.reporter.line(roundText(report));
    conduct.onRound?.(report);
  };
  try {
    await using ledger = await openLedger(recorder, conduct);
    await waitWhilePaused(recorder, conduct);
    const { study } = conduct;
    const { fleet, coordinator } = clock;
    const context = { ...conduct, fleet, coordinator, signal, resume: recorder.resume, privacy: ledger };
    for await (const report of runStudy(study, context)) {
      const phases = clock.take();
      await keeping;
      keeping = keep(report, phases);
      keeping.catch((error: unknown) => {
        lost.abort(error); // The round that has begun would be in vain.
      });
      if (!mayRunAhead(report, study)) {
        await keeping;
      }
      if (!isLast(report, study) && (await isPaused(recorder))) {
        await keeping;
        await waitWhilePaused(recorder, conduct);
      }
    }
    return await finishRun(recorder, { ...conduct, signal }, ledger);
  } catch (error) {
    await keeping.catch(() => undefined);
    // A disk that is full takes no reason either; what is thrown says it.
    await recorder.stop(error instanceof Error ? error.message : String(error)).catch(() => undefined);
    throw error;
  }
}

/** Writes the result, the report and the card of the final model, and removes what only a run that goes on needs. */
async function finishRun(
  recorder: RunRecorder,
  { clientPeople, baselines, onResult, signal }: StudyConduct,
  ledger: StoredPrivacyLedger | undefined,
): Promise<Run> {
  const result = await recorder.finish({
    ...(clientPeople && { clientEvaluation: await evaluateClientPeople(recorder, clientPeople, signal) }),
    ...(baselines && { baselines: await baselines(signal) }),
    ...(ledger && { privacy: ledger.spending() }),
  });
  const run = await writeReport(recorder.folder.path);
  await writeModelCard(run);
  await onResult?.(result, signal);
  await recorder.seal();
  await ledger?.forget();
  return run;
}

/** The ledger of a study with a privacy budget, which outlives its run. @throws StudyStopped when the budget is spent */
async function openLedger(
  { folder: { path: run }, resume }: RunRecorder,
  { study, budget }: StudyConduct,
): Promise<StoredPrivacyLedger | undefined> {
  const { privacy } = study;
  return (
    privacy && openPrivacyLedger({ study: { ...study, privacy }, run, budget, after: resume, now: () => new Date() })
  );
}

/**
 * Whether the stage's next round may be asked for before this one is on the disk. A coordinator that is killed in between
 * asks for this round again. Clients that keep a memory could have forgotten from where they began it. Nor may a private
 * round: repeated with other answers and the same noise, two results would differ by what the answers do.
 */
function mayRunAhead({ round, rounds, checkpoint: { carried } }: RoundReport, { privacy }: Study): boolean {
  return round < rounds && !carried.counted && !carried.buffer && !privacy;
}

function isLast({ stage, round, rounds }: RoundReport, { stages }: Study): boolean {
  return round === rounds && stage === stages.at(-1)?.name;
}

function tellResume({ resume, warnings, folder }: RunRecorder, reporter: Reporter): void {
  warnings.forEach((warning) => {
    reporter.warn(warning);
  });
  if (resume) {
    reporter.line(`Resuming the run in ${folder.path}, after round ${resume.round} of stage "${resume.stage}".`);
  }
}

/**
 * Evaluates the stored model of each evaluated stage on the clients' own people, once all stages are over.
 *
 * @param clientPeople - Holds the windows to test on.
 * @throws The signal's reason when it aborts.
 */
async function evaluateClientPeople(
  recorder: RunRecorder,
  clientPeople: Participant,
  signal: AbortSignal,
): Promise<RunResult['evaluation']> {
  const evaluations = recorder.evaluatedStages().map(async ({ name, rounds }) => {
    const { parameters } = await readModel(join(recorder.folder.path, modelPath(name)));
    const task: EvaluateTask = { kind: 'evaluate', stage: name, round: rounds, parameters };
    return [name, (await clientPeople(task, signal)).evaluation] as const;
  });
  return Object.fromEntries(await Promise.all(evaluations));
}
