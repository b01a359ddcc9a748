/** The made-up rounds of a run of the sample study. */

import { COORDINATOR, type Evaluation, type RoundReport, type Study } from '@gaitway/core';
import type { BaselineResult } from '@gaitway/core/baseline';
import { layoutOf } from '@gaitway/core/model';
import { networkOf } from '@gaitway/core/study';
import { confusionOf, evaluationOf } from './sample-evaluation.js';

/** The rounds of a run: the student improves from below its teacher to above it, one round and some clients fail. */
export function sampleReports(study: Study, clients: readonly string[]): RoundReport[] {
  return study.stages.flatMap((stage, place) => {
    const rounds = stage.where === 'clients' ? stage.rounds : 1;
    const size = layoutOf(networkOf(study, stage.name)).size;
    return Array.from({ length: rounds }, (_, index): RoundReport => {
      const parameters = Float32Array.from({ length: size }, (_unused, slot) => Math.sin(slot + 100 * place + index));
      const aborted = stage.where === 'clients' && index === 4;
      const skill = stage.where === 'clients' ? 0.25 + 0.6 * (1 - Math.exp(-index / 4)) : 0.45 + place * 0.22;
      return {
        stage: stage.name,
        where: stage.where,
        round: index + 1,
        rounds,
        ...(aborted ? { phase: 'aborted', reason: 'expected at least 3 answers, found 2' } : { phase: 'completed' }),
        parameters,
        checkpoint: {
          results: {},
          stage: stage.name,
          round: index + 1,
          carried: { server: { parameters, optimizer: null }, labelling: undefined },
          abortedBecause: [],
        },
        clients:
          stage.where === 'clients'
            ? clientReports(study, [...clients, COORDINATOR], index)
            : [{ client: COORDINATOR, outcome: 'answered', examples: 600, summary: { windows: 600, loss: 0.4 } }],
        evaluation: sampleEvaluation(study, skill),
      };
    });
  });
}

/** Two baselines that are above the teacher and below the final model. */
export function sampleBaselines(study: Study): readonly BaselineResult[] {
  return [
    { name: 'forest', evaluation: sampleEvaluation(study, 0.6) },
    { name: 'random-kernels', evaluation: sampleEvaluation(study, 0.8) },
  ];
}

/** An evaluation on test windows of unequal classes. */
function sampleEvaluation(study: Study, skill: number): Evaluation {
  const supports = study.activities.map((_, index) => 130 + ((index * 97) % 260));
  return evaluationOf(confusionOf(supports, skill), study.activities);
}

function clientReports(study: Study, clients: readonly string[], round: number): RoundReport['clients'] {
  return clients.map((client, place) => {
    const windows = 180 + ((place * 53) % 140);
    if ((place * 5 + round) % 23 === 11) {
      return { client, outcome: 'failed', reason: place % 2 === 0 ? 'left during the round' : 'no answer in 120 s' };
    }
    if (place === 3) {
      return { client, outcome: 'abstained', reason: 'the teacher was sure of no window', windows };
    }
    const accepted = study.activities.map((_, index) =>
      Math.round((windows / study.activities.length) * (0.35 + 0.6 * Math.abs(Math.sin(place * 1.7 + index * 2.3)))),
    );
    const examples = accepted.reduce((sum, count) => sum + count, 0);
    return { client, outcome: 'answered', examples, summary: { windows, accepted, loss: 1.2 / (round + 1) } };
  });
}
