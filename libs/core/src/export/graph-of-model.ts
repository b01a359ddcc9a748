/** Turns a stored model into a graph that takes windows in g: preparation of the inputs, network and metadata in one. */

import type { ModelMetadata } from '../classifier/model-metadata.js';
import type { StoredModel } from '../classifier/stored-model.js';
import { InvalidInput, type Issue } from '../errors.js';
import { axesOf } from '../inputs/axes.js';
import type { HeadSpec, NetworkSpec } from '../model/network-spec.js';
import type { SensorPlan } from '../study/study.js';
import { addHeads } from './add-heads.js';
import { addInputs, inputTensors, isFiltered, LONGEST_FILTERED_WINDOW } from './add-inputs.js';
import { type GraphInput, type GraphMetadata, type ModelGraph, startGraph } from './model-graph.js';

/**
 * The graph of a model. It takes windows of raw channels in g, shape [window, time, channel], and gives the predictions of
 * each head by the head's name, shape [window, output]. Heads of transformations, which are for training alone, are left
 * out. Where each site normalises by its own recordings, the graph also takes their mean and standard deviation, shape
 * [channel].
 *
 * @param source - The model's file, for messages
 * @throws InvalidInput when the model has no head to export, a head has the name of an input, the normalisation is
 *   not of all channels, the window is not the network's, channels are derived without axes, or windows are too long for
 *   the filter of gravity
 */
export function graphOfModel({ parameters, metadata }: StoredModel, source: string): ModelGraph {
  const { sensors, normalisation, network } = metadata;
  const heads = network.heads.filter(({ kind }) => kind !== 'independent');
  const inputs = inputsOf(sensors);
  const issues = [...headIssues(heads, network, inputs), ...normalisationIssues(metadata), ...sensorIssues(metadata)];
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
  const graph = startGraph();
  const values = addInputs(graph, sensors, sensors.normalisation === 'site' ? undefined : normalisation);
  const results = addHeads(graph, { network, parameters }, values, heads);
  const headOf = new Map(results.map((node, index) => [node, heads[index]!.name]));
  return {
    inputs,
    constants: graph.constants,
    nodes: graph.nodes.map((node) => ({ ...node, name: headOf.get(node.name) ?? node.name })),
    outputs: heads.map(({ name, outputs }) => ({ name, size: outputs.length })),
    metadata: describe(metadata, heads),
  };
}

function inputsOf({ channels, window, normalisation }: SensorPlan): readonly GraphInput[] {
  const windows: GraphInput = { name: inputTensors.windows, shape: ['window', window, channels.length] };
  const statistics = [inputTensors.mean, inputTensors.deviation].map((name) => ({ name, shape: [channels.length] }));
  return normalisation === 'site' ? [windows, ...statistics] : [windows];
}

function headIssues(heads: readonly HeadSpec[], network: NetworkSpec, inputs: readonly GraphInput[]): readonly Issue[] {
  if (heads.length === 0) {
    const found = network.heads.map(({ name, kind }) => `${name} (${kind})`).join(', ') || 'none';
    return [{ path: 'heads', message: `expected a head that classifies or estimates something, found ${found}` }];
  }
  const taken = inputs.map(({ name }) => name);
  return heads
    .filter(({ name }) => taken.includes(name))
    .map(({ name }) => ({
      path: `heads.${name}`,
      message: `expected another name than that of an input, found ${name}`,
    }));
}

function normalisationIssues({ sensors, normalisation }: ModelMetadata): readonly Issue[] {
  const { mean = [], standardDeviation = [] } = normalisation ?? {};
  const counts = [mean.length, standardDeviation.length];
  const expected = sensors.channels.length;
  if (sensors.normalisation === 'site' || counts.every((count) => count === expected)) {
    return [];
  }
  const message = `expected mean and standard deviation of ${expected} channels, found ${counts.join(' and ')}`;
  return [{ path: 'normalisation', message }];
}

function sensorIssues({ sensors, network }: ModelMetadata): readonly Issue[] {
  const { channels, derived = [], window } = sensors;
  const issues: Issue[] = [];
  if (window !== network.window.length) {
    const message = `expected ${network.window.length} time steps, as the network has, found ${window}`;
    issues.push({ path: 'sensors.window', message });
  }
  if (derived.length > 0 && !axesOf(channels)) {
    const message = `expected three axes, of which ${derived.join(', ')} can be derived, found ${channels.join(', ')}`;
    issues.push({ path: 'sensors.channels', message });
  }
  if (window > LONGEST_FILTERED_WINDOW && derived.some(isFiltered)) {
    const message = `expected at most ${LONGEST_FILTERED_WINDOW} time steps where gravity is filtered out, found ${window}`;
    issues.push({ path: 'sensors.window', message });
  }
  return issues;
}

/** Says what to pass to the graph, what it gives, and where it is from. */
function describe(
  { gaitway, study, studyDigest, stage, unit, sensors }: ModelMetadata,
  heads: readonly HeadSpec[],
): GraphMetadata {
  const { channels, rateHz, window, step, derived = [], normalisation } = sensors;
  const ofSite = 'of each channel over all recordings of the site, in g';
  return {
    gaitway,
    study,
    studyDigest,
    stage,
    unit,
    rateHz,
    window,
    step,
    channels,
    derived,
    normalisation,
    inputs: {
      [inputTensors.windows]: 'the channels in g, gravity included, shape [window, time, channel]',
      ...(normalisation === 'site' && {
        [inputTensors.mean]: `mean ${ofSite}`,
        [inputTensors.deviation]: `standard deviation ${ofSite}`,
      }),
    },
    outputs: Object.fromEntries(heads.map(({ name, kind, outputs }) => [name, { kind, labels: outputs }])),
  };
}
