/** An experiment: methods compared on several splits, label budgets and seeds. Plain data, frozen in `experiment.json`. */

import type { Pipeline, Study } from '@gaitway/core';
import type { BackendName } from '../backend/backend-name.js';

/** A study that is simulated. */
export interface StudyMethod {
  readonly kind: 'study';
  readonly name: string;
  /** With whole paths of the models that it names. */
  readonly study: Study;
  /** The stage whose figures count; absent: the last that was evaluated. */
  readonly stage?: string;
  /** The baseline of the run whose figures count, in place of a stage's. */
  readonly baseline?: string;
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

/** Who is labelled and who is tested, in place of what the studies say. */
export interface Split {
  readonly name: string;
  readonly labelled: readonly string[];
  readonly test: readonly string[];
}

/** How splits are drawn from the people of the data. */
export interface SplitDraws {
  /** People with labels in each draw. */
  readonly labelled: number;
  /** Groups of test people, which the draws take in turn. */
  readonly test: readonly (readonly string[])[];
  readonly count: number;
  readonly seed: number;
}

/** Two methods, of which the first is set against the second. */
export interface ComparedPair {
  readonly method: string;
  readonly against: string;
}

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
  /** People held out by every method; those of the splits where there are some. */
  readonly test?: readonly string[];
  /** Absent where the studies themselves say who is labelled and tested. */
  readonly splits?: readonly Split[];
  /** What the splits were drawn by. */
  readonly draws?: SplitDraws;
  /** What computes; absent: the fastest that works. */
  readonly backend?: BackendName;
  readonly methods: readonly Method[];
  /** Absent: every method against the last. */
  readonly compare?: readonly ComparedPair[];
  readonly reference: readonly ReferenceFigure[];
}
