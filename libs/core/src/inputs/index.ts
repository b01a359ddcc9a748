/** The input of the network: axes, derived channels and their scale. */

export { type Axes, axesOf } from './axes.js';
export {
  derivedChannel,
  type DerivedChannel,
  type DerivedChannelName,
  derivedChannelNames,
} from './derived-channels.js';
export {
  axesNormalisation,
  inputCount,
  type InputSource,
  type InputSpec,
  type Normalisation,
  writeInputs,
} from './window-inputs.js';
