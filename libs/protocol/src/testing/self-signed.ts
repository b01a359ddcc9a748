/** A certificate for this machine that signed itself, and its key, for tests alone: everybody has them. */

export const selfSigned: { readonly key: string; readonly cert: string } = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgneB3+Tgh/xyNClCk
rByRqn4zesCiG4jCuqERUpz3skKhRANCAAR+MB9wZEkAKK9Xg36f/Ja7oWK+yrhf
V0ipl0B7fstZtLk/fyTCGrMelA5gy4wsLC4xgxIG2YLtBIxkCG6fdksT
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUWcSdpbZhjO41JruHHyybb5B0dsEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTE3MTU1MVoYDzIxMjYxMTA1
MTcxNTUxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAR+MB9wZEkAKK9Xg36f/Ja7oWK+yrhfV0ipl0B7fstZtLk/fyTCGrMe
lA5gy4wsLC4xgxIG2YLtBIxkCG6fdksTo28wbTAdBgNVHQ4EFgQUw2CW0NjpCGy6
4tfvDmrdnsIHDfcwHwYDVR0jBBgwFoAUw2CW0NjpCGy64tfvDmrdnsIHDfcwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgL9+dC+zHsE8Y6S8bzM0Jq9iV26GhHzPnvFyqRxuDY5QCICz7
ZipvNUHUlEzLFJAGPjLfAwYNnSUGyJxRNOhmxfRo
-----END CERTIFICATE-----
`,
};
