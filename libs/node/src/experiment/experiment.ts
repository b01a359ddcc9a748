/** An experiment: methods compared at several label budgets and seeds. Plain data, frozen in `experiment.json`. */

import type { Pipeline, Study } from '@gaitway/core';
import type { BackendName } from '../backend/backend-name.js';

/** A study that is simulated. */
export interface StudyMethod {
  readonly kind: 'study';
  readonly name: string;
  /** With whole paths of the models that it names. */
  readonly study: Study;
}

/** A pipeline that is trained on one machine. */
export interface PipelineMethod {
  readonly kind: 'pipeline';
  readonly name: string;
  /** With whole paths of the models that it names. */
  readonly pipeline: Pipeline;
  /** Tag of the step whose figures count; absent: the last that was evaluated. */
  readonly step?: string;
}

export type Method = StudyMethod | PipelineMethod;

/** A published figure to draw beside one's own. */
export interface ReferenceFigure {
  readonly name: string;
  readonly windowsPerClass: number;
  readonly weightedF1: number;
}

export interface Experiment {
  readonly name: string;
  readonly seeds: readonly number[];
  /** Label budgets; absent: every method keeps all the labels that it has. */
  readonly windowsPerClass?: readonly number[];
  /** People held out by every method. */
  readonly test?: readonly string[];
  /** What computes; absent: the fastest that works. */
  readonly backend?: BackendName;
  readonly methods: readonly Method[];
  readonly reference: readonly ReferenceFigure[];
}
