import { expect, it } from 'vitest';
import { refuseExposed } from './exposed-address.js';

it('an address that others reach is open with TLS and enrolment, and with neither alone', () => {
  const exposure = { host: '10.0.0.7', trustedProxies: [], enrolmentRequired: true, insecure: false };
  const tls = { cert: 'cert.pem', key: 'key.pem' };
  expect(() => {
    refuseExposed({ ...exposure, tls });
  }).not.toThrow();
  expect(() => {
    refuseExposed({ ...exposure, trustedProxies: ['10.0.0.1'], publicUrl: new URL('https://studies.example.org') });
  }).not.toThrow();
  expect(() => {
    refuseExposed({ ...exposure, trustedProxies: ['10.0.0.1'], publicUrl: new URL('http://studies.example.org') });
  }).toThrow(/others need TLS \([^)]*\); /);
  expect(() => {
    refuseExposed({ ...exposure, tls, enrolmentRequired: false });
  }).toThrow('others need enrolment; ');
});
