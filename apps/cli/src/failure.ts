/** How a failure is described for whoever started the command. */

import { StudyRefused } from '@gaitway/client';
import { InvalidInput, StudyStopped } from '@gaitway/core';
import { Interrupted } from '@gaitway/node';

export interface Failure {
  readonly message: string;
  /** 1: failed, 2: invalid input or a study that the client's policy refuses, 3: the study could not go on, 130: interrupted. */
  readonly exitCode: 1 | 2 | 3 | 130;
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof InvalidInput) {
    return { message: error.message, exitCode: 2 };
  }
  if (error instanceof StudyRefused) {
    return { message: error.message, exitCode: 2 };
  }
  if (error instanceof StudyStopped) {
    return { message: `The study stopped: ${error.message}`, exitCode: 3 };
  }
  if (error instanceof Interrupted) {
    return {
      message: 'Interrupted. A run that had begun keeps its finished rounds or steps in its folder.',
      exitCode: 130,
    };
  }
  return { message: error instanceof Error ? error.message : String(error), exitCode: 1 };
}
