/** An authority of a test, whose certificates `openssl` makes. */

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary-folder.js';

const run = promisify(execFile);

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** The paths of two files. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** Its own certificate, as PEM. */
  readonly pem: string;
  /** The file of its own certificate. */
  readonly file: string;
  /** Signs a certificate for the names, such as `DNS:localhost`, that is valid until the end of a year. */
  issue(names: string, until?: number): Promise<CertificateFiles>;
}

/** Makes an authority that nobody trusts yet. */
export async function createAuthority(): Promise<Authority> {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const own = ['-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=authority of a test'];
  await run('openssl', ['req', '-x509', ...newKey, ...own]);
  await writeFile(at('index'), '');
  await writeFile(at('serial'), '01');
  const settings = `[ca]\ndefault_ca=own\n[own]\nnew_certs_dir=${folder}\ndatabase=${at('index')}\nserial=${at('serial')}
unique_subject=no\nprivate_key=${at('ca.key')}\ncertificate=${at('ca.pem')}\ndefault_md=sha256\npolicy=any
copy_extensions=copy\n[any]\ncommonName=supplied\n`;
  await writeFile(at('settings'), settings);
  let count = 0;
  return {
    pem: await readFile(at('ca.pem'), 'utf8'),
    file: at('ca.pem'),
    issue: async (names, until = 2100) => {
      const name = String(++count);
      const files = { cert: at(`${name}.pem`), key: at(`${name}.key`) };
      const wanted = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`];
      await run('openssl', ['req', '-new', ...newKey, '-keyout', files.key, '-out', at('request'), ...wanted]);
      const dates = ['-startdate', '20200101000000Z', '-enddate', `${until}1231235959Z`];
      const signing = ['-batch', '-notext', '-config', at('settings'), '-in', at('request'), '-out', files.cert];
      await run('openssl', ['ca', ...signing, ...dates]);
      return files;
    },
  };
}
