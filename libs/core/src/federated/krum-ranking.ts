/** Krum's score: how far an update is from those around it (Blanchard et al. 2017, arXiv 1703.02757, section 4). */

/** Squared Euclidean distances, shape [update][update]. Their number grows with the square of the number of updates. */
export function squaredDistances(deltas: readonly Float32Array[]): readonly Float64Array[] {
  const distances = deltas.map(() => new Float64Array(deltas.length));
  deltas.forEach((delta, first) => {
    for (let second = 0; second < first; second++) {
      const distance = squaredDistance(delta, deltas[second]!);
      distances[first]![second] = distance;
      distances[second]![first] = distance;
    }
  });
  return distances;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) {
    const difference = a[index]! - b[index]!;
    sum += difference * difference;
  }
  return sum;
}

/**
 * s(i) = Σ ‖Vᵢ - Vⱼ‖² over the n - f - 2 updates j that are nearest to i, of n `members`; at least one neighbour is
 * used.
 *
 * @param distances - Shape [update][update]; see {@link squaredDistances}
 * @param members - Indices of the updates to rank
 * @param byzantine - f
 * @returns Scores, shape [member]
 */
export function krumScores(
  distances: readonly Float64Array[],
  members: readonly number[],
  byzantine: number,
): readonly number[] {
  const neighbours = Math.max(1, members.length - byzantine - 2);
  return members.map((member) =>
    Float64Array.from(
      members.filter((other) => other !== member),
      (other) => distances[member]![other]!,
    )
      .sort()
      .subarray(0, neighbours)
      .reduce((sum, distance) => sum + distance, 0),
  );
}

/**
 * The members in ascending order of their scores; where scores are equal, the earlier one by client name comes first.
 */
export function krumRanking(
  distances: readonly Float64Array[],
  members: readonly number[],
  byzantine: number,
): readonly number[] {
  const scores = krumScores(distances, members, byzantine);
  return members
    .map((member, place) => ({ member, score: scores[place]! }))
    .sort((a, b) => a.score - b.score || a.member - b.member)
    .map(({ member }) => member);
}
