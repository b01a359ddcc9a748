/**
 * An experiment: methods compared on several splits, label budgets and seeds. Plain data, stored in `experiment.json`.
 */

import type { Study } from '@gaitway/core';
import type { Pipeline } from '@gaitway/core/pipeline';
import type { BackendName } from '../backend/backend-name.js';

/** A study that is simulated. */
export interface StudyMethod {
  readonly kind: 'study';
  readonly name: string;
  /** The study, in which the paths of models are absolute. */
  readonly study: Study;
  /** The stage whose figures are used; by default the last that was evaluated. */
  readonly stage?: string;
  /** The baseline of the run whose figures are used, in place of a stage's. */
  readonly baseline?: string;
}

/** A pipeline that is trained on one machine. */
export interface PipelineMethod {
  readonly kind: 'pipeline';
  readonly name: string;
  /** The pipeline, in which the paths of models are absolute. */
  readonly pipeline: Pipeline;
  /** Tag of the step whose figures are used; by default the last that was evaluated. */
  readonly step?: string;
}

export type Method = StudyMethod | PipelineMethod;

/** The labelled and the test people, which replace those of the studies. */
export interface Split {
  readonly name: string;
  readonly labelled: readonly string[];
  readonly test: readonly string[];
}

/** How splits are drawn from the people in the data. */
export interface SplitDraws {
  /** Number of people with labels in each draw. */
  readonly labelled: number;
  /** Groups of test people, which the draws use in turn. */
  readonly test: readonly (readonly string[])[];
  readonly count: number;
  readonly seed: number;
}

/** Two methods, the first of which is compared with the second. */
export interface ComparedPair {
  readonly method: string;
  readonly against: string;
}

/** A published figure that is drawn beside the experiment's own. */
export interface ReferenceFigure {
  readonly name: string;
  readonly windowsPerClass: number;
  readonly weightedF1: number;
}

export interface Experiment {
  readonly name: string;
  readonly seeds: readonly number[];
  /** Label budgets; if absent, every method keeps all the labels that it has. */
  readonly windowsPerClass?: readonly number[];
  /** People held out by every method; absent where the splits name them. */
  readonly test?: readonly string[];
  /** Absent where the studies themselves determine who is labelled and tested. */
  readonly splits?: readonly Split[];
  /** How the splits were drawn, if they were. */
  readonly draws?: SplitDraws;
  /** By default the fastest that works. */
  readonly backend?: BackendName;
  readonly methods: readonly Method[];
  /** By default every method is compared with the last. */
  readonly compare?: readonly ComparedPair[];
  readonly reference: readonly ReferenceFigure[];
}
