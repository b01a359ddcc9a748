/**
 * Training steps and predictions of the student network in windows per second, compared with PyTorch and Keras on the
 * same network. Goals: native at least 3 x PyTorch (2 threads) and 1.2 x Keras at batch 300, 1.3 x PyTorch at batch 64;
 * wasm at least .33 x PyTorch (1 thread) at batch 64; native predictions at least as fast as PyTorch's. Steps with new
 * batches, augmented and with derived channels: at least .9 x the speed of steps without.
 */

import {
  augmentedTrainingSteps,
  loadBackend,
  predictions,
  trainingSteps,
  windowsPerSecond,
  type BackendName,
} from '@gaitway/node';
import { type Benchmark, type Comparison, type Contender, takeTurns, workingBackends } from '../benchmark.js';
import { findPeerPython, startPeer, type Peer } from '../peers.js';

const BATCH_SIZES = [64, 300];
const TURNS = 5;
const SECONDS = 1;

const workloads = { train: trainingSteps, 'train-augmented': augmentedTrainingSteps, predict: predictions };
type Kind = keyof typeof workloads;
const kinds: readonly Kind[] = ['train', 'train-augmented', 'predict'];
/** The workloads that peers run too. */
const peerKinds: readonly Kind[] = ['train', 'predict'];

export const trainStep: Benchmark = {
  description: 'training steps and predictions of the student network',
  run: async () => {
    const ours = (await workingBackends()).flatMap((backend) =>
      eachCase(kinds, (kind, batch) => own(kind, batch, backend)),
    );
    const peers = startPeers();
    const theirs = peers.flatMap(({ contenders }) => contenders);
    const results = await takeTurns([...ours, ...theirs], TURNS);
    peers.forEach(({ peer }) => {
      peer.end();
    });
    return { results, comparisons: comparable(ours, theirs) };
  },
};

function eachCase<T>(kinds: readonly Kind[], make: (kind: Kind, batchSize: number) => T): readonly T[] {
  return kinds.flatMap((kind) => BATCH_SIZES.map((batchSize) => make(kind, batchSize)));
}

function own(kind: Kind, batchSize: number, backend: BackendName): Contender {
  const workload = workloads[kind](batchSize);
  return {
    ...figure(`${kind}/${backend}/batch-${batchSize}`),
    measure: async () => {
      await loadBackend(backend);
      workload.run(); // the first run after a change of backends is slower
      return windowsPerSecond(workload, SECONDS * 1000);
    },
  };
}

interface PeerAtWork {
  readonly peer: Peer;
  readonly contenders: readonly Contender[];
}

function startPeers(): readonly PeerAtWork[] {
  const torch = findPeerPython('torch');
  const keras = findPeerPython('tensorflow');
  return [
    ...(torch ? [pytorch(startPeer(torch, 'pytorch_student.py'))] : []),
    ...(keras ? [kerasFit(startPeer(keras, 'keras_student.py'))] : []),
  ];
}

function pytorch(peer: Peer): PeerAtWork {
  const contenders = [1, 2].flatMap((threads) =>
    eachCase(peerKinds, (kind, batchSize) => ({
      ...figure(`peer/${kind}/pytorch-${threads}-thread${threads > 1 ? 's' : ''}/batch-${batchSize}`),
      measure: () => peer.ask(`${kind} ${batchSize} ${SECONDS} ${threads}`),
    })),
  );
  return { peer, contenders };
}

function kerasFit(peer: Peer): PeerAtWork {
  const contenders = BATCH_SIZES.map((batchSize) => ({
    ...figure(`peer/train/keras/batch-${batchSize}`),
    measure: () => peer.ask(`train ${batchSize} ${SECONDS}`),
  }));
  return { peer, contenders };
}

function figure(name: string): Omit<Contender, 'measure'> {
  return { case: name, unit: 'windows/s', better: 'higher' };
}

/** Pairs every case of ours with each peer's case of the same kind and batch size. */
function comparable(ours: readonly Contender[], theirs: readonly Contender[]): readonly Comparison[] {
  return ours.flatMap((own) => {
    const [kind = '', , batch = ''] = own.case.split('/');
    const same = theirs.filter((peer) => peer.case.startsWith(`peer/${kind}/`) && peer.case.endsWith(`/${batch}`));
    return same.map((peer) => ({ ours: own.case, peer: peer.case }));
  });
}
