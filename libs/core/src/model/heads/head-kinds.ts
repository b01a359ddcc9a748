/** The kinds of heads: the loss of each, the form of its targets, and what its logits mean. */

import { logistic, meanOverAnswers, sigmoid, squared, sumOverOutputs } from './answer-losses.js';
import { softmax, softmaxCrossEntropy, type Loss } from './losses.js';

/** The targets of a window: a probability for each class, summing to 1; 1 or 0 for each output; or any number. */
export type TargetForm = 'classes' | 'yes-or-no' | 'numbers';

interface HeadKindTraits<Kind extends string, Targets extends TargetForm, InTaskFiles extends boolean = true> {
  readonly kind: Kind;
  readonly targets: Targets;
  /** Whether a task file can name it. */
  readonly inTaskFiles: InTaskFiles;
  readonly loss: Loss;
  /** Predictions [row, output] from logits. */
  readonly predictions: (logits: Float32Array, outputs: number) => Float32Array;
}

/** One of several classes: cross-entropy of the softmax (Bishop 2006, section 5.2). */
const exclusive: HeadKindTraits<'exclusive', 'classes'> = {
  kind: 'exclusive',
  targets: 'classes',
  inTaskFiles: true,
  loss: softmaxCrossEntropy,
  predictions: softmax,
};

/**
 * Several yes-or-no questions, each with hidden units of its own: logistic losses, summed over the questions, as
 * SelfHAR does to distinguish transformations (Tang et al. 2021, arXiv 2102.06073).
 */
const independent: HeadKindTraits<'independent', 'yes-or-no', false> = {
  kind: 'independent',
  targets: 'yes-or-no',
  inTaskFiles: false,
  loss: sumOverOutputs(logistic),
  predictions: sigmoid,
};

/**
 * Several yes-or-no questions on one hidden layer; with one output, a binary label: logistic losses (Bishop 2006,
 * section 5.2), averaged over all the answers.
 */
const multiLabel: HeadKindTraits<'multi-label', 'yes-or-no'> = {
  kind: 'multi-label',
  targets: 'yes-or-no',
  inTaskFiles: true,
  loss: meanOverAnswers(logistic),
  predictions: sigmoid,
};

/** Numbers: half the squared error (Bishop 2006, section 5.2), averaged over all the answers. */
const regression: HeadKindTraits<'regression', 'numbers'> = {
  kind: 'regression',
  targets: 'numbers',
  inTaskFiles: true,
  loss: meanOverAnswers(squared),
  predictions: (logits) => logits.slice(),
};

type AnyHeadKind = typeof exclusive | typeof independent | typeof multiLabel | typeof regression;

/** The kind of a head, which determines its targets and its loss. */
export type HeadKind = AnyHeadKind['kind'];

/** The kinds whose traits match. */
export type HeadKindWith<Traits extends Partial<HeadKindTraits<HeadKind, TargetForm, boolean>>> = Extract<
  AnyHeadKind,
  Traits
>['kind'];

/** All kinds of heads, keyed by name. */
export const headKinds: Readonly<Record<HeadKind, HeadKindTraits<HeadKind, TargetForm, boolean>>> = {
  exclusive,
  independent,
  'multi-label': multiLabel,
  regression,
};

/** The possible values of a head's `kind`. */
export const headKindNames: readonly HeadKind[] = Object.values(headKinds).map(({ kind }) => kind);
