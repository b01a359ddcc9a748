/** The study file that `gaitway init` writes. */

export const studyTemplate = `# A Gaitway study for a handful of labelled people. Everything a run depends on is in here, except the recordings.
# Keys that are commented out show their default. An unknown key is an error, with a suggestion.

name: my-study
seed: 1 # every random draw of the study derives from it

# Classes, in the order of the model's outputs. The names are those in the data folder (gaitway inspect DATA).
activities: [downstairs, upstairs, sitting, standing, walking, jogging]

sensors:
  channels: [x, y, z] # total acceleration in g
  rateHz: 25 # recordings of other rates are resampled to it
  window: 200 # time steps: 8 s
  step: 100 # half of each window overlaps with the next
  derived: [magnitude, vertical, horizontal] # worked out of each window's axes: the same however a phone lies
  normalisation: axes # divided by a constant; or z: by the labelled people's mean and deviation; or site: by each one's own
  # otherActivities: refuse # or unlabelled: samples of activities that are not listed above are left out

people:
  test: [1, 6, 14, 19, 23] # held out; the coordinator has their labels
  labelled: [2, 3, 4] # the coordinator trains on their labels
  clients: rest # simulated clients: everyone else, one each; or a list; or sites with the people of each

# Two stages that alternate between clients and labels. But for the cohort, a preset says the same in one word:
# "stages: few-people".
stages:
  # A teacher learns from the coordinator's few labels. At few labels, count steps, not epochs.
  - name: teacher
    where: coordinator
    objective: supervised
    steps: 500
    # Each example is changed anew, as another person or another pocket would have it: time is stretched by a tenth at
    # most, axes are mirrored (phones lie either way round; leave it out where a sensor sits the same way on everybody),
    # the phone is turned by up to 20 degrees, and movements are a little stronger or weaker.
    augment: &variety { stretch: 0.1, mirror: true, turn: 20, dynamics: 0.15, noise: 0.03 }

  # Each client labels its own windows, trusts the confident labels, makes eight transformed versions of each window, and
  # trains on all: the activity, and which transformation it was. Weights come back and are averaged.
  - name: student
    where: clients
    objective: self-har
    from: teacher
    teacher: { average: newest, decay: 0.8 } # labels the windows: the moving average of the rounds' models, which is the result
    labels:
      alignment: class-prior # as clients do the activities about as often as the labelled people; or none
      smoothing: { stay: 0.95, weight: 0.2 } # people seldom change what they do: neighbouring windows have a say in a label
    examples: all # also of windows whose label is not trusted: for the transformations
    augment: *variety
    rounds: 10
    epochs: 1 # passes over a client's windows in a round; or steps
    # Clients per round, drawn anew. A round needs three: clients do not take part in an average of fewer by default.
    cohort: { target: 4, minimum: 3, quorum: 3 }
    after: # the coordinator's labels again after each round: a few short steps
      steps: 10
      optimizer: { learningRate: 0.0001 }
      augment: *variety
    # batch: 64
    # optimizer: { kind: adam, learningRate: 0.0003 }
    # selection: { minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 10000 }
    # coordinatorTakesPart: false # or true: its labelled windows are one more client

evaluation:
  everyRounds: 1 # on the test people, and always after a stage's last round
`;
