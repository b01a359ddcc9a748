/** The study file that `gaitway init` writes. */

export const studyTemplate = `# A Gaitway study. Everything a run depends on is in here, except the recordings.
# Keys that are commented out show their default. An unknown key is an error, with a suggestion.

name: my-study
seed: 1 # every random draw of the study derives from it

# Classes, in the order of the model's outputs. The names are those in the data folder (gaitway inspect DATA).
activities: [downstairs, upstairs, sitting, standing, walking, jogging]

sensors:
  channels: [x, y, z] # total acceleration in g
  rateHz: 50 # recordings of other rates are resampled
  window: 400 # time steps: 8 s
  step: 200 # half of each window overlaps with the next
  # normalisation: z # by the labelled people's mean and deviation; or site: each participant's own
  # otherActivities: refuse # or unlabelled: samples of activities that are not listed above are left out

people:
  test: [1, 6, 14, 19, 23] # held out; the coordinator has their labels
  labelled: [2, 3, 4] # the coordinator trains on their labels
  clients: rest # simulated clients: everyone else, one each; or a list; or sites with the people of each

# The stages of SelfHAR. A preset says the same in one word: "stages: selfhar".
stages:
  # A teacher learns from the coordinator's few labels. At few labels, count steps, not epochs.
  - name: teacher
    where: coordinator
    objective: supervised
    steps: 300

  # Each client labels its own windows with the teacher, keeps the confident ones, makes eight transformed versions
  # of each, and trains a student on both: the activity, and which transformation it was. Weights come back.
  - name: student
    where: clients
    objective: self-har
    teacher: teacher
    rounds: 20
    epochs: 1 # passes over a client's windows in a round; or steps
    coordinatorTakesPart: true # with its labelled windows
    # batch: 64
    # optimizer: { kind: adam, learningRate: 0.0003 }
    # selection: { minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 10000 }
    # cohort: { target: all, minimum: 1, quorum: 1 } # a round waits for minimum clients, counts from quorum answers on

  # The averaged student's core and activity head learn once more from the labels, the first two convolutions frozen.
  - name: fine-tune
    where: coordinator
    objective: supervised
    from: student
    steps: 300
    trainable: [conv3, activity]

evaluation:
  everyRounds: 1 # on the test people, and always after a stage's last round
`;
