/** How the heads of a network share it, where it is not one core for all and a hidden layer for each. */

/** How a shared hidden layer is told which head a row is for: the one-hot descriptor of the head meets the features. */
export type DescriptorKind = 'concatenated' | 'added' | 'gated';

export interface SharedHiddenSpec {
  readonly units: number;
  readonly descriptor: DescriptorKind;
}

/** A key that is absent changes nothing: neither layout nor bits. */
export interface SharingSpec {
  /** How many convolutions, from the bottom, all heads share; each head has copies of its own of the others. Absent: all. */
  readonly sharedConvolutions?: number;
  /** λ: the weight, in the loss, of the squared distances between the heads' own copies. */
  readonly softSharing?: number;
  /** One hidden layer for all heads, which then are linear: an output layer each. */
  readonly sharedHidden?: SharedHiddenSpec;
}
