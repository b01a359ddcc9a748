/** Manifests of public data sets and phone loggers, as they publish their recordings, whatever folder these lie in. */

import type { CsvManifest } from '../csv-manifest.js';

/** WISDM 1.1 (Kwapisz et al., SIGKDD Explorations 2011): one file of 36 people; some of its rows are cut off. */
export const wisdm2011: CsvManifest = {
  path: '**/WISDM_ar_v1.1_raw.txt',
  header: 'none',
  rowEnd: ';',
  separator: ',',
  person: { column: 1 },
  activity: { column: 2 },
  recording: { column: 2 },
  rateHz: 20,
  unit: 'm/s^2',
  channels: { x: 4, y: 5, z: 6 },
  onBadRow: 'gap',
};

/** Daily and Sports Activities (Barshan and Yüksek, Computer Journal 2014): the sensor on the torso. */
export const dsads: CsvManifest = {
  path: '**/a{activity:number}/p{person:number}/s{number}.txt',
  header: 'none',
  rateHz: 25,
  unit: 'm/s^2',
  channels: { x: 1, y: 2, z: 3 },
  activity: {
    names: {
      '01': 'sitting',
      '02': 'standing',
      '03': 'lying on back',
      '04': 'lying on right side',
      '05': 'ascending stairs',
      '06': 'descending stairs',
      '07': 'standing in an elevator',
      '08': 'moving around in an elevator',
      '09': 'walking',
      '10': 'walking on a treadmill',
      '11': 'walking on an inclined treadmill',
      '12': 'running',
      '13': 'stepper',
      '14': 'cross trainer',
      '15': 'cycling lying',
      '16': 'cycling upright',
      '17': 'rowing',
      '18': 'jumping',
      '19': 'basketball',
    },
  },
};

/** PAMAP2 (Reiss and Stricker, ISWC 2012): the sensor at the hand with the range of 16 g; lost packets are gaps. */
export const pamap2: CsvManifest = {
  path: '**/Protocol/subject{person:number}.dat',
  header: 'none',
  separator: 'blanks',
  time: { column: 1, unit: 's' },
  unit: 'm/s^2',
  channels: { x: 5, y: 6, z: 7 },
  onBadRow: 'gap',
  activity: {
    column: 2,
    names: {
      '0': null,
      '1': 'lying',
      '2': 'sitting',
      '3': 'standing',
      '4': 'walking',
      '5': 'running',
      '6': 'cycling',
      '7': 'Nordic walking',
      '9': 'watching TV',
      '10': 'computer work',
      '11': 'car driving',
      '12': 'ascending stairs',
      '13': 'descending stairs',
      '16': 'vacuum cleaning',
      '17': 'ironing',
      '18': 'folding laundry',
      '19': 'house cleaning',
      '20': 'playing soccer',
      '24': 'rope jumping',
    },
  },
};

/** HAPT, the raw signals of UCI HAR (Reyes-Ortiz et al., Neurocomputing 2016): phone at the waist. */
export const hapt: CsvManifest = {
  path: '**/RawData/acc_exp{recording:number}_user{person:number}.txt',
  header: 'none',
  separator: 'blanks',
  rateHz: 50,
  unit: 'g',
  channels: { x: 1, y: 2, z: 3 },
  segments: {
    file: '**/RawData/labels.txt',
    header: 'none',
    separator: 'blanks',
    recording: 1,
    person: 2,
    activity: 3,
    from: 4,
    to: 5,
  },
  activity: {
    names: {
      '1': 'walking',
      '2': 'walking upstairs',
      '3': 'walking downstairs',
      '4': 'sitting',
      '5': 'standing',
      '6': 'lying',
      '7': 'stand to sit',
      '8': 'sit to stand',
      '9': 'sit to lie',
      '10': 'lie to sit',
      '11': 'stand to lie',
      '12': 'lie to stand',
    },
  },
};

/** HHAR (Stisen et al., SenSys 2015): the accelerometers of the phones, all in one file. */
export const hhar: CsvManifest = {
  path: '**/Phones_accelerometer.csv',
  person: { column: 'User' },
  recording: { column: 'Device' },
  interleaved: true,
  activity: { column: 'gt' },
  time: { column: 'Creation_Time', unit: 'ns', duplicates: 'mean', unordered: 'sort' },
  unit: 'm/s^2',
  channels: { x: 'x', y: 'y', z: 'z' },
};

/** MobiAct 2.0 (Vavoulas et al., ICT4AWE 2016): the annotated files; phone in the trouser pocket. */
export const mobiact: CsvManifest = {
  path: '**/Annotated Data/{word}/{word}_{person:number}_{number}_annotated.csv',
  time: { column: 'rel_time', unit: 's', duplicates: 'mean' },
  unit: 'm/s^2',
  channels: { x: 'acc_x', y: 'acc_y', z: 'acc_z' },
  activity: {
    column: 'label',
    names: {
      STD: 'standing',
      WAL: 'walking',
      JOG: 'jogging',
      JUM: 'jumping',
      STU: 'stairs up',
      STN: 'stairs down',
      SCH: 'stand to sit',
      SIT: 'sitting',
      CHU: 'sit to stand',
      CSI: 'car step in',
      CSO: 'car step out',
      LYI: 'lying',
      FOL: 'forward lying',
      FKL: 'front knees lying',
      BSC: 'back sitting chair',
      SDL: 'sideward lying',
    },
  },
};

/** USC-HAD (Zhang and Sawchuk, UbiComp 2012): a sensor at the hip. */
export const uscHad: CsvManifest = {
  path: '**/Subject{person:number}/a{activity:number}t{number}.mat',
  rateHz: 100,
  unit: 'g',
  channels: { x: 'sensor_readings.1', y: 'sensor_readings.2', z: 'sensor_readings.3' },
  activity: {
    names: {
      '1': 'walking forward',
      '2': 'walking left',
      '3': 'walking right',
      '4': 'walking upstairs',
      '5': 'walking downstairs',
      '6': 'running forward',
      '7': 'jumping up',
      '8': 'sitting',
      '9': 'standing',
      '10': 'sleeping',
      '11': 'elevator up',
      '12': 'elevator down',
    },
  },
};

/** RealWorld (Sztyler and Stuckenschmidt, PerCom 2016): the phone at the thigh, in archives as published or unpacked. */
export const realWorld: CsvManifest = {
  path: '**/proband{person:number}/data/acc_{word}_csv/acc_{activity:word}_*thigh.csv',
  time: { column: 'attr_time', unit: 'ms', duplicates: 'mean' },
  unit: 'm/s^2',
  channels: { x: 'attr_x', y: 'attr_y', z: 'attr_z' },
};

/** phyphox (Staacks et al., Physics Education 2018), "Acceleration (with g)": a folder or an archive for each person. */
export const phyphox: CsvManifest = {
  path: '{person}/Raw Data.csv',
  time: { column: 'Time (s)', unit: 's' },
  unit: 'm/s^2',
  channels: { x: 'Acceleration x (m/s^2)', y: 'Acceleration y (m/s^2)', z: 'Acceleration z (m/s^2)' },
};

/** Sensor Logger, exported as CSV: in the folder of each person, recordings that are named after their activity. */
export const sensorLogger: CsvManifest = {
  path: '{person}/{activity:word}-*/TotalAcceleration.csv',
  time: { column: 'time', unit: 'ns' },
  unit: 'm/s^2',
  channels: { x: 'x', y: 'y', z: 'z' },
};
