/** The public data sets and phone loggers that are known by their names, with the manifests that read them. */

import type { CsvManifest } from '../csv-manifest.js';
import type { PublishedAs } from '../layout.js';
import type { WindowsManifest } from '../windows/windows-manifest.js';
import * as recordings from './published-recordings.js';

/** UCI HAR (Anguita et al., ESANN 2013): windows of 2.56 s that overlap by half; phone at the waist. */
const uciHar: WindowsManifest = {
  windows: {
    length: 128,
    sets: ['train', 'test'],
    person: '**/{set}/subject_{set}.txt',
    activity: '**/{set}/y_{set}.txt',
  },
  rateHz: 50,
  unit: 'g',
  channels: {
    x: '**/{set}/Inertial Signals/total_acc_x_{set}.txt',
    y: '**/{set}/Inertial Signals/total_acc_y_{set}.txt',
    z: '**/{set}/Inertial Signals/total_acc_z_{set}.txt',
  },
  names: {
    '1': 'walking',
    '2': 'walking upstairs',
    '3': 'walking downstairs',
    '4': 'sitting',
    '5': 'standing',
    '6': 'lying',
  },
};

/** UniMiB SHAR (Micucci et al., Applied Sciences 2017): windows of 3 s around a peak, axis after axis in a row. */
const unimibShar: WindowsManifest = {
  windows: {
    length: 151,
    samples: { file: '**/acc_data.mat', array: 'acc_data' },
    axes: 'window, channel, time',
    person: { file: '**/acc_labels.mat', array: 'acc_labels', column: 2 },
    activity: { file: '**/acc_labels.mat', array: 'acc_labels', column: 1 },
  },
  rateHz: 50,
  unit: 'm/s^2',
  channels: { x: 1, y: 2, z: 3 },
  names: {
    '1': 'standing up from sitting',
    '2': 'standing up from lying',
    '3': 'walking',
    '4': 'running',
    '5': 'going upstairs',
    '6': 'jumping',
    '7': 'going downstairs',
    '8': 'lying down from standing',
    '9': 'sitting down',
    '10': 'falling forward',
    '11': 'falling right',
    '12': 'falling backward',
    '13': 'hitting an obstacle',
    '14': 'falling with protection',
    '15': 'falling backward from a chair',
    '16': 'syncope',
    '17': 'falling left',
  },
};

/** A data set with its manifest. */
export interface PublishedManifest extends PublishedAs {
  readonly manifest: CsvManifest | WindowsManifest;
}

/** All of them; the folder itself decides which one it is where no name is given. */
export const publishedManifests: readonly PublishedManifest[] = [
  { name: 'uci-har', manifest: uciHar, others: /(^|\/)((train|test)\/.*|activity_labels|features(_info)?)\.txt$/ },
  { name: 'hapt', manifest: recordings.hapt, others: /(^|\/)(RawData\/gyro_|Train\/|Test\/|activity_labels|features)/ },
  { name: 'hhar', manifest: recordings.hhar, others: /(^|\/)(Phones_gyroscope|Watch_\w+|Still exp.*)\.csv$/ },
  { name: 'pamap2', manifest: recordings.pamap2, others: /(^|\/)Optional\/subject\d+\.dat$/ },
  { name: 'mobiact', manifest: recordings.mobiact, others: /_(acc|gyro|ori)_\d+_\d+\.txt$/ },
  { name: 'unimib-shar', manifest: unimibShar, others: /(^|\/)\w+_(data|labels|names)\.mat$/ },
  { name: 'usc-had', manifest: recordings.uscHad },
  { name: 'realworld', manifest: recordings.realWorld, others: /(^|\/)proband\d+\// },
  { name: 'dsads', manifest: recordings.dsads },
  { name: 'wisdm-2011', manifest: recordings.wisdm2011, others: /(^|\/)WISDM_ar_v1\.1_(raw_about|trans\w+)\.\w+$/ },
  { name: 'sensor-logger', manifest: recordings.sensorLogger, others: /-[^/]*\/\w+\.csv$/ },
  { name: 'phyphox', manifest: recordings.phyphox, others: /\/meta\/\w+\.csv$/ },
];
