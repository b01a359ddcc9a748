/** Averages of precision, recall and specificity over all classes. */

import { outcomesOf, type Confusion } from './confusion.js';
import type { AverageFigures, Averages, ClassFigures } from './evaluation.js';
import { ratio } from './ratio.js';

/** @param classes - The figures of each class of `confusion`. */
export function averagesOf(confusion: Confusion, classes: readonly ClassFigures[]): Averages {
  const occurring = classes.filter(({ support }) => support > 0);
  return {
    macro: meansOf(occurring, () => 1),
    weighted: meansOf(occurring, ({ support }) => support),
    micro: pooled(confusion),
  };
}

function meansOf(classes: readonly ClassFigures[], weightOf: (figures: ClassFigures) => number): AverageFigures {
  const mean = (of: (figures: ClassFigures) => number | null): number | null => {
    let [sum, weights] = [0, 0];
    for (const figures of classes) {
      const value = of(figures);
      if (value !== null) {
        sum += weightOf(figures) * value;
        weights += weightOf(figures);
      }
    }
    return ratio(sum, weights);
  };
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    specificity: mean(({ specificity }) => specificity),
  };
}

function pooled(confusion: Confusion): AverageFigures {
  const outcomes = confusion.map((_, index) => outcomesOf(confusion, index));
  const total = (name: keyof (typeof outcomes)[number]): number => outcomes.reduce((sum, each) => sum + each[name], 0);
  const truePositives = total('truePositives');
  const trueNegatives = total('trueNegatives');
  return {
    precision: ratio(truePositives, truePositives + total('falsePositives')),
    recall: ratio(truePositives, truePositives + total('falseNegatives')),
    specificity: ratio(trueNegatives, trueNegatives + total('falsePositives')),
  };
}
