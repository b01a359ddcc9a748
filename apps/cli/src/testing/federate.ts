/** A coordinator and its clients in this process, connected by local sockets. */

import { joinStudy, lowestFloors } from '@gaitway/client';
import { serveStudy, type StudyService } from '@gaitway/coordinator';
import { studyDigest, type Participant, type Study } from '@gaitway/core';

export interface Federation extends AsyncDisposable {
  readonly service: StudyService;
}

export async function federate(study: Study, clients: ReadonlyMap<string, Participant>): Promise<Federation> {
  const service = await serveStudy({
    study,
    studyDigest: await studyDigest(study),
    normalisation: null,
    host: '127.0.0.1',
    port: 0,
    onEvent: () => undefined,
  });
  const stop = new AbortController();
  const joined = [...clients].map(([client, participant]) =>
    joinStudy({
      url: service.url,
      client,
      policy: lowestFloors,
      prepare: () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() }),
      signal: stop.signal,
      onEvent: () => undefined,
    }).catch(() => undefined),
  );
  return {
    service,
    [Symbol.asyncDispose]: async () => {
      stop.abort(new Error('closed'));
      await Promise.all(joined);
      await service[Symbol.asyncDispose]();
    },
  };
}
