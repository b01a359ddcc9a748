/** Area under the ROC curve, by ranks (J. A. Hanley and B. J. McNeil, Radiology 143, 1982: it is the Mann-Whitney statistic). */

/**
 * Probability that a positive window scores higher than a negative one; equal scores count a half. `null` where there
 * are no positives or no negatives.
 *
 * @param scores - [window]
 * @param positive - [window]; 1 where the window is positive, else 0
 */
export function rocAuc(scores: Float64Array, positive: Uint8Array): number | null {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const positives = positive.reduce((sum, one) => sum + one, 0);
  const negatives = positive.length - positives;
  if (positives === 0 || negatives === 0) {
    return null;
  }
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let positivesHere = 0;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) {
      positivesHere += positive[order[end]!]!;
      end++;
    }
    // Ranks count from 1; equal scores share the mean of their ranks start + 1 … end.
    rankSum += (positivesHere * (start + 1 + end)) / 2;
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
