/** Evaluates a model on a folder of labelled recordings. */

import { evaluateClassifier } from '@gaitway/core/classifier';
import { learnedFrom, listedClients } from '@gaitway/core/study';
import { type BackendName, parseBackendName } from '../backend/backend-name.js';
import { loadBackend } from '../backend/load-backend.js';
import { refuseTakenPath } from '../files/refuse-taken-path.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import type { Run } from '../run/read-run.js';
import { recordingsByPerson, recordingsOf } from '../study/load-data.js';
import { type ClassifierOptions, type GivenClassifier, readGivenClassifier } from './given-classifier.js';
import { type EvaluatedModel, renderEvaluationPage } from './render-evaluation.js';

export interface EvaluateOptions extends ClassifierOptions {
  /** Whose recordings; by default the run's test people where a run was given, everybody where a file was given. */
  readonly people?: readonly string[] | undefined;
  /** Path of a page with the figures, which must not be there yet; none if absent. */
  readonly out?: string | undefined;
}

/**
 * Evaluates a model. The figures of a run's final model on its test people are those in the run's `result.json`, bit for
 * bit on the run's backend, which is the default then.
 *
 * @throws InvalidInput when there is no model or it does not tell activities apart, the page cannot be a new file, people
 *   are not there, or their recordings cannot be read, have no label, or have activities that the model does not know
 */
export async function evaluateRecordings(options: EvaluateOptions): Promise<EvaluatedModel> {
  const { out } = options;
  const given = await readGivenClassifier(options);
  if (out === undefined) {
    return evaluate(given, options);
  }
  await refuseTakenPath(out);
  const evaluated = { ...(await evaluate(given, options)), page: out };
  await writeFileAtomically(out, renderEvaluationPage(evaluated));
  return evaluated;
}

async function evaluate(
  { classifier, facts, run, smoothing }: GivenClassifier,
  { source, reporter, signal, ...options }: EvaluateOptions,
): Promise<EvaluatedModel> {
  const { name: backend } = await loadBackend(options.backend ?? backendOf(run));
  reporter.status('reading recordings …');
  const asked = options.people ?? run?.study.people.test;
  const found = await recordingsByPerson(classifier.metadata.sensors, { ...source, ...(asked && { people: asked }) });
  const people = asked ?? [...found.keys()];
  reporter.status('evaluating …');
  const { plain, smoothed } = await evaluateClassifier(classifier, recordingsOf(found, people), { smoothing, signal });
  return {
    model: facts,
    backend,
    people,
    ...(run && { learnedFrom: trainingPeople(run, facts.stage).filter((person) => people.includes(person)) }),
    evaluation: plain,
    ...(smoothing && smoothed && { smoothed: { smoothing, evaluation: smoothed } }),
  };
}

function backendOf(run: Run | undefined): BackendName | undefined {
  return run && parseBackendName(run.result.backend, `${run.folder.result}, backend`);
}

/**
 * The people whose recordings are in the model, or may be. A client that the study does not list is one person in a
 * simulation, and may be anybody in a deployment.
 */
function trainingPeople({ study, result }: Run, stage: string): readonly string[] {
  const { people } = study;
  const listed = new Map(listedClients(people)?.map((client) => [client.name, client.people.map(({ name }) => name)]));
  const clients = result.clients.flatMap(({ name }) => listed.get(name) ?? [name]);
  return [
    ...(learnedFrom(study, stage, 'labelled') === 'no' ? [] : people.labelled),
    ...(learnedFrom(study, stage, 'clients') === 'no' ? [] : clients),
  ];
}
