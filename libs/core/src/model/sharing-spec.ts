/** How the heads of a network share it, if it is not one core for all and a hidden layer for each. */

/**
 * How a shared hidden layer learns which head a row is for: how the one-hot descriptor of the head is combined with the
 * features.
 */
export type DescriptorKind = 'concatenated' | 'added' | 'gated';

export interface SharedHiddenSpec {
  readonly units: number;
  readonly descriptor: DescriptorKind;
}

/** A key that is absent changes nothing, neither layout nor bits. */
export interface SharingSpec {
  /**
   * Number of convolutions, from the bottom, that all heads share; each head has its own copies of the others. Absent:
   * all.
   */
  readonly sharedConvolutions?: number;
  /** λ: weight of the squared distances between the heads' own copies in the loss. */
  readonly softSharing?: number;
  /** One hidden layer for all heads, which then consist of an output layer only. */
  readonly sharedHidden?: SharedHiddenSpec;
}
